"""Pages of the second factor, and of proving oneself again before what cannot be undone."""

from base64 import b32encode
from urllib.parse import urlencode, urlsplit

import segno
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View
from django.views.generic import FormView, TemplateView

from thidua.accounts.actions import give_new_codes, note_code_failed, set_up_factor
from thidua.accounts.brakes import is_own_password
from thidua.accounts.forms import CodeForm, PasswordProofForm
from thidua.accounts.second_factor import (
    NEW_CODES,
    STEP,
    WRONG,
    check_code,
    codes_left,
    draft_device,
    end_step,
    has_factor,
    is_stale,
    must_have_factor,
    note_proof,
    pause_of,
    pause_words,
    proven_device,
    secret_of,
)
from thidua.accounts.sessions import stay_in
from thidua.common.pages.views import RefusesForm
from thidua.common.permissions import ProofNeededError, require_proof

WRONG_PASSWORD = "Mật khẩu không đúng. Hãy kiểm tra phím Caps Lock và bộ gõ tiếng Việt."


class LeadsOn:
    """A page between the person and where the person was going."""

    def get_target(self):
        """The address the person was going to, if it is one of ours; else the home page."""
        target = self.request.GET.get("next", "")
        ours = url_has_allowed_host_and_scheme(target, {self.request.get_host()})
        return target if ours and urlsplit(target).path else resolve_url("home:tasks")


class ProofPage(LeadsOn, RefusesForm, FormView):
    """A page that takes a proof and then leads to where the person was going."""

    form_class = CodeForm
    # Seconds until the next code is looked at.
    pause = 0

    def form_invalid(self, form):
        answer = super().form_invalid(form)
        if self.pause:
            answer["Retry-After"] = self.pause
        return answer

    def refuse(self, form, field, words):
        form.add_error(field, words)
        return self.form_invalid(form)

    def take_code(self, form):
        """Why the code is refused, noted in the log book; empty where it is right."""
        user, code = self.request.user, form.cleaned_data["code"]
        if seconds := pause_of(user, code):
            self.refused_status, self.pause = 429, seconds
            return pause_words(seconds)
        words = check_code(user, code)
        if words == WRONG:
            note_code_failed(user)
        return words


class FactorAsk(ProofPage):
    """After the password, the code."""

    template_name = "registration/factor_ask.html"

    def get(self, request, *args, **kwargs):
        if STEP not in request.session:
            return redirect(self.get_target())
        return super().get(request, *args, **kwargs)

    def form_valid(self, form):
        if words := self.take_code(form):
            return self.refuse(form, "code", words)
        end_step(self.request)
        return redirect(self.get_target())


class Prove(ProofPage):
    """Once more before what cannot be undone: the code, or the password where there is none."""

    template_name = "registration/prove.html"

    def get_form_class(self):
        return CodeForm if has_factor(self.request.user) else PasswordProofForm

    def form_valid(self, form):
        if "code" in form.cleaned_data:
            words, field = self.take_code(form), "code"
        else:
            is_right = is_own_password(self.request, form.cleaned_data["password"])
            words, field = "" if is_right else WRONG_PASSWORD, "password"
        if words:
            return self.refuse(form, field, words)
        if field == "code":
            end_step(self.request)
        note_proof(self.request)
        return redirect(self.get_target())


class FactorNew(ProofPage):
    """The secret as a square and as text, and the first code as the proof that it was taken."""

    shows_secret = True
    template_name = "registration/factor_new.html"

    def dispatch(self, request, *args, **kwargs):
        if is_stale(request):
            raise ProofNeededError
        return super().dispatch(request, *args, **kwargs)

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        field = form.fields["code"]
        field.help_text = "6 số đang hiện trên ứng dụng."
        del field.widget.attrs["autofocus"]  # what to do first stands above
        return form

    def get_context_data(self, **kwargs):
        device = draft_device(self.request.user, secret_of(self.request))
        square = segno.make(device.config_url, error="m").svg_data_uri(scale=5, border=2)
        text = b32encode(device.bin_key).decode()
        parts = " ".join(text[at : at + 4] for at in range(0, len(text), 4))
        is_step = STEP in self.request.session
        return super().get_context_data(square=square, secret=parts, is_step=is_step, **kwargs)

    def form_valid(self, form):
        user = self.request.user
        try:
            device = proven_device(user, secret_of(self.request), form.cleaned_data["code"])
        except ValidationError as error:
            return self.refuse(form, None, error)
        codes = set_up_factor(user, actor=user, device=device)
        user.refresh_from_db(fields=("session_round",))
        stay_in(self.request, user)
        end_step(self.request)
        return show_codes(self.request, codes, self.get_target())


class FactorDetail(TemplateView):
    """What the person has set up."""

    template_name = "registration/factor_detail.html"
    extra_context = {"breadcrumbs": (("Trang chủ", "/"), ("Bước xác thực thứ hai", None))}

    def get_context_data(self, **kwargs):
        user = self.request.user
        return super().get_context_data(
            is_set=has_factor(user),
            is_asked=must_have_factor(user),
            left=codes_left(user),
            **kwargs,
        )


class CodesNew(View):
    """Ten new codes, shown once."""

    http_method_names = ("post",)

    def post(self, request):
        if not has_factor(request.user):
            messages.info(request, "Hãy đặt bước xác thực thứ hai trước.")
            return redirect("accounts:factor_detail")
        require_proof(request.user, back=reverse("accounts:factor_detail"))
        codes = give_new_codes(request.user, actor=request.user)
        return show_codes(request, codes, resolve_url("accounts:factor_detail"))


class CodesShown(LeadsOn, View):
    """The codes for need, this once; the answer is kept by no browser."""

    http_method_names = ("get",)
    shows_secret = True

    def get(self, request):
        codes = request.session.pop(NEW_CODES, None)
        if codes is None:
            messages.info(request, "Mã dự phòng chỉ hiện một lần. Chưa kịp cất thì lập mã mới.")
            return redirect("accounts:factor_detail")
        context = {"codes": codes, "target": self.get_target()}
        return render(request, "registration/factor_codes.html", context)


def show_codes(request, codes, target):
    """To the page that shows them: shown as the answer, loading it again would make new ones."""
    request.session[NEW_CODES] = codes
    return redirect(f"{reverse('accounts:codes_shown')}?{urlencode({'next': target})}")
