"""A filled Excel form on its way in: the file, then the changes that were shown."""

from collections.abc import Sequence
from decimal import Decimal

from crispy_forms.layout import Layout
from django import forms
from django.core import signing
from django.core.exceptions import ValidationError

from blocs.reports.domain.sheet_rows import TypedRow
from blocs.scoring import Entry
from thidua.common.pages.forms import TidyForm

NO_FILE = "Vui lòng chọn tệp Excel rồi bấm xem trước."
STALE = "Bản xem trước này không dùng được nữa. Vui lòng tải tệp lên lại."
SALT, HOURS = "reports.sheet_import", 8


class SheetUploadForm(TidyForm):
    """One file; what is in it, the action finds out."""

    file = forms.FileField(
        label="Tệp Excel đã điền",
        help_text="Tệp .xlsx tải từ trang này, nhiều nhất 10 MB. Chưa ghi gì cho đến khi xác nhận.",
        max_length=None,
        allow_empty_file=True,
        error_messages={"required": NO_FILE, "missing": NO_FILE, "invalid": NO_FILE},
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout("file")


class SheetApplyForm(TidyForm):
    """The changes of a preview, signed: what is confirmed is what was shown, to whom, of which."""

    payload = forms.CharField(
        widget=forms.HiddenInput, error_messages={"required": STALE}, max_length=None
    )

    def __init__(self, *args, user, report, **kwargs):
        super().__init__(*args, **kwargs)
        self.owner = [user.pk, report.pk]

    def clean_payload(self):
        try:
            owner, name, rows = signing.loads(
                self.cleaned_data["payload"], salt=SALT, max_age=HOURS * 3600
            )
        except signing.BadSignature as error:
            raise ValidationError(STALE) from error
        if owner != self.owner:
            raise ValidationError(STALE)
        return name, [unpacked(row) for row in rows]


def signed_changes(rows: Sequence[TypedRow], *, user, report, name: str) -> str:
    """The changes as one signed text that only this person can post, for this report."""
    content = [[user.pk, report.pk], name, [packed(row) for row in rows]]
    return signing.dumps(content, salt=SALT, compress=True)


def packed(row: TypedRow) -> list:
    entry = row.entry
    numbers = [None if one is None else str(one) for one in (entry.value, entry.target)]
    answer = [*numbers, entry.choice, dict(entry.facts), entry.not_applicable]
    return [row.criterion_id, row.revision, row.note, *answer]


def unpacked(row: list) -> TypedRow:
    pk, revision, note, value, target, choice, facts, not_applicable = row
    entry = Entry(
        value=None if value is None else Decimal(value),
        target=None if target is None else Decimal(target),
        choice=choice,
        facts=facts,
        not_applicable=not_applicable,
    )
    return TypedRow(pk, revision, entry, note)
