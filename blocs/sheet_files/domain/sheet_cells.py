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
from blocs.scoring.terms.answers import Answer, choices_of, is_chosen
from blocs.scoring.terms.numbers import read_decimal
from thidua.common.vietnamese.text import nfc

FORM = "thi-dua/bang-diem/1"
LEFT_OUT = "x"
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
        values[column_of(one)] = Answer.of(one, entry).cell
        choices = words_to_choose(one) or choices
    if may_be_left_out(kind, rule):
        values[Code.LEFT_OUT] = LEFT_OUT if entry.not_applicable else None
    values[Code.NOTE] = clean_note(note) or None
    facts = (one for one in asked if one.type is InputType.FACT)
    return (AnswerLine(None, values, choices), *(_fact_line(one, entry) for one in facts))


def _fact_line(asked: Input, entry: Entry) -> AnswerLine:
    cell = Answer.of(asked, entry).cell
    return AnswerLine(asked, {column_of(asked): cell}, words_to_choose(asked))


def column_of(asked: Input) -> Code:
    """Where an answer is typed: what is chosen stands beside the figures."""
    if is_chosen(asked):
        return Code.CHOICE
    return Code.TARGET if asked.type is InputType.TARGET else Code.VALUE


def words_to_choose(asked: Input) -> tuple[str, ...]:
    """What may be chosen; empty where a figure is typed."""
    return tuple(one.word for one in choices_of(asked))


def clean_note(note: str) -> str:
    """The note as a file gives it back: NFC, one kind of line end, no control characters."""
    plain = nfc(note).replace("\r\n", "\n").replace("\r", "\n")
    return CONTROLS.sub("", plain).strip()


def answer_stamp(entry: Entry, note: str) -> str:
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
