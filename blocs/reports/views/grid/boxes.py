"""The inputs of a sheet, written in Python: a template for each would be most of the page."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from blocs.criteria.forms.answer_fields import options_of
from blocs.reports.domain.sheet_rows import field_of, inputs_of
from blocs.reports.forms.sheet_strings import prefix_of
from blocs.reports.models.sheet_row import SheetRow
from blocs.reports.views.grid.parts import joined, written
from blocs.scoring import Input, InputType
from blocs.scoring.terms.answers import is_day

LABEL = '<label class="{}" for="{}">{}</label>'
NUMBER = (
    '<input class="sheet-input" name="{0}" id="{0}" value="{1}" data-column="{2}" '
    'autocomplete="off" inputmode="decimal"{3}>'
)
DAY = (
    '<input class="sheet-input" name="{0}" id="{0}" value="{1}" data-column="{2}" '
    'autocomplete="off" placeholder="dd/mm/yyyy"{3}>'
)
TEXT = (
    '<textarea class="sheet-input sheet-input--text" rows="1" name="{0}" id="{0}"{3}>\n'
    "{1}</textarea>"
)
CHECK = (
    '<label class="sheet-check"><input type="checkbox" name="{}" id="{}" data-column="na"{}> {}'
    "</label>"
)
CHOICE = '<select class="sheet-input sheet-input--choice" name="{0}" id="{0}"{1}>{2}</select>'
OPTION = '<option value="{}"{}>{}</option>'
UNIT = '<span class="sheet-hint" aria-hidden="true">{}</span>'
ERROR = '<span class="sheet-error" id="{}-loi">{}</span>'
PLAIN = {"number": NUMBER, "day": DAY, "text": TEXT}
CHECKED, SELECTED = SafeString(" checked"), SafeString(" selected")


@dataclass(frozen=True)
class Box:
    """One input: `kind` is number, choice, day, check or text; `field` names its column.

    `is_alone`: its column already names it, so only the unit is written beside it.
    """

    name: str
    field: str
    label: str
    kind: str
    value: str
    error: str = ""
    unit: str = ""
    options: tuple[tuple[str, str], ...] = ()
    is_alone: bool = True

    @cached_property
    def html(self) -> SafeString:
        """Label, input, unit and what is wrong with it."""
        if self.kind == "check":
            checked = CHECKED if self.value else ""
            return written(CHECK, self.name, self.name, checked, self.label) + self.wrong
        return self.named + self.entry + self.beside + self.wrong

    @property
    def named(self) -> SafeString:
        if self.is_alone:
            return written(LABEL, "visually-hidden", self.name, self.label)
        label = f"{self.label} ({self.unit})" if self.unit else self.label
        return written(LABEL, "sheet-hint", self.name, label)

    @property
    def entry(self) -> SafeString:
        if self.kind != "choice":
            return written(PLAIN[self.kind], self.name, self.value, self.field, self.marks)
        options = joined(
            written(OPTION, value, SELECTED if value == self.value else "", label)
            for value, label in self.options
        )
        return written(CHOICE, self.name, self.marks, options)

    @property
    def beside(self) -> SafeString:
        is_measured = self.is_alone and self.unit and self.kind == "number"
        return written(UNIT, self.unit) if is_measured else SafeString("")

    @property
    def marks(self) -> SafeString:
        if not self.error:
            return SafeString("")
        return written(' aria-invalid="true" aria-describedby="{}-loi"', self.name)

    @property
    def wrong(self) -> SafeString:
        return written(ERROR, self.name, self.error) if self.error else SafeString("")


def boxes_of(row: SheetRow, shown: dict[str, str], errors: dict[str, str]) -> Iterator[Box]:
    """The inputs of a row for the fields in `shown`, in the order of the page."""
    prefix = prefix_of(row)

    def box(field, label, kind, **more):
        error = errors.get(field, "")
        return Box(f"{prefix}-{field}", field, label, kind, shown[field], error, **more)

    if "points" in shown:
        yield box("points", "Điểm thẩm định", "number")
        yield box("reason", "Lý do", "text")
        return
    questions = inputs_of(row.criterion.kind, row.criterion.rule)
    is_alone = sum(asked.type is not InputType.TARGET for asked in questions) == 1
    for asked in questions:
        options = options_of(asked)
        kind = "choice" if options else "day" if is_day(asked) else "number"
        unit = unit_of(asked, row, is_alone=is_alone)
        more = {"unit": unit, "options": options}
        alone = is_alone or asked.type is InputType.TARGET
        yield box(field_of(asked), asked.label, kind, is_alone=alone, **more)
    if "na" in shown:
        yield box("na", "Không giao", "check")
    yield box("note", "Thuyết minh", "text")


def unit_of(asked: Input, row: SheetRow, *, is_alone: bool) -> str:
    """The measure written beside an input; points among other inputs are named already."""
    if asked.type is InputType.TARGET:
        return ""
    if asked.type is InputType.POINTS:
        return "điểm" if is_alone else ""
    return asked.unit if asked.type is InputType.FACT else row.criterion.measure
