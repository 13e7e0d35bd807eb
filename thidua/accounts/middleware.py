from django.contrib import messages
from django.shortcuts import redirect

from thidua.accounts.permissions import is_open_to_first_password
from thidua.accounts.sessions import watch
from thidua.common.pages.kept import keep_input


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
        if is_open_to_first_password(request.resolver_match.view_name):
            return None
        messages.info(request, "Vui lòng đặt mật khẩu mới trước khi làm việc.")
        return redirect("accounts:password_change")
