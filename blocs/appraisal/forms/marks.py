"""What is typed where the regulation leaves open how marks become one."""

from decimal import Decimal

from django import forms

from blocs.reports.forms.sheet_strings import prefix_of
from blocs.reports.models.sheet_row import SheetRow
from thidua.common.pages.forms import DecimalCommaField, TidyForm
from thidua.common.vietnamese.text import plain_lines

NEEDS_POINTS = "Vui lòng nhập điểm, hoặc xóa lý do."


class DecidedForm(TidyForm):
    """Points of one leaf, decided by who combines, and why."""

    points = forms.CharField(required=False)
    reason = forms.CharField(required=False, max_length=4000)

    def __init__(self, row: SheetRow, *, decimals: int, **kwargs):
        super().__init__(prefix=prefix_of(row), **kwargs)
        self.row = row
        self.fields["points"] = DecimalCommaField(
            decimals=decimals, maximum=row.criterion.max_points or None
        )

    def clean(self):
        data = super().clean()
        if data.get("reason", "").strip() and data.get("points") is None and not self.errors:
            self.add_error("points", NEEDS_POINTS)
        return data

    @property
    def decided(self) -> tuple[Decimal, str] | None:
        """Points and words, None where nothing was typed; only after `is_valid()`."""
        points = self.cleaned_data["points"]
        return None if points is None else (points, plain_lines(self.cleaned_data["reason"]))

    @property
    def strings(self) -> dict[str, str]:
        return {name: self.data.get(self.add_prefix(name), "") for name in ("points", "reason")}

    @property
    def wrong(self) -> dict[str, str]:
        if not self.is_bound:
            return {}
        return {field: " ".join(map(str, found)) for field, found in self.errors.items()}
