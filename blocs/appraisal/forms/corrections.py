from collections.abc import Iterable

from django import forms

from blocs.reports.models.sheet_row import SheetRow
from thidua.common.pages.forms import TidyForm

LONGEST = 2000
TOO_LONG = "Yêu cầu sửa dài nhất 2000 ký tự."


class CorrectionsForm(TidyForm):
    """One reason per leaf; an empty one means that the leaf is right as it is."""

    def __init__(self, rows: Iterable[SheetRow], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.pks = [row.criterion.pk for row in rows]
        for pk in self.pks:
            self.fields[f"reason-{pk}"] = forms.CharField(
                required=False, max_length=LONGEST, error_messages={"max_length": TOO_LONG}
            )

    def reasons(self) -> dict[int, str]:
        return {
            pk: self.cleaned_data[f"reason-{pk}"] for pk in self.pks if f"reason-{pk}" in self.data
        }
