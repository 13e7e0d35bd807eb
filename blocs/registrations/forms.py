"""What a unit registers."""

from crispy_forms.layout import Layout
from django import forms

from blocs.years.models.registrations import Registration
from thidua.common.pages.forms import TidyModelForm


class RegistrationForm(TidyModelForm):
    class Meta:
        model = Registration
        fields = ("titles", "content")
        labels = {
            "titles": "Danh hiệu, hình thức khen thưởng đăng ký",
            "content": "Nội dung, chỉ tiêu thi đua đăng ký",
        }
        help_texts = {
            "titles": (
                "Mỗi dòng một danh hiệu: của tập thể trước (Cờ thi đua, Tập thể lao động xuất sắc, "
                "Bằng khen), của cá nhân sau (họ tên, chức vụ – danh hiệu)."
            ),
            "content": "Mỗi dòng một phong trào, nhiệm vụ hoặc chỉ tiêu, có số liệu và thời hạn.",
        }
        widgets = {
            "titles": forms.Textarea(attrs={"rows": 6}),
            "content": forms.Textarea(attrs={"rows": 12}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout("titles", "content")
