"""A sheet as it is posted: only the rows somebody changed become forms.

The page writes its own inputs from the strings of sheet_strings and hands each row a token: the
revision of the stored row and a mark of what was shown. A posted row whose strings still have
that mark was not touched and costs nothing.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from blocs.criteria.forms.answer_fields import answer_field
from blocs.reports.domain.cell_answers import counts_percent
from blocs.reports.domain.sheet_rows import (
    GivenRow,
    TypedRow,
    field_in_doubt,
    field_of,
    inputs_of,
    may_be_left_out,
)
from blocs.reports.forms.sheet_strings import (
    name_of,
    prefix_of,
    shown_answer,
    shown_appraisal,
    token_of,
)
from blocs.reports.models.sheet_row import SheetRow
from blocs.reports.models.sheets import Sheet
from blocs.scoring import Entry
from blocs.scoring.terms.answers import kept
from thidua.common.pages.forms import DecimalCommaField, TidyForm
from thidua.common.stamps import stamp_of
from thidua.common.vietnamese.numbers import format_input, whole_number
from thidua.common.vietnamese.text import plain_lines

LEFT_OUT_ALONE = "Đã chọn “Không giao” thì để trống kết quả; nếu có kết quả thì bỏ chọn."


class SelfScoreForm(TidyForm):
    """The unit's answer at one leaf; which fields it has follows from the kind of the leaf."""

    note = forms.CharField(required=False, max_length=4000, label="Thuyết minh")

    def __init__(self, row: SheetRow, *, decimals: int, **kwargs):
        super().__init__(**kwargs)
        self.row = row
        self.asked = inputs_of(row.criterion.kind, row.criterion.rule)
        maximum = row.criterion.max_points or None
        for asked in self.asked:
            field = answer_field(asked, maximum=maximum, decimals=decimals)
            field.is_percent = counts_percent(row.criterion.rule, row.criterion.measure, asked)
            self.fields[field_of(asked)] = field
        if may_be_left_out(row.criterion.kind, row.criterion.rule):
            self.fields["na"] = forms.BooleanField(required=False)

    def clean(self):
        data = super().clean()
        if data.get("na") and not self.answer().is_empty:
            self.add_error("na", LEFT_OUT_ALONE)
        return data

    def answer(self) -> Entry:
        """What was typed, as the regulation reads it."""
        stated: dict[str, Any] = {}
        facts: dict[str, Any] = {}
        for asked in self.asked:
            value = kept(asked, self.cleaned_data.get(field_of(asked)))
            if value is not None:
                (facts if asked.key else stated)[asked.key or asked.field] = value
        return Entry(**stated, facts=facts, not_applicable=bool(self.cleaned_data.get("na")))

    def to_row(self, revision: int) -> TypedRow:
        note = plain_lines(self.cleaned_data["note"])
        return TypedRow(self.row.criterion.pk, revision, self.answer(), note)

    def field_for(self, field: str) -> str:
        """Where a sentence about `field` is shown: at a field this row has."""
        if field in self.fields:
            return field
        criterion = self.row.criterion
        return field_in_doubt(criterion.kind, criterion.rule, self.row.entry)


class AppraisalForm(TidyForm):
    points = forms.CharField(required=False)
    reason = forms.CharField(required=False, max_length=4000, label="Lý do")

    def __init__(self, row: SheetRow, *, decimals: int, **kwargs):
        super().__init__(**kwargs)
        self.row = row
        maximum = row.criterion.max_points or None
        self.fields["points"] = DecimalCommaField(decimals=decimals, maximum=maximum)

    def to_row(self, revision: int) -> GivenRow:
        data = self.cleaned_data
        reason = plain_lines(data["reason"])
        return GivenRow(self.row.criterion.pk, revision, data["points"], reason)

    def field_for(self, field: str) -> str:
        """Where a sentence about `field` is shown."""
        return field if field in self.fields else "points"


