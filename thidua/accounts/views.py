from math import ceil
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView
from django.db import transaction
from django.http import HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve, reverse, reverse_lazy
from django.utils import timezone
from django.views import View
from django.views.generic import TemplateView

from thidua.accounts.actions import (
    change_password,
    end_session,
    end_sessions,
    note_failed_sign_in,
    note_reset_seen,
    note_sign_in,
)
from thidua.accounts.brakes import is_own_password, opens_at
from thidua.accounts.forms import SignInForm
from thidua.accounts.second_factor import begin_step, has_factor
from thidua.accounts.sessions import IDLE, begin, keep_listed, open_sessions, stay_in
from thidua.common.pages.kept import KEPT, keep_input, remember_who
from thidua.common.pages.views import ByButton, RefusesForm
from thidua.common.permissions import require_proof
from thidua.common.vietnamese.dates import wait_words

PASSWORD_CHANGED = "Đã đổi mật khẩu; mọi nơi khác đã đăng xuất, mã truy cập (nếu có) đã kết thúc."
KEPT_WORDS = (
    "Phiên làm việc đã kết thúc. Nội dung vừa nhập được giữ lại và hiện ra sau khi đăng nhập."
)


HOME = ("Trang chủ", "/")
IDLE_WORDS = "Phiên làm việc đã kết thúc vì {} phút không thao tác. Vui lòng đăng nhập lại."


NOT_DONE = (
    "Trang đã mở quá lâu nên việc vừa bấm chưa được thực hiện. Vui lòng mở lại trang rồi bấm lại."
)


class SignOut(ByButton, LogoutView):
    """Signing out is a button, too."""

    def get_redirect_url(self):
        """Nobody is sent on: the next page is the one to sign in at."""
        return ""


class SignIn(RefusesForm, LoginView):
    form_class = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        # Django's own «site» would hide province and support of every page.
        del context["site"]
        context["provider"] = settings.OIDC_NAME if settings.OIDC_ISSUER else ""
        kept = self.request.session.get(KEPT)
        if kept and self.request.method == "GET" and kept["path"] in context["next"]:
            messages.warning(self.request, KEPT_WORDS)
        elif self.request.method == "GET" and self.request.session.pop(IDLE, False):
            messages.warning(self.request, IDLE_WORDS.format(settings.SESSION_IDLE_MINUTES))
        return context

    def get_redirect_url(self):
        """Where the person was going; home where that is no page, but what a button does."""
        url = super().get_redirect_url()
        return url if may_open(urlsplit(url).path) else ""

    def form_valid(self, form):
        response = super().form_valid(form)
        begin(self.request)
        begin_step(self.request, form.get_user())
        note_sign_in(form.get_user())
        remember_who(response, form.get_user(), secure=self.request.is_secure())
        return response

    def form_invalid(self, form):
        if username := form.cleaned_data.get("username"):
            is_locked = bool(getattr(self.request, "axes_locked_out", False))
            note_failed_sign_in(username, is_locked=is_locked)
        return super().form_invalid(form)


class PasswordChange(RefusesForm, PasswordChangeView):
    success_url = reverse_lazy("home:tasks")

    def dispatch(self, request, *args, **kwargs):
        """The old password alone is not enough of who has a second factor."""
        if not request.user.must_change_password and has_factor(request.user):
            require_proof(request.user)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        """Django's form lets the old password be guessed without end: here it has the brakes."""
        old = request.POST.get("old_password")
        if old and not is_own_password(request, old):
            return self.form_invalid(self.get_form())
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        must_change = self.request.user.must_change_password
        return super().get_context_data(must_change=must_change, **kwargs)

    @transaction.atomic
    def form_valid(self, form):
        before = self.request.session.session_key
        response = super().form_valid(form)
        keep_listed(before, self.request)
        stay_in(self.request, change_password(self.request.user, actor=self.request.user))
        messages.success(self.request, PASSWORD_CHANGED)
        return response


class SessionList(TemplateView):
    """Where the person is signed in."""

    template_name = "registration/session_list.html"
    extra_context = {"breadcrumbs": (HOME, ("Nơi đang đăng nhập", None))}

    def get_context_data(self, **kwargs):
        sessions = open_sessions(self.request.user, self.request.session.session_key)
        idle = settings.SESSION_IDLE_MINUTES
        return super().get_context_data(sessions=sessions, idle_minutes=idle, **kwargs)


class SessionEnd(View):
    """Sign out at one other place."""

    http_method_names = ("post",)

    def post(self, request):
        require_proof(request.user, back=reverse("accounts:session_list"))
        here = request.session.session_key
        found = [
            one
            for one in open_sessions(request.user, here)
            if str(one.row) == request.POST.get("row")
        ]
        if not found or found[0].is_this:
            messages.info(request, "Phiên này đã kết thúc.")
        else:
            end_session(request.user, actor=request.user, session=found[0])
            messages.success(request, f"Đã đăng xuất: {found[0].browser}, {found[0].address}.")
        return redirect("accounts:session_list")


class SessionsEnd(View):
    """Sign out everywhere else."""

    http_method_names = ("post",)

    def post(self, request):
        require_proof(request.user, back=reverse("accounts:session_list"))
        stay_in(request, end_sessions(request.user, actor=request.user))
        messages.success(request, "Đã đăng xuất mọi nơi khác.")
        return redirect("accounts:session_list")


class ResetSeen(View):
    """The person knows that others reset the password."""

    http_method_names = ("post",)

    def post(self, request):
        if request.user.reset_note:
            note_reset_seen(request.user, actor=request.user)
        return redirect("home:tasks")


def locked_out(request, response, credentials):
    """Too many wrong passwords: say so, for how long, and what to do meanwhile."""
    end = opens_at(request, credentials) or timezone.now()
    seconds = max(ceil((end - timezone.now()).total_seconds()), 1)
    target = urlencode({"next": request.POST["next"]}) if request.POST.get("next") else ""
    context = {"wait": wait_words(seconds), "clock": f"{timezone.localtime(end):%H:%M}"}
    answer = render(
        request, "registration/locked_out.html", context | {"target": target}, status=429
    )
    answer["Retry-After"] = seconds
    return answer


def bad_request(request, exception):
    """What cannot even be read: Django's own answer would be English and would read it again."""
    return HttpResponseBadRequest(render_to_string("400.html"))


def may_open(path):
    """Whether the address is also a page; of some there is only the button."""
    try:
        view = resolve(path).func.view_class
    except Resolver404:
        return False
    return "get" in view.http_method_names and hasattr(view, "get")


def csrf_failure(request, reason=""):
    """The page is older than the session: keep the text and show the form again.

    Only for posts from our own pages: nobody else may put text into a person's form.
    """
    origin = request.headers.get("Origin", "")
    own = urlsplit(origin).netloc == request.get_host()
    is_known = request.method == "POST" and own and request.user.is_authenticated
    if is_known and not may_open(request.path_info):
        messages.warning(request, NOT_DONE)
        return redirect(settings.LOGIN_REDIRECT_URL)
    if request.method == "POST" and own and keep_input(request):
        messages.warning(request, "Trang đã mở quá lâu. Nội dung vừa nhập được giữ lại.")
        return redirect(request.get_full_path())
    return render(request, "csrf_failure.html", status=403)
