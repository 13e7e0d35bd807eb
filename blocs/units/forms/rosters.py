"""A list of many units or people: pasted, or as an Excel file; both become one text."""

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError

from blocs.units.documents.rosters import text_of_workbook
from thidua.common.files import MEGABYTE
from thidua.common.pages.forms import TidyForm

# A thousand lines of the longest names that offices have.
LONGEST_LIST = 400_000
LARGEST = 2 * MEGABYTE
NO_LIST = "Hãy dán danh sách hoặc chọn tệp Excel."
TWO_LISTS = "Chỉ dán danh sách hoặc chọn tệp, không làm cả hai."
TOO_LARGE = "Tệp nặng hơn 2 MB. Hãy bỏ ảnh, trang tính thừa rồi tải lại."
PASTE_HELP = (
    "Chép bảng từ Excel hoặc Word, cả dòng tên cột, rồi dán vào đây. Chữ gõ bằng TCVN3 (ABC) hoặc "
    "VNI được nhận ra và chuyển sang Unicode để xem trước."
)
FILE_HELP = "Tệp .xlsx theo mẫu, nhiều nhất 2 MB. Chưa ghi gì cho đến khi xác nhận."


class RosterForm(TidyForm):
    """Where the list comes from; what is in it, the action finds out."""

    text = forms.CharField(
        label="Dán danh sách",
        required=False,
        strip=False,
        max_length=LONGEST_LIST,
        widget=forms.Textarea(attrs={"rows": 10, "wrap": "off"}),
        help_text=PASTE_HELP,
    )
    file = forms.FileField(
        label="hoặc chọn tệp Excel",
        required=False,
        help_text=FILE_HELP,
        max_length=None,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(*self.fields)

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST:
            raise ValidationError(TOO_LARGE)
        return file

    def clean(self):
        data = super().clean()
        text, file = data.get("text", "").strip(), data.get("file")
        if self.errors:
            return data
        if text and file:
            self.add_error("file", TWO_LISTS)
        elif file:
            data["text"] = self.read(file)
        elif not text:
            self.add_error("text", NO_LIST)
        return data

    def read(self, file):
        try:
            return text_of_workbook(file)
        except ValidationError as error:
            self.add_error("file", error)
            return ""


class UnitRosterForm(RosterForm):
    is_alike = forms.BooleanField(
        label="Những tên chỉ khác dấu là các đơn vị khác nhau", required=False
    )
