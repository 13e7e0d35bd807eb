"""Further conditions of a class: what is looked at, the line, how it is compared, with what."""

from collections.abc import Iterable, Mapping
from typing import Any

from crispy_forms.layout import Column, Row
from django import forms
from django.core.exceptions import ValidationError

from blocs.scoring.ranking.class_rows import (
    COMPARISONS,
    FIGURES,
    LINE_CHOICES,
    ConditionRow,
    path_of,
)
from thidua.common.pages.forms import DecimalCommaField

FEWEST, EMPTY = 6, 3
PARTS = ("band", "figure", "line", "compare", "value")
NEEDED = {
    "band": "Vui lòng chọn mức xếp loại của điều kiện này.",
    "figure": "Vui lòng chọn nội dung xét.",
    "value": "Vui lòng ghi giá trị so sánh.",
}
Names = tuple[str, ...]


def names_of(number: int) -> Names:
    """The fields of one row, in the order of PARTS."""
    return tuple(f"condition_{number}_{part}" for part in PARTS)


def condition_rows(form: forms.Form) -> list[Names]:
    """The rows the form has, each by the names of its fields."""
    numbers = range(sum(name.endswith("_figure") for name in form.fields))
    return [names_of(number) for number in numbers]


def condition_row(names: Names) -> Row:
    """The fields side by side; what is looked at has the longest words."""
    widths = ("col-md-2", "col-md-4", "col-md-2", "col-md-2", "col-md-2")
    return Row(*(Column(name, css_class=width) for name, width in zip(names, widths, strict=True)))


def put_conditions(form: forms.Form, shown: Iterable[tuple[int, ConditionRow]], bands: int) -> None:
    """A row for each stored condition (place of its class, row) and empty ones below."""
    stored = list(shown)
    levels = [("", "–"), *((str(place), f"Mức {place + 1}") for place in range(bands))]
    for number in range(max(FEWEST, len(stored) + EMPTY)):
        band, figure, line, compare, value = names_of(number)
        form.fields |= {
            band: forms.ChoiceField(label="Mức", choices=levels, required=False),
            figure: forms.ChoiceField(
                label="Xét", choices=[("", "–"), *FIGURES.items()], required=False
            ),
            line: forms.CharField(label="Mục, như P.3", required=False, max_length=200),
            compare: forms.ChoiceField(
                label="So sánh", choices=COMPARISONS.items(), required=False
            ),
            value: DecimalCommaField(label="Giá trị", decimals=4),
        }
        if number < len(stored):
            place, row = stored[number]
            values = (str(place), row.figure, row.line, row.comparison, row.value)
            form.initial |= dict(zip(names_of(number), values, strict=True))


def condition_of(
    form: forms.Form, data: dict[str, Any], names: Names
) -> tuple[int, list[Any]] | None:
    """(place of its class, stored condition) of a filled row; what is missing stands at its field.

    The row leaves `data`. An empty row is none.
    """
    found = {part: data.pop(name, None) for part, name in zip(PARTS, names, strict=True)}
    if not (found["figure"] or found["line"] or found["value"] is not None):
        return None
    field = dict(zip(PARTS, names, strict=True))
    lacking = [part for part in NEEDED if found[part] in (None, "")]
    for part in lacking:
        if field[part] not in form.errors:
            form.add_error(field[part], ValidationError(NEEDED[part]))
    if sentence := line_fault(found):
        form.add_error(field["line"], ValidationError(sentence))
    if lacking or sentence:
        return None
    line = path_of(found["line"], form.lines)
    row = ConditionRow(found["figure"], found["compare"] or ">=", found["value"], line)
    return int(found["band"]), row.stored


def line_fault(found: Mapping[str, Any]) -> str:
    """A line is named where one is measured, and nowhere else."""
    is_measured = found["figure"] in LINE_CHOICES
    if is_measured and not found["line"]:
        return "Vui lòng ghi mục của bảng chấm điểm, ví dụ P.3."
    if found["line"] and not is_measured:
        return "Nội dung xét này không gắn với một mục. Hãy xóa mục hoặc chọn nội dung khác."
    return ""