class SheetForm:
    """The changed rows of one posted sheet, each checked by a small form of its own."""

    row_form: type[TidyForm] = SelfScoreForm
    show = staticmethod(shown_answer)

    def __init__(self, sheet: Sheet, data=None, *, decimals: int, conflicts=frozenset()):
        self.rows = {row.criterion.pk: row for row in sheet.rows}
        self.data = data or {}
        self.conflicts = conflicts
        self.general: list[str] = []
        self.forms = {
            pk: self.row_form(row, decimals=decimals, data=self.data, prefix=prefix_of(row))
            for pk, row in self.rows.items()
            if self.is_changed(row)
        }

    def typed(self, row: SheetRow, shown: Mapping[str, str]) -> dict[str, str]:
        return {field: plain_lines(self.data.get(name_of(row, field), "")) for field in shown}

    def is_changed(self, row: SheetRow) -> bool:
        """Whether the writer changed the row since it was shown."""
        token = self.data.get(name_of(row, "token"), "")
        mark = token.partition("-")[2]
        return bool(mark) and mark != stamp_of(*self.typed(row, self.show(row)).values())

    def revision(self, row: SheetRow) -> int:
        """The revision the writer saw; an impossible one conflicts with every stored row."""
        number = whole_number(self.data.get(name_of(row, "token"), "").partition("-")[0])
        return -1 if number is None else number

    def is_valid(self) -> bool:
        # Every row is checked, so that all mistakes are shown at once.
        found = [form.is_valid() for form in self.forms.values()]
        return all(found)

    def to_rows(self) -> list:
        """The changed rows for the action; only after `is_valid()`."""
        return [form.to_row(self.revision(form.row)) for form in self.forms.values()]

    def put_errors(self, error: ValidationError) -> None:
        """Each sentence of a refusal at its row, else above the sheet."""
        if not hasattr(error, "error_dict"):
            self.general.extend(error.messages)
            return
        for (pk, field), sentences in error.error_dict.items():
            form = self.forms[pk]
            form.add_error(form.field_for(field), sentences)

    def errors_of(self, pk: int) -> dict[str, str]:
        form = self.forms.get(pk)
        if form is None or not form.is_bound or not hasattr(form, "cleaned_data"):
            return {}
        return {field: " ".join(map(str, found)) for field, found in form.errors.items()}

    def strings_of(self, row: SheetRow) -> tuple[dict[str, str], str]:
        """What the inputs of a row show now, and its token.

        A changed row keeps what was typed and the revision its writer saw, until the writer has
        been shown the other text; every other row shows what is stored.
        """
        shown = self.show(row)
        token = token_of(row, shown)
        if row.criterion.pk not in self.forms:
            return shown, token
        if row.criterion.pk not in self.conflicts:
            token = self.data[name_of(row, "token")]
        return self.typed(row, shown), token


class PostedRows:
    """Comes before a SheetForm: takes every posted row, and each for itself."""

    def is_changed(self, row: SheetRow) -> bool:
        """A row is sent because its writer changed it."""
        return name_of(row, "token") in self.data

    def good_rows(self) -> list:
        """The rows that can be read, for the action; the others keep their errors."""
        good = [form for form in self.forms.values() if form.is_valid()]
        return [form.to_row(self.revision(form.row)) for form in good]

    def token_after(self, row: SheetRow) -> str:
        """The token of a row as it is stored now, with the mark of what its inputs hold."""
        return token_of(row, self.typed(row, self.show(row)))


class SelfRows(PostedRows, SheetForm):
    """Rows of the unit's own sheet that are saved while they are typed."""


class AppraisalSheetForm(SheetForm):
    """The same for appraised points; `fill` takes the unit's own where nothing was typed."""

    row_form = AppraisalForm
    show = staticmethod(shown_appraisal)

    def __init__(self, sheet: Sheet, data=None, **kwargs):
        if data is not None and data.get("fill"):
            data = filled(sheet, data)
        super().__init__(sheet, data, **kwargs)


class AppraisalRows(PostedRows, SheetForm):
    """Rows of an appraisal that are saved while they are typed."""

    row_form = AppraisalForm
    show = staticmethod(shown_appraisal)


def filled(sheet: Sheet, data):
    """The posted sheet with the unit's own points in every empty field for points."""
    data = data.copy()
    for row in sheet.rows:
        name = name_of(row, "points")
        own = row.score.self_points if row.score else None
        if own is not None and not data.get(name, "").strip():
            data[name] = format_input(own)
    return data
