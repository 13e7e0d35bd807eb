"""One cell of a workbook as the answer a leaf asks for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from blocs.scoring import Entry, Input, InputType
from blocs.scoring.terms.answers import (
    FIGURES,
    TOO_BIG,
    Answer,
    Kept,
    choices_of,
    is_day,
    is_too_big,
    kept,
)
from blocs.scoring.terms.numbers import half_up, read_decimal
from thidua.common.vietnamese.text import tone_key

# How a measure says that it counts in percent, and how one says that it is a share of something.
PERCENT_WORDS, SHARE_WORD = ("%", "phần trăm"), "tỷ lệ"
# The values of one line of a sheet, from its first column on.
Cells = Sequence[object]
NO_SUCH_CHOICE = "Không có mức này. Chọn một trong: {choices}."


class CellError(ValueError):
    """A value that cannot be taken; the message is a Vietnamese sentence."""


@dataclass(frozen=True)
class Readers:
    """How one value of a cell is read; each raises CellError with a sentence.

    `number` takes value, decimals and the maximum that decides between two readings and refuses
    percents; `percent` gives 95 for a cell that says 95%, None for every other one; `code` refuses
    what Excel made a number or a day of.
    """

    text: Callable[[object], str]
    code: Callable[[object], str]
    percent: Callable[[object], Decimal | None]
    number: Callable[[object, int, Decimal | None], Decimal | None]
    day: Callable[[object], date | None]


@dataclass(frozen=True)
class FormLeaf:
    """What the reader must know of a leaf: its rule and what is stored now."""

    path: str
    criterion_id: int
    label: str
    kind: str
    rule: Mapping[str, Any]
    max_points: Decimal
    entry: Entry = field(default_factory=Entry)
    note: str = ""
    revision: int = 0
    measure: str = ""


def answer_of(leaf: FormLeaf, asked: Input, value: object, readers: Readers, decimals: int) -> Kept:
    """The value in the type the leaf asks for, None for an empty cell; CellError says why not.

    `decimals` is how many decimals typed points may have.
    """
    if value is None or value == "":
        return None
    if is_day(asked):
        return kept(asked, readers.day(value))
    if choices_of(asked):
        return _chosen(leaf, asked, value, readers)
    if (share := readers.percent(value)) is not None and counts_percent(
        leaf.rule, leaf.measure, asked
    ):
        value = share
    return figure(readers, value, *limits_of(leaf, asked, decimals))


def counts_percent(rule: Mapping[str, Any], measure: str, asked: Input) -> bool:
    """Whether 95% means 95 here: the leaf counts in %, or its bands or target go beyond 1.

    Points are never percents; figures that all lie within 1 may be meant as shares.
    """
    if asked.type is InputType.POINTS:
        return False
    is_fact = asked.type is InputType.FACT
    unit = (asked.unit if is_fact else measure).lower()
    known = () if is_fact else _stated(rule)
    if known and max(known) <= 1:
        return False
    if any(word in unit for word in PERCENT_WORDS):
        return True
    return bool(known) and (not unit.strip() or SHARE_WORD in unit)


def _stated(rule: Mapping[str, Any]) -> tuple[Decimal, ...]:
    """The figures with which the rule compares a typed value: ends of its bands, its target."""
    ends = []
    if rule.get("bands") and rule.get("of") != "percent":
        ends = [end for row in rule["bands"] for end in (row.get("from"), row.get("to"))]
    numbers = (read_decimal(end) for end in (*ends, rule.get("target")))
    return tuple(abs(one) for one in numbers if one is not None)


def limits_of(leaf: FormLeaf, asked: Input, decimals: int) -> tuple[int, Decimal | None]:
    """How many decimals a figure may have, and the maximum that decides between two readings."""
    if asked.type is not InputType.POINTS:
        return FIGURES, None
    # A figure that was stored with more decimals may stay as it is.
    places = FIGURES if _is_finer(leaf.entry.value, decimals) else decimals
    return places, leaf.max_points or None


def figure(readers: Readers, value: object, places: int, maximum: Decimal | None) -> Decimal | None:
    """A figure that fits the column it is kept in; CellError says why not."""
    found = readers.number(value, places, maximum)
    if found is not None and is_too_big(found):
        raise CellError(TOO_BIG)
    return found


def _chosen(leaf: FormLeaf, asked: Input, value: object, readers: Readers) -> Kept:
    """One of the choices, however its accents and spaces are written; what is kept may stay."""
    text = readers.text(value)
    if text == Answer.of(asked, leaf.entry).cell:
        return Answer.of(asked, leaf.entry).value
    by_word = {one.word: one.value for one in choices_of(asked)}
    word = choice_like(text, tuple(by_word))
    if word is None and asked.type is InputType.PASSED and isinstance(value, int | float):
        return figure(readers, value, FIGURES, None)
    if word is None:
        raise CellError(NO_SUCH_CHOICE.format(choices="; ".join(by_word)))
    return by_word[word]


def choice_like(text: str, choices: tuple[str, ...]) -> str | None:
    """The choice that a text means; None where it means none."""
    if text in choices:
        return text
    key = tone_key(text)
    return next((choice for choice in choices if tone_key(choice) == key), None)


def _is_finer(value: Decimal | None, decimals: int) -> bool:
    return value is not None and value != half_up(value, decimals)
