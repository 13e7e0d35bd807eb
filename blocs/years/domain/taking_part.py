"""Who owes what in a bloc year on a day: the one answer that every list, count and paper asks.

A member takes part from the first day of the year unless a numbered change says otherwise. Every
day here is the first on which the change holds: who leaves on 1 July was inside until 30 June.
Who comes back owes what falls due from then on; what fell due while it was away it owes no more.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from blocs.scoring.ranking.part_year import BACK_WORDS, JOINED_WORDS, LEFT_WORDS, Absence, TakenPart
from blocs.states import MemberChangeKind
from thidua.common.vietnamese.dates import short_date

K = MemberChangeKind


class Duty(StrEnum):
    """What a member unit owes, and with it what it is counted in."""

    REGISTER = "register"
    SIGN = "sign"
    REPORT = "report"
    SIT = "sit"
    COMPARE = "compare"


@dataclass(frozen=True)
class YearPart:
    """How a unit takes part in a year; None where the year holds nothing of the kind."""

    joined_on: date | None = None
    left_on: date | None = None
    unconsidered_on: date | None = None
    unsigned_on: date | None = None
    away: tuple[Absence, ...] = ()

    @property
    def taken(self) -> TakenPart:
        """The days that the ranking counts months between."""
        return TakenPart(self.joined_on, self.left_on, self.away)


@dataclass(frozen=True)
class PartChange:
    """One numbered change; `cancels` is the number of the one it takes back."""

    number: int
    kind: str
    on: date
    cancels: int | None = None


WHOLE_YEAR = YearPart()
# From these days on the duty is owed no more. A unit that is not considered this year still is a
# member: it signs with the others, sits with them and votes.
ENDS: dict[Duty, tuple[str, ...]] = {
    Duty.REGISTER: ("left_on", "unconsidered_on"),
    Duty.SIGN: ("left_on", "unsigned_on"),
    Duty.REPORT: ("left_on", "unconsidered_on"),
    Duty.SIT: ("left_on",),
    Duty.COMPARE: ("left_on", "unconsidered_on"),
}
# What is owed for the year as a whole: who leaves after its last day took part in all of it.
OF_THE_YEAR = (Duty.REPORT, Duty.COMPARE)
# Which day of the year the duty falls due on, by the name of its field; who was away then and has
# handed nothing in owes it no more. Nothing is compared without a report.
DUE: dict[Duty, str] = {
    Duty.REGISTER: "registration_due",
    Duty.REPORT: "report_due",
    Duty.COMPARE: "report_due",
}
JOINING = (K.JOINED, K.SPLIT)
COMING = (*JOINING, K.RETURNED)
LEAVING = (K.LEFT, K.MERGED, K.MOVED, K.DISSOLVED)
# Which day of the part a change sets; a return ends the day on which the unit left.
SETS: dict[str, str] = {
    **dict.fromkeys(JOINING, "joined_on"),
    **dict.fromkeys(LEAVING, "left_on"),
    K.NOT_CONSIDERED: "unconsidered_on",
    K.NOT_SIGNING: "unsigned_on",
    K.RETURNED: "back_on",
}
# How lists and papers begin the sentence about such a day.
WORDS = {
    "joined_on": JOINED_WORDS,
    "left_on": LEFT_WORDS,
    "unconsidered_on": "không xét năm nay, từ",
    "unsigned_on": "không tham gia ký giao ước, từ",
    "back_on": BACK_WORDS,
}
KEPT_WORDS = "thành phần của năm giữ nguyên, dù danh sách thành viên đã thay đổi từ"
# What stands in the place of a report that is not owed.
NO_REPORT = "Không phải nộp"
NEEDS_COUNTERPART = (K.SPLIT, K.MERGED)


def owes(
    part: YearPart,
    duty: Duty,
    day: date,
    due: date | None = None,
    *,
    last: date | None = None,
    is_handed_in: bool = False,
) -> bool:
    """Whether a unit with this part in the year owes the duty on that day.

    `last` is the last day of the year: who was inside on it is compared, also where it leaves
    before the conference that is held after it.

    `due` is the day on which the duty fell, or falls, due: what fell due in an absence is owed no
    more, unless it was handed in.
    """
    if (part.joined_on and day < part.joined_on) or part.taken.is_away(day):
        return False
    if due and part.taken.is_away(due) and not is_handed_in:
        return False
    ends = (getattr(part, name) for name in ends_of(part, duty, last))
    return not any(end and day >= end for end in ends)


def ends_of(part: YearPart, duty: Duty, last: date | None) -> tuple[str, ...]:
    """The days of the part that end the duty."""
    is_whole = last and part.left_on and part.left_on > last and duty in OF_THE_YEAR
    return tuple(name for name in ENDS[duty] if not is_whole or name != "left_on")


def part_after(changes: Iterable[PartChange]) -> YearPart | None:
    """What all changes of one unit, those taken back left out, make of its part in the year.

    None where its only joining was taken back: it never was a member.
    """
    rows = sorted(changes, key=lambda change: change.number)
    gone = {row.cancels for row in rows if row.cancels}
    part = WHOLE_YEAR
    for row in rows:
        if row.number not in gone and row.kind in SETS:
            part = changed_part(part, row)
    # Nothing but a joining is recorded first of a unit that was no member at the opening.
    is_late = next((row.kind in JOINING for row in rows if row.kind in SETS), False)
    return None if is_late and not part.joined_on else part


def set_day(part: YearPart, kind: MemberChangeKind, on: date) -> YearPart:
    """The part with the day on which a change of this kind counts."""
    day: dict[str, Any] = {SETS[kind]: on}
    return replace(part, **day)


def changed_part(part: YearPart, change: PartChange) -> YearPart:
    """The part of a unit after one more change."""
    if change.kind != K.RETURNED:
        return set_day(part, change.kind, change.on)
    absence = (Absence(part.left_on, change.on),) if part.left_on else ()
    return replace(part, left_on=None, away=(*part.away, *absence))


def part_words(part: YearPart) -> str:
    """«tham gia từ 01/09/2026; thôi tham gia từ …», as lists and papers say it; empty for most."""
    days = ((WORDS[name], getattr(part, name)) for name in ("unconsidered_on", "unsigned_on"))
    aside = (f"{word} {short_date(day)}" for word, day in days if day)
    return "; ".join(filter(None, (part.taken.words, *aside)))


def kind_for(kind: str, part: YearPart | None) -> str:
    """A unit that joins a year which it has left comes back to it."""
    return K.RETURNED if kind == K.JOINED and part and part.left_on else kind


def day_refusals(on: date, first: date, last: date) -> list[str]:
    """Why a change of members may not hold from `on` in a year of these days, in sentences.

    Who was gone before the year began, or goes after its last paper, changes nothing in it.
    """
    if first <= on <= last:
        return []
    span = f"từ {short_date(first)} đến {short_date(last)}"
    return [f"Ngày thay đổi của năm thi đua này phải {span}; vui lòng xem lại năm."]


def change_refusals(kind: str, on: date, part: YearPart | None) -> list[str]:
    """Why a change may not be recorded for a unit; `part` is None where it is no member yet."""
    if kind == K.KEPT:
        return []
    if kind in JOINING:
        return [] if part is None else ["Đơn vị đã là thành viên của năm thi đua này."]
    if part is None:
        return ["Đơn vị không phải thành viên của năm thi đua này."]
    if kind == K.RETURNED:
        return return_refusals(on, part)
    known: date | None = getattr(part, SETS[kind])
    if known:
        said = part_words(set_day(WHOLE_YEAR, kind, known))
        return [f"Đã ghi đơn vị {said}; nếu ghi nhầm thì hủy thay đổi đó rồi ghi lại."]
    return day_in_part_refusals(kind, on, part)


def return_refusals(on: date, part: YearPart) -> list[str]:
    """Why a unit may not come back on that day: it never left, or leaves later."""
    if part.left_on is None:
        return ["Đơn vị đang là thành viên của năm thi đua này, chưa thôi tham gia."]
    if on <= part.left_on:
        left = short_date(part.left_on)
        return [f"Đơn vị thôi tham gia từ {left}; ngày tham gia lại phải sau ngày đó."]
    return []


UNDO = "hủy thay đổi đã ghi đơn vị tham gia"


def day_in_part_refusals(kind: str, on: date, part: YearPart) -> list[str]:
    """Why a change of a member may not hold from a day: it is outside then, or came back since."""
    if part.joined_on and on < part.joined_on:
        return [f"Đơn vị tham gia từ {short_date(part.joined_on)}; ngày phải từ ngày đó trở đi."]
    if part.joined_on == on and kind in LEAVING:
        return [f"Đơn vị tham gia từ {short_date(on)}: nếu không tham gia ngày nào thì {UNDO}."]
    last = part.away[-1] if part.away else None
    if last and kind in LEAVING and on < last.back_on:
        return [f"Đơn vị {last.words}; ngày phải từ ngày tham gia lại trở đi."]
    if part.taken.is_away(on):
        return [f"Đơn vị {part.taken.words}; ngày phải là ngày đơn vị tham gia."]
    if part.left_on and on >= part.left_on:
        return [f"Đơn vị thôi tham gia từ {short_date(part.left_on)}; ngày phải trước ngày đó."]
    return []
