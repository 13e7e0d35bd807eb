from django.contrib.auth.forms import AuthenticationForm


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
