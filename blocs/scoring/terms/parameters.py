"""What a rule states, parameter by parameter: forms and spreadsheets are made from it.

A parameter says how it is asked for, how its stored value is shown in a field, what a rule keeps
of a typed one, and how it stands in a cell of a spreadsheet.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from blocs.scoring.terms.numbers import RuleError, read_decimal
from blocs.scoring.terms.rule_texts import bands_of, bands_text, levels_of, levels_text

YES, NO = "có", "không"
# A spreadsheet keeps 15 digits; longer numbers of a rule stand among the other parameters.
NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,6})?")


@dataclass(frozen=True)
class RuleCell:
    """One column of repeating rows: `kind` is text, number or choice.

    `hint` stands in the empty input; an untouched row holds the first choice of its lists.
    """

    name: str
    label: str
    kind: str = "text"
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    is_required: bool = False
    width: str = "m"


@dataclass(frozen=True)
class Section:
    """Lines of the form for some values of the choice `by`; for others they are left out."""

    title: str
    by: str
    values: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(key for line in self.lines for key in line)


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One parameter; with a `title` it has a column of its own in spreadsheets of tables."""

    key: str
    label: str
    help: str = ""
    is_required: bool = False
    title: str = ""
    width: float = 12

    def shown(self, rule: Mapping[str, Any]) -> Any:
        """The value of the form's field."""
        return rule.get(self.key)

    def stated(self, value: Any, stored: Mapping[str, Any]) -> Any:
        """What the rule keeps of a typed value; None leaves it out."""
        return value or None

    @property
    def words(self) -> Mapping[Any, str]:
        """What may be chosen in a spreadsheet; empty where something is typed."""
        return {}

    def cell_text(self, value: Any) -> str:
        """The stored value as a cell; empty where a cell cannot hold it."""
        return self.words.get(value, "")

    def of_cell(self, text: str) -> Any:
        """The value that a cell means; RuleError says why there is none."""
        return code_of(self.words, text)


@dataclass(frozen=True, kw_only=True)
class NumberParameter(Parameter):
    """A decimal; a figure of a unit's results is not measured by the points of the table."""

    is_figure: bool = False

    def shown(self, rule: Mapping[str, Any]) -> Decimal | None:
        return read_decimal(rule.get(self.key))

    def stated(self, value: Decimal | None, stored: Mapping[str, Any]) -> str | None:
        return None if value is None else plain(value)

    def cell_text(self, value: Any) -> str:
        return value if isinstance(value, str) and NUMBER.fullmatch(value) else ""

    def of_cell(self, text: str) -> str:
        number = read_decimal(text)
        if number is None:
            raise RuleError(f"“{text}” không phải là số.")
        return plain(number)


@dataclass(frozen=True, kw_only=True)
class SwitchParameter(Parameter):
    """Yes or no; a no is stated only where the rule said so before."""

    def shown(self, rule: Mapping[str, Any]) -> bool:
        return bool(rule.get(self.key))

    def stated(self, value: Any, stored: Mapping[str, Any]) -> bool | None:
        return True if value else False if self.key in stored else None

    @property
    def words(self) -> Mapping[Any, str]:
        return {True: YES, False: NO}


@dataclass(frozen=True, kw_only=True)
class ChoiceParameter(Parameter):
    """One of several; the `usual` one is stated only where the rule said so before.

    An open one shows all its choices at once. `cells` are other words for a spreadsheet, `missing`
    what is said where nothing was chosen.
    """

    choices: tuple[tuple[str, str], ...]
    usual: str = ""
    is_open: bool = False
    cells: tuple[tuple[str, str], ...] = ()
    missing: str = ""

    def stated(self, value: Any, stored: Mapping[str, Any]) -> str | None:
        is_silent = value == self.usual and self.key not in stored
        return None if is_silent else value or None

    @property
    def words(self) -> Mapping[Any, str]:
        return dict(self.cells or self.choices)


@dataclass(frozen=True, kw_only=True)
class LineParameter(Parameter):
    """The path of another line of the table; `nothing` names the empty choice."""

    nothing: str

    def shown(self, rule: Mapping[str, Any]) -> str:
        return str(rule.get(self.key) or "")

    def cell_text(self, value: Any) -> str:
        return str(value)

    def of_cell(self, text: str) -> str:
        return text


@dataclass(frozen=True, kw_only=True)
class RowsParameter(Parameter):
    """Repeating rows of the same cells."""

    cells: tuple[RuleCell, ...]

    def shown(self, rule: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        return rule.get(self.key) or []


@dataclass(frozen=True, kw_only=True)
class LevelsParameter(RowsParameter):
    """Named levels and their points."""

    cells: tuple[RuleCell, ...] = (
        RuleCell("label", "Mức, kết quả", hint="Tốt", is_required=True, width="l"),
        RuleCell("points", "Số điểm", "number", hint="8", is_required=True, width="s"),
    )

    def cell_text(self, value: Any) -> str:
        return levels_text(value)

    def of_cell(self, text: str) -> list[dict[str, str]]:
        return levels_of(text)


LOWEST_PARAMETER = NumberParameter(
    key="lowest",
    label="Điểm thấp nhất",
    help="Số âm, khi có mức dưới 0, ví dụ −1. Để trống: 0.",
    title="Điểm thấp nhất",
)
LOW_ENDS = (("[", "từ (lấy cả số này)"), ("(", "trên (không lấy số này)"))
HIGH_ENDS = (("]", "đến (lấy cả số này)"), (")", "dưới (không lấy số này)"))
UNLIMITED = "để trống: không giới hạn"


@dataclass(frozen=True, kw_only=True)
class BandsParameter(RowsParameter):
    """Bands with stated ends, as a rule keeps them: {from, to, ends, points}."""

    cells: tuple[RuleCell, ...] = (
        RuleCell("low", "Đầu dưới", "choice", LOW_ENDS),
        RuleCell("from", "Giá trị", "number", hint=UNLIMITED, width="s"),
        RuleCell("high", "Đầu trên", "choice", HIGH_ENDS),
        RuleCell("to", "Giá trị", "number", hint=UNLIMITED, width="s"),
        RuleCell("points", "Số điểm", "number", is_required=True, width="s"),
    )

    def shown(self, rule: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        found: list[Mapping[str, Any]] = []
        for row in super().shown(rule):
            ends = str(row.get("ends") or "[]").ljust(2)
            found.append({**row, "low": ends[0], "high": ends[1]})
        return found

    def stated(self, value: Any, stored: Mapping[str, Any]) -> list[dict[str, str]] | None:
        return [_band(row) for row in value or ()] or None

    def cell_text(self, value: Any) -> str:
        return bands_text(value)

    def of_cell(self, text: str) -> list[dict[str, str]]:
        return bands_of(text)


def _band(row: Mapping[str, str]) -> dict[str, str]:
    stated = {key: row[key] for key in ("from", "to", "points") if row.get(key) is not None}
    return stated | {"ends": f"{row['low']}{row['high']}"}


def code_of(words: Mapping[Any, str], text: str) -> Any:
    """What a chosen word stands for, however its letters are cased; RuleError for none of them."""
    by_word = {word.lower(): code for code, word in words.items()}
    if text.lower() not in by_word:
        raise RuleError(f"Không có lựa chọn “{text}”.")
    return by_word[text.lower()]


def plain(value: Decimal) -> str:
    """A number as rules keep it."""
    return f"{value.normalize():f}"
