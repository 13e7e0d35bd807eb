"""Whether units without figures are left aside."""

from crispy_forms.layout import Layout
from django import forms

from thidua.common.pages.forms import TidyForm


class RelativeForm(TidyForm):
    without_missing = forms.BooleanField(
        label="Tính mà không chờ các đơn vị chưa nộp báo cáo",
        required=False,
        help_text="Chỉ được khi đã hết hạn nộp báo cáo; tên các đơn vị này ghi vào nhật ký.",
    )

    def __init__(self, *args, is_waiting: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_waiting:
            del self.fields["without_missing"]
        self.helper.layout = Layout(*self.fields)
