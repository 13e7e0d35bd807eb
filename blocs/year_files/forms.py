"""A year file on its way in: the file, then the preview that was shown."""

import base64
import binascii
from dataclasses import dataclass

from crispy_forms.layout import Layout
from django import forms
from django.core import signing
from django.core.exceptions import ValidationError

from thidua.common.files import MEGABYTE
from thidua.common.pages.forms import TidyForm

NO_FILE = "Vui lòng chọn tệp Excel rồi bấm xem trước."
LARGEST = 2 * MEGABYTE
TOO_LARGE = (
    "Tệp nặng hơn 2 MB. Hãy bỏ ảnh, trang tính thừa, hoặc nhờ người quản trị chạy lệnh import_year."
)
STALE = "Bản xem trước này không dùng được nữa. Vui lòng tải tệp lên lại."
SALT, HOURS = "year_files.preview", 8


class YearFileForm(TidyForm):
    """One file; what is in it, the action finds out."""

    file = forms.FileField(
        label="Tệp Excel của năm",
        help_text="Tệp .xlsx theo mẫu, nhiều nhất 2 MB. Chưa ghi gì cho đến khi xác nhận.",
        max_length=None,
        allow_empty_file=True,
        error_messages={"required": NO_FILE, "missing": NO_FILE, "invalid": NO_FILE},
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout("file")

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise ValidationError(TOO_LARGE)
        return file


@dataclass(frozen=True)
class ShownFile:
    """A file with the mark of the preview that was shown of it."""

    name: str
    content: bytes
    mark: str


class YearApplyForm(TidyForm):
    """The file of a preview, signed: what is confirmed is what this person was shown."""

    payload = forms.CharField(
        widget=forms.HiddenInput, error_messages={"required": STALE}, max_length=None
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_payload(self):
        try:
            owner, name, content, mark = signing.loads(
                self.cleaned_data["payload"], salt=SALT, max_age=HOURS * 3600
            )
            shown = ShownFile(name, base64.b64decode(content), mark)
        except (signing.BadSignature, binascii.Error) as error:
            raise ValidationError(STALE) from error
        if owner != self.user.pk:
            raise ValidationError(STALE)
        return shown


def signed_file(shown: ShownFile, *, user) -> str:
    """The file and its preview as one signed text that only this person can post."""
    content = base64.b64encode(shown.content).decode()
    return signing.dumps([user.pk, shown.name, content, shown.mark], salt=SALT, compress=True)
