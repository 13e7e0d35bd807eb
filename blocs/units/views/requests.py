"""Requests about accounts: who confirms is another than who asks, and than whom it is about."""

from django.contrib import messages
from django.db.models import F
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property

from blocs.states import UNIT_ROLES, RequestKind
from blocs.units.actions import requests as acts
from blocs.units.forms.people import ConfirmForm, RefusalForm, SeatsReadForm
from blocs.units.models.requests import AccountRequest
from blocs.units.models.seats import limits_of
from thidua.common.pages.views import FormPage, ListPage, ObjectFormPage
from thidua.common.vietnamese.dates import moment_words, short_date
from thidua.common.vietnamese.numbers import two_digits

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
        # Those that wait come first: who has any to confirm sees one here.
        is_many = any(row["may_decide"] and row["request"].role in UNIT_ROLES for row in rows)
        return context | {"rows": rows, "is_many": is_many}


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


class SeatsConfirm(FormPage):
    """Every waiting seat in a unit on one page, to be read and confirmed together."""

    form_class = SeatsReadForm
    template_name = "units/seats_confirm.html"
    permission_required = "units.confirm_seats"
    heading = "Xác nhận nhiều vị trí"
    submit_label = "Xác nhận tất cả"
    success_message = ""
    consequence = (
        "Chỉ gồm vị trí ở đơn vị; vị trí ở tỉnh và mật khẩu xác nhận từng đề nghị. Tên của người "
        "đề nghị và của bạn được ghi vào nhật ký của từng tài khoản."
    )
    breadcrumbs = (
        HOME,
        (TITLE, reverse_lazy("units:request_list")),
        ("Xác nhận nhiều vị trí", None),
    )

    @cached_property
    def waiting(self):
        return list(AccountRequest.objects.seats_in_units(self.request.user).for_list())

    def get_closed(self):
        return "" if self.waiting else acts.NONE_WAITS

    def get_initial(self):
        return {"shown": acts.mark_of(self.waiting)}

    def get_success_url(self):
        return reverse("units:request_list")

    def act(self, form):
        done = acts.confirm_seats(actor=self.request.user, shown=form.cleaned_data["shown"])
        messages.success(self.request, f"Đã xác nhận {two_digits(len(done))} vị trí.")

    def form_invalid(self, form):
        """What is shown anew is what the next press confirms."""
        form.data = form.data.copy()
        form.data["shown"] = acts.mark_of(self.waiting)
        return super().form_invalid(form)

    def get_context_data(self, **kwargs):
        return super().get_context_data(requests=self.waiting, **kwargs)


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
