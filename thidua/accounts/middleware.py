from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse

from thidua.accounts.permissions import is_open_in_step, is_open_to_first_password
from thidua.accounts.second_factor import ASK, STEP, is_proof_old, step_of
from thidua.accounts.sessions import watch
from thidua.common.pages.kept import keep_input
from thidua.common.permissions import ProofNeededError


class EndsIdleSessions:
    """Who left the desk is signed out; what is posted afterwards `KeepTypedText` puts aside."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            watch(request)
        return self.get_response(request)


class NoTrace:
    """Offices share machines: going back after signing out must not show the pages of before."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response


class KeepTypedText:
    """Before the sign-in page takes over, put aside what was posted without a session."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.method != "POST" or request.user.is_authenticated:
            return
        if getattr(view, "login_required", True):
            keep_input(request)


class SecondFactor:
    """After the password comes the code, before anything else; and who did prove himself when.

    An act that cannot be undone asks for a proof that is not old: the person is led to the page
    that takes one, what was typed waits meanwhile.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            request.user.proof_is_old = is_proof_old(request)
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        step = step_of(request) if request.user.is_authenticated else ""
        if not step or is_open_in_step(request.resolver_match.view_name, step):
            return None
        return led_to("accounts:factor_ask" if step == ASK else "accounts:factor_new", request)

    def process_exception(self, request, exception):
        if not isinstance(exception, ProofNeededError):
            return None
        return led_to("accounts:prove", request, exception.back)


def led_to(page, request, back=""):
    """To that page and back again, or to `back`; what was posted waits."""
    if request.method == "POST" and not back:
        keep_input(request)
    return redirect(f"{reverse(page)}?{urlencode({'next': back or request.get_full_path()})}")


class FirstPassword:
    """Who has a password set by somebody else chooses an own one before anything else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        user = request.user
        if not user.is_authenticated or not user.must_change_password:
            return None
        if request.session.get(STEP):
            return None  # the code comes first
        if is_open_to_first_password(request.resolver_match.view_name):
            return None
        messages.info(request, "Vui lòng đặt mật khẩu mới trước khi làm việc.")
        return redirect("accounts:password_change")
