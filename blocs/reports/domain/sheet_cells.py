"""One answer as the cells of a workbook show it, and the mark by which it is known again."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from blocs.reports.domain.sheet_rows import inputs_of, may_be_left_out
from blocs.scoring import Entry, Input, InputType
from blocs.scoring.kinds.numbers import ONE, read_decimal
from thidua.common.text import nfc

FORM = "thi-dua/bang-diem/1"
PASSED, FAILED, YES, NO, LEFT_OUT = "Đạt", "Không đạt", "Có", "Không", "x"
# What no file can hold: control characters other than tab and new line.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class Code(StrEnum):
    """The columns of the form, as its hidden line calls them; columns are found by these."""

    NUMBER = "tt"
    NAME = "noi_dung"
    RULE = "cach_cham"
    MAXIMUM = "diem_toi_da"
    MEASURE = "don_vi_tinh"
    TARGET = "chi_tieu"
    VALUE = "ket_qua"
    CHOICE = "muc"
    LEFT_OUT = "khong_giao"
    NOTE = "thuyet_minh"
    OWN = "diem_tu_cham"
    GIVEN = "diem_tham_dinh"
    REASON = "ly_do"
    PATH = "ma"
    FACT = "ma_so_lieu"
    MARK = "dau"
    REVISION = "lan_luu"


# Where people type, and by what a line is known; everything else is there to be read.
INPUTS = (Code.TARGET, Code.VALUE, Code.CHOICE, Code.LEFT_OUT, Code.NOTE)
HIDDEN = (Code.PATH, Code.FACT, Code.MARK, Code.REVISION)


@dataclass(frozen=True)
class AnswerLine:
    """One line of the form: the leaf itself (`fact` None), or one of its facts.

    `values` are the cells to type into, by column; `choices` what may be chosen in the column of
    levels.
    """

    fact: Input | None
    values: Mapping[Code, Decimal | str | None]
    choices: tuple[str, ...] = ()


def answer_lines(
    kind: str, rule: Mapping[str, Any], entry: Entry, note: str
) -> tuple[AnswerLine, ...]:
    """The lines of one leaf with what was answered; the facts of a rule have a line each."""
    asked = inputs_of(kind, rule)
    values: dict[Code, Decimal | str | None] = {}
    choices: tuple[str, ...] = ()
    for one in asked:
        if one.type is InputType.FACT:
            continue
        values[column_of(one)] = _shown(one, entry)
        choices = choices_of(one) or choices
    if may_be_left_out(kind, rule):
        values[Code.LEFT_OUT] = LEFT_OUT if entry.not_applicable else None
    values[Code.NOTE] = clean_note(note) or None
    facts = (one for one in asked if one.type is InputType.FACT)
    return (AnswerLine(None, values, choices), *(_fact_line(one, entry) for one in facts))


def _fact_line(asked: Input, entry: Entry) -> AnswerLine:
    raw = entry.facts.get(asked.key)
    return AnswerLine(asked, {column_of(asked): _fact_shown(asked, raw)}, choices_of(asked))


def column_of(asked: Input) -> Code:
    """Where an answer is typed: levels and yes-or-no are chosen from a list beside the figures."""
    is_chosen = asked.type in (InputType.LEVEL, InputType.PASSED) or asked.fact_type == "yes_no"
    if is_chosen:
        return Code.CHOICE
    return Code.TARGET if asked.type is InputType.TARGET else Code.VALUE


def choices_of(asked: Input) -> tuple[str, ...]:
    """What may be chosen; empty where a figure is typed."""
    if asked.type is InputType.LEVEL:
        return asked.choices
    if asked.type is InputType.PASSED:
        return (PASSED, FAILED)
    return (YES, NO) if asked.fact_type == "yes_no" else ()


def _shown(asked: Input, entry: Entry) -> Decimal | str | None:
    if asked.type is InputType.LEVEL:
        return entry.choice or None
    if asked.type is InputType.TARGET:
        return entry.target
    if asked.type is InputType.PASSED and entry.value is not None:
        # A figure that is neither is shown as it is, so that nothing is lost on the way.
        words = {Decimal(0): FAILED, ONE: PASSED}
        return words.get(entry.value, entry.value)
    return entry.value


def _fact_shown(asked: Input, raw: Any) -> Decimal | str | None:
    if raw is None or raw == "":
        return None
    if asked.fact_type == "yes_no":
        return YES if raw else NO
    if asked.fact_type == "date":
        return "/".join(reversed(str(raw).split("-")))
    number = read_decimal(raw)
    return str(raw) if number is None else number


def clean_note(note: str) -> str:
    """The note as a file gives it back: NFC, one kind of line end, no control characters."""
    plain = nfc(note).replace("\r\n", "\n").replace("\r", "\n")
    return CONTROLS.sub("", plain).strip()


def answer_mark(entry: Entry, note: str) -> str:
    """Twelve characters, equal for equal answers however their numbers are written."""
    parts = [_plain(entry.value), _plain(entry.target), entry.choice, clean_note(note)]
    parts.append("x" if entry.not_applicable else "")
    parts += [f"{key}={_plain(fact)}" for key, fact in sorted(entry.facts.items())]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]


def _plain(value: Any) -> str:
    if value is None or value == "":
        return ""
    number = read_decimal(value)
    if number is None:
        return str(value)
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
