from collections.abc import Iterable
from decimal import Decimal

from django import forms

from blocs.reports.domain.cell_answers import counts_percent
from blocs.reports.domain.sheet_rows import inputs_of
from blocs.reports.domain.sheet_versions import RectifiedRow
from blocs.reports.models.sheet_row import SheetRow
from blocs.scoring import Input, InputType
from blocs.scoring.terms.answers import FIGURES
from thidua.common.pages.forms import DecimalCommaField, TidyForm

NUMBERS = (InputType.ACTUAL, InputType.COUNT)


def has_figure(row: SheetRow) -> bool:
    """Whether the result of the leaf is a number that can be corrected."""
    return figure_of(row) is not None


def figure_of(row: SheetRow) -> Input | None:
    """The question whose answer is the corrected number; None where there is none."""
    inputs = inputs_of(row.criterion.kind, row.criterion.rule)
    return next((one for one in inputs if one.field == "value" and one.type in NUMBERS), None)


class RectificationForm(TidyForm):
    """New points and results at the leaves to correct; an empty field leaves what is there."""

    reason = forms.CharField(
        label="Lý do, căn cứ đính chính",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Vui lòng nêu lý do, căn cứ đính chính."},
    )

    def __init__(self, rows: Iterable[SheetRow], *args, decimals: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = list(rows)
        for row in self.rows:
            pk, maximum = row.criterion.pk, row.criterion.max_points or None
            self.fields[f"points-{pk}"] = DecimalCommaField(decimals=decimals, maximum=maximum)
            if asked := figure_of(row):
                is_percent = counts_percent(row.criterion.rule, row.criterion.measure, asked)
                field = DecimalCommaField(decimals=FIGURES, is_percent=is_percent)
                self.fields[f"value-{pk}"] = field

    def to_rows(self) -> list[RectifiedRow]:
        """The leaves where something was typed, for the action."""
        pks = [row.criterion.pk for row in self.rows]
        found = [RectifiedRow(pk, self.typed("points", pk), self.typed("value", pk)) for pk in pks]
        return [row for row in found if row.points is not None or row.value is not None]

    def typed(self, field: str, pk: int) -> Decimal | None:
        return self.cleaned_data.get(f"{field}-{pk}")
