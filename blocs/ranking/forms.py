"""Forms of grounds, of settling relative points, and of a proof that somebody brings."""

from collections.abc import Iterable

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.core.exceptions import ValidationError

from blocs.units.models import Unit
from thidua.common.pages.basis import BasisForm
from thidua.common.pages.forms import TidyForm
from thidua.common.vietnamese.numbers import whole_number
from thidua.common.vietnamese.text import filled_lines

LARGEST = 20 * 1024 * 1024
TOO_LARGE = "Tệp lớn hơn 20 MB. Dùng lệnh recompute_ranking để kiểm tra."
NOT_TEXT = "Tệp không phải văn bản UTF-8."
COUNT_LINE = "Mỗi dòng một mức và số đơn vị, ví dụ “Xuất sắc: 3”."
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


class StatedForm(TidyForm):
    """Results that minutes state: a line for each unit, or only how many reached each class."""

    source = forms.CharField(
        label="Theo văn bản",
        max_length=255,
        required=False,
        help_text="Loại, số, ngày, cơ quan lập; ví dụ: Biên bản số 05/BB-C3 ngày 20/12/2024.",
    )
    counts = forms.CharField(
        label="Số đơn vị theo mức xếp loại, khi không còn biết tên",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=COUNT_LINE,
    )

    def __init__(self, *args, units: Iterable[tuple[int, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.units = list(units)
        for unit, name in self.units:
            self.fields[f"place-{unit}"] = forms.IntegerField(
                label=f"{name}: hạng", required=False, min_value=1, max_value=999
            )
            self.fields[f"class-{unit}"] = forms.CharField(
                label="Xếp loại", required=False, max_length=100
            )
        lines = (Row(Column(f"place-{unit}"), Column(f"class-{unit}")) for unit, _ in self.units)
        self.helper.layout = Layout("source", *lines, "counts")

    def clean_counts(self):
        """The number of units by class; a line that cannot be read is named."""
        found = {}
        for line in filled_lines(self.cleaned_data["counts"]):
            label, colon, number = (part.strip() for part in line.rpartition(":"))
            if not (colon and label and whole_number(number)):
                raise ValidationError(f"Không hiểu dòng “{line}”. {COUNT_LINE}")
            found[label] = int(number)
        return found
