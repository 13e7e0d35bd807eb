"""Requests about accounts: who confirms is another than who asks, and than whom it is about."""

from django.db.models import F
from django.urls import reverse

from blocs.states import RequestKind
from blocs.units.actions import requests as acts
from blocs.units.forms.people import ConfirmForm, RefusalForm
from blocs.units.models.requests import AccountRequest
from blocs.units.models.seats import limits_of
from thidua.common.pages.views import ListPage, ObjectFormPage
from thidua.common.vietnamese.dates import moment_words, short_date

HOME = ("Trang chủ", "/")
TITLE = "Đề nghị về tài khoản"


class RequestList(ListPage):
    template_name = "units/request_list.html"
    permission_required = "units.view_requests"
    breadcrumbs = (HOME, (TITLE, None))

    def get_rows(self):
        return AccountRequest.objects.for_list().order_by(
            F("decided_at").desc(nulls_first=True), "-asked_at", "-pk"
        )

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        user = self.request.user
        rows = [
            {
                "request": one,
                "may_decide": not one.outcome and user.has_perm("units.confirm_request", one),
                "may_withdraw": not one.outcome and user.has_perm("units.manage_people"),
            }
            for one in context["page_obj"]
        ]
        return context | {"rows": rows}


class RequestPage(ObjectFormPage):
    """A page that decides one request; once it is decided there is nothing to do here."""

    form_class = ConfirmForm
    template_name = "units/request_decide.html"
    permission_required = "units.confirm_request"
    see_permission = "units.view_requests"

    def get_queryset(self):
        return AccountRequest.objects.for_list()

    def get_closed(self):
        return acts.DECIDED if self.object.outcome else ""

    def get_heading(self):
        return f"{self.submit_label} – {self.object.user}"

    def get_breadcrumbs(self):
        return (HOME, (TITLE, self.get_success_url()), (self.submit_label, None))

    def get_success_url(self):
        return reverse("units:request_list")

    def get_context_data(self, **kwargs):
        return super().get_context_data(facts=facts_of(self.object), **kwargs)


def facts_of(asked):
    """What the second person must know before agreeing."""
    facts = [
        ("Người dùng", f"{asked.user} ({asked.user.username})"),
        ("Việc", asked.get_kind_display()),
    ]
    if asked.kind == RequestKind.SEAT:
        until = short_date(asked.ends_on) if asked.ends_on else "chưa ghi"
        starts = short_date(asked.starts_on)
        if asked.is_back_dated:
            starts += " (ghi lùi: trước ngày đề nghị)"
        facts += [
            ("Vị trí", asked.seat),
            *(("Giới hạn", words) for words in limits_of([asked.seat]).values()),
            ("Chức vụ", asked.title or "chưa ghi"),
            ("Từ ngày", starts),
            ("Đến ngày", until),
        ]
    if asked.kind == RequestKind.IDENTITY:
        facts.append(("Mã nhận dạng", asked.subject))
    return [*facts, ("Người đề nghị", f"{asked.asked_by}, {moment_words(asked.asked_at)}")]


class RequestConfirm(RequestPage):
    submit_label = "Xác nhận"
    success_message = "Đã xác nhận."
    consequence = (
        "Hãy chắc chắn rằng việc này là đúng: hỏi chính người được nêu, xem văn bản. Tên của người "
        "đề nghị và của bạn được ghi vào nhật ký tài khoản."
    )

    def act(self, form):
        acts.confirm_request(self.object, actor=self.request.user)


class RequestRefuse(RequestPage):
    form_class = RefusalForm
    submit_label = "Không đồng ý"
    success_message = "Đã ghi là không đồng ý."

    def act(self, form):
        acts.refuse_request(self.object, actor=self.request.user, note=form.cleaned_data["note"])


class RequestWithdraw(RequestPage):
    permission_required = "units.manage_people"
    submit_label = "Rút đề nghị"
    success_message = "Đã rút đề nghị."

    def act(self, form):
        acts.withdraw_request(self.object, actor=self.request.user)
