"""A year file on its way in: the file, then the preview that was shown."""

import base64
from dataclasses import dataclass

from crispy_forms.layout import Layout
from django import forms
from django.core import signing
from django.core.exceptions import ValidationError

from thidua.common.files import MEGABYTE
from thidua.common.pages.forms import TidyForm
from thidua.common.workflow import NEEDS_NOTE

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
    """A file with the mark of the preview that was shown of it; `asks`: for a reason, and why."""

    name: str
    content: bytes
    mark: str
    asks: str = ""


class YearReasonForm(TidyForm):
    """Why units are compared in a second bloc; there where the preview `asks` for it."""

    reason = forms.CharField(
        label="Lý do (bắt buộc)",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": NEEDS_NOTE},
    )

    def __init__(self, *args, asks, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = asks
        if not asks:
            del self.fields["reason"]

    @property
    def given(self):
        """The reason that was typed; empty where none is asked for."""
        return self.cleaned_data.get("reason", "")


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
            owner, name, content, mark, asks = signing.loads(
                self.cleaned_data["payload"], salt=SALT, max_age=HOURS * 3600
            )
            shown = ShownFile(name, base64.b64decode(content), mark, asks)
        except (signing.BadSignature, ValueError) as error:
            raise ValidationError(STALE) from error
        if owner != self.user.pk:
            raise ValidationError(STALE)
        return shown


def signed_file(shown: ShownFile, *, user) -> str:
    """The file and its preview as one signed text that only this person can post."""
    content = base64.b64encode(shown.content).decode()
    kept = [user.pk, shown.name, content, shown.mark, shown.asks]
    return signing.dumps(kept, salt=SALT, compress=True)
