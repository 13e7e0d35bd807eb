"""The classes of a year as rows that people fill in, and back to what is stored."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from blocs.scoring.ranking.line_figures import (
    COUNT,
    LEAST_GROUP,
    LEAST_LEAF,
    POINTS,
    SHARE,
    line_figure,
    line_label,
    measured_line,
)
from blocs.scoring.terms.numbers import read_decimal
from blocs.scoring.terms.parameters import plain

# The conditions a person fills in as one number: column, figure, comparison.
COLUMNS = (
    ("total", "total", ">="),
    ("percent", "percent", ">="),
    ("work", "work", ">="),
    ("deduction", "deduction", "<="),
)
LINE_CHOICES = {
    POINTS: "điểm của một mục",
    SHARE: "tỷ lệ đạt của một mục (%)",
    COUNT: "số lần, số liệu ở một mục",
}
FIGURES = {
    "total": "tổng điểm",
    "percent": "tỷ lệ đạt (%)",
    "work": "điểm nhiệm vụ",
    "bonus": "điểm thưởng",
    "deduction": "điểm trừ",
    LEAST_GROUP: "mọi nhóm, tỷ lệ đạt (%)",
    LEAST_LEAF: "mọi tiêu chí, tỷ lệ đạt (%)",
    **LINE_CHOICES,
}
COMPARISONS = {
    ">=": "từ",
    ">": "trên",
    "<=": "không quá",
    "<": "dưới",
    "=": "bằng",
    "!=": "khác",
}


@dataclass(frozen=True)
class ConditionRow:
    """One further condition of a class; `line` is a path, only where one line is measured."""

    figure: str
    comparison: str
    value: Decimal
    line: str = ""

    @property
    def stored(self) -> list[Any]:
        """The condition as the year keeps it."""
        name = line_figure(self.figure, self.line) if self.figure in LINE_CHOICES else self.figure
        return [name, self.comparison, plain(self.value)]


def row_of(condition: Sequence[Any]) -> ConditionRow | None:
    """A stored condition as a row; None for one that no row can show."""
    name, comparison, raw = condition
    value = None if isinstance(raw, list | tuple) else read_decimal(raw)
    line = measured_line(str(name))
    if value is None or (line is None and name not in FIGURES):
        return None
    figure, path = line or (str(name), "")
    return ConditionRow(figure, comparison, value, path)


def path_of(typed: str, lines: Iterable[str]) -> str:
    """The path of the line a person means by «P.3» or «P/3»; what was typed if there is none."""
    return next((path for path in lines if typed in (path, line_label(path))), typed)


def band_row(band: Mapping[str, Any]) -> tuple[dict[str, Decimal | None], list[list[Any]]]:
    """A stored class as the numbers of its columns, and the conditions no column can show."""
    numbers: dict[str, Decimal | None] = {column: None for column, _, _ in COLUMNS}
    others = []
    for condition in band.get("if") or ():
        column = next(
            (
                name
                for name, figure, comparison in COLUMNS
                if list(condition[:2]) == [figure, comparison] and numbers[name] is None
            ),
            None,
        )
        value = None if isinstance(condition[2], list | tuple) else read_decimal(condition[2])
        if column is None or value is None:
            others.append(list(condition))
        else:
            numbers[column] = value
    return numbers, others


def band_of(
    label: str,
    numbers: Mapping[str, Decimal | None],
    others: Iterable[Sequence[Any]],
    share: Decimal | None = None,
    rounding: str = "",
) -> dict[str, Any]:
    """A class as it is stored: [figure, comparison, decimal text] for every filled column.

    `share` is the largest percent of the units, rounded to a number as `rounding` says.
    """
    conditions = [
        [figure, comparison, plain(number)]
        for column, figure, comparison in COLUMNS
        if (number := numbers.get(column)) is not None
    ]
    limit = {} if share is None else {"share": plain(share), "rounding": rounding}
    return {"label": label, "if": [*conditions, *map(list, others)], **limit}
