"""Forms of grounds, of settling relative points, and of a proof that somebody brings."""

from collections.abc import Iterable

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError

from blocs.units.models import Unit
from thidua.common.pages.basis import BasisForm
from thidua.common.pages.forms import TidyForm

LARGEST = 20 * 1024 * 1024
TOO_LARGE = "Tệp lớn hơn 20 MB. Dùng lệnh recompute_ranking để kiểm tra."
NOT_TEXT = "Tệp không phải văn bản UTF-8."
BASIS_HELP = "Số, ngày, cơ quan ban hành văn bản hoặc kết luận nêu sự việc."

KEEP, AGAIN = "keep", "again"
WAYS = (
    (AGAIN, "Chốt lại theo số liệu hiện nay; kết quả đã chốt trước vẫn lưu bên cạnh"),
    (KEEP, "Giữ kết quả đã chốt, không tính thay đổi này vào xếp hạng"),
)


class GroundForm(TidyForm):
    unit = forms.ModelChoiceField(
        label="Đơn vị", queryset=Unit.objects.none(), empty_label="(chọn đơn vị)"
    )
    code = forms.ChoiceField(label="Điều kiện")
    found_on = forms.DateField(label="Ghi nhận ngày")
    basis = forms.CharField(
        label="Căn cứ", widget=forms.Textarea(attrs={"rows": 4}), help_text=BASIS_HELP
    )

    def __init__(self, *args, units, grounds: Iterable[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        self.fields["code"].choices = [("", "(chọn điều kiện)"), *grounds]
        self.helper.layout = Layout("unit", "code", "found_on", "basis")


class LiftForm(TidyForm):
    lifted_on = forms.DateField(label="Hết hiệu lực ngày")
    lift_basis = forms.CharField(
        label="Căn cứ chấm dứt",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Văn bản, kết luận chấm dứt việc xem xét hoặc kết luận không có sai phạm.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout("lifted_on", "lift_basis")


class ProofForm(TidyForm):
    file = forms.FileField(label="Tệp kiểm chứng (.json)")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout("file")

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST:
            raise ValidationError(TOO_LARGE)
        try:
            return upload.read().decode("utf-8")
        except UnicodeDecodeError:
            raise ValidationError(NOT_TEXT) from None


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


class RankingBasisForm(BasisForm):
    way = forms.ChoiceField(label="Xử lý", choices=WAYS, widget=forms.RadioSelect)
