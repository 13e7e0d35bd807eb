"""The tokens of a person: made, shown once, listed, ended; and those of all for who watches."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views import View
from django.views.generic import ListView

from thidua.api.actions import LONGEST, OVER, end_token, make_token
from thidua.api.enums import TokenState
from thidua.api.forms import TokenEndForm, TokenForm
from thidua.api.models import ApiToken
from thidua.common.pages.views import AsksProof, FormPage, ListPage, ObjectFormPage

HOME = ("Trang chủ", "/")
TITLE = "Mã truy cập"
# In the session, until its page has shown it.
NEW_TOKEN = "new_token"
TONES = {TokenState.LIVING: "done", TokenState.EXPIRED: "draft", TokenState.ENDED: "draft"}


def rows_of(tokens):
    """Each token with its state of today, for templates/api/_tokens.html."""
    today = timezone.localdate()
    states = [(token, token.state_on(today)) for token in tokens]
    return [
        {
            "token": token,
            "state": state.label,
            "tone": TONES[state],
            "may_end": state == TokenState.LIVING,
        }
        for token, state in states
    ]


class TokenList(ListView):
    """The person's own tokens, the newest first."""

    template_name = "api/token_list.html"
    paginate_by = 20

    def get_queryset(self):
        return ApiToken.objects.filter(person=self.request.user).for_list()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "rows": rows_of(context["page_obj"]),
            "may_make": self.request.user.has_perm("api.hold_token"),
            "breadcrumbs": (HOME, (TITLE, None)),
        }


class TokenRegister(ListPage):
    """The tokens of everybody: who holds one, what it opens, when it was used."""

    template_name = "api/token_register.html"
    permission_required = "api.list_tokens"
    breadcrumbs = (HOME, (f"{TITLE} của mọi người", None))

    def get_rows(self):
        return ApiToken.objects.for_list()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"rows": rows_of(context["page_obj"])}


class TokenNew(AsksProof, FormPage):
    permission_required = "api.hold_token"
    form_class = TokenForm
    heading = "Lập mã truy cập"
    submit_label = "Lập mã"
    success_message = ""
    breadcrumbs = (HOME, (TITLE, "/tai-khoan/ma-truy-cap/"), ("Lập mã", None))
    consequence = (
        "Ai có mã này thì đọc được bằng chương trình những gì anh/chị xem được trên trang, trong "
        "các loại dữ liệu đã chọn, và không ghi được gì. Mã chỉ hiện một lần; nhật ký tài khoản "
        "ghi việc lập mã."
    )

    def get_initial(self):
        return {"expires_on": timezone.localdate() + LONGEST}

    def get_cancel_url(self):
        return reverse("tokens:token_list")

    def get_success_url(self):
        return reverse("tokens:token_shown")

    def act(self, form):
        made = make_token(actor=self.request.user, **form.cleaned_data)
        self.request.session[NEW_TOKEN] = {"secret": made.secret, "name": str(made.token)}
        return made.token


class TokenShown(View):
    """The new token, this once; the answer is kept by no browser."""

    http_method_names = ("get",)
    shows_secret = True

    def get(self, request):
        made = request.session.pop(NEW_TOKEN, None)
        if made is None:
            messages.info(request, "Mã truy cập chỉ hiện một lần. Chưa kịp cất thì lập mã mới.")
            return redirect("tokens:token_list")
        crumbs = (HOME, (TITLE, reverse("tokens:token_list")), ("Mã mới", None))
        return render(request, "api/token_shown.html", made | {"breadcrumbs": crumbs})


class TokenEnd(ObjectFormPage):
    """The own token, or for who watches anybody's."""

    permission_required = see_permission = "api.end_token"
    form_class = TokenEndForm
    submit_label = "Kết thúc mã"
    success_message = "Đã kết thúc mã truy cập."
    consequence = (
        "Hệ thống đang dùng mã này không đọc được gì nữa, ngay từ lúc này. Không mở lại được; cần "
        "thì lập mã mới."
    )

    def get_queryset(self):
        return ApiToken.objects.for_list()

    def get_closed(self):
        return OVER if self.object.ended_at else ""

    def get_heading(self):
        return f"Kết thúc mã truy cập – {self.object}"

    def get_breadcrumbs(self):
        return (HOME, (TITLE, self.get_success_url()), ("Kết thúc", None))

    def get_success_url(self):
        own = self.object.person_id == self.request.user.pk
        return reverse("tokens:token_list" if own else "tokens:token_register")

    def act(self, form):
        return end_token(self.object, actor=self.request.user)
