"""Pages of the sign-in by the province: the way there, the way back, and signing out there, too."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View

from thidua.accounts.actions import note_provider_sign_in
from thidua.accounts.models import Identity
from thidua.accounts.provider import client
from thidua.accounts.second_factor import begin_step, end_step
from thidua.accounts.sessions import begin
from thidua.common.pages.kept import remember_who

BACKEND = "django.contrib.auth.backends.ModelBackend"
NEXT = "provider_next"
UNKNOWN = (
    "Tài khoản của tỉnh này chưa gắn với ai trong phần mềm. Hãy đăng nhập bằng tên và mật khẩu, "
    "hoặc gửi mã nhận dạng dưới đây cho quản trị hệ thống để gắn."
)
STOPPED = "Tài khoản này đã ngừng sử dụng. Vui lòng liên hệ bộ phận hỗ trợ."


@method_decorator(login_not_required, name="dispatch")
class ProviderPage(View):
    """There is such a page only where the office has such a sign-in."""

    http_method_names = ("get",)

    def dispatch(self, request, *args, **kwargs):
        if not client.is_on():
            raise Http404
        try:
            return super().dispatch(request, *args, **kwargs)
        except ValidationError as error:
            return self.refuse(" ".join(error.messages))

    def refuse(self, words, subject=""):
        context = {"words": words, "subject": subject}
        return render(self.request, "registration/provider_refused.html", context, status=403)

    def address(self, page):
        return self.request.build_absolute_uri(reverse(page))


class ProviderBegin(ProviderPage):
    """To the provider; no other site sends a browser here."""

    def get(self, request):
        if request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
            return redirect("accounts:login")
        target = request.GET.get("next", "")
        ours = url_has_allowed_host_and_scheme(target, {request.get_host()})
        request.session[NEXT] = target if ours and urlsplit(target).path else ""
        return client.begin(request, self.address("accounts:provider_return"))


class ProviderReturn(ProviderPage):
    """Back from the provider: whose subject is linked is signed in, and asked for the code."""

    def get(self, request):
        claims = client.claims_of(request)
        found = Identity.objects.select_related("user").filter(
            issuer=settings.OIDC_ISSUER, subject=claims["sub"]
        )
        identity = found.first()
        if identity is None:
            return self.refuse(UNKNOWN, claims["sub"])
        if not identity.user.is_active:
            return self.refuse(STOPPED)
        return self.sign_in(identity.user, claims)

    def sign_in(self, user, claims):
        request = self.request
        target = request.session.pop(NEXT, "") or resolve_url(settings.LOGIN_REDIRECT_URL)
        auth.login(request, user, backend=BACKEND)
        begin(request)
        if client.states_factor(claims):
            end_step(request)
        else:
            begin_step(request, user)
        note_provider_sign_in(user)
        response = redirect(target)
        remember_who(response, user, secure=request.is_secure())
        return response


class ProviderLeave(ProviderPage):
    """Sign out there as well, and come back to the page of signing in."""

    def get(self, request):
        if request.user.is_authenticated:
            return redirect("home:tasks")
        return redirect(client.leave_address(self.address("accounts:login")) or "accounts:login")
