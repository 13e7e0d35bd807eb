from django import forms
from django.contrib.auth.forms import AuthenticationForm

from thidua.common.pages.forms import TidyForm
from thidua.common.pages.sentences import say_refusals


class SignInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": (
            "Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra phím Caps Lock và bộ gõ "
            "tiếng Việt rồi nhập lại."
        ),
        "inactive": "Tài khoản này đã ngừng sử dụng. Vui lòng liên hệ bộ phận hỗ trợ.",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Tên đăng nhập"
        self.fields["username"].widget.attrs["autocapitalize"] = "none"
        self.fields["password"].label = "Mật khẩu"
        for field in self.fields.values():
            say_refusals(field)


class CodeForm(TidyForm):
    """A code of the authenticator, or one kept for need."""

    code = forms.CharField(
        label="Mã xác thực",
        max_length=20,
        help_text="6 số đang hiện trên ứng dụng; mất điện thoại thì nhập một mã dự phòng.",
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "none",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
    )


class PasswordProofForm(TidyForm):
    """The password once more."""

    password = forms.CharField(
        label="Mật khẩu",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )
