"""A unit that took part in a year only in part: its months, and how it is compared.

No law says how; the regulation of a bloc chooses one of three ways.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from blocs.scoring.terms.numbers import half_up

YEAR_MONTHS = 12
MONTH_DAYS = 15
JOINED_WORDS, LEFT_WORDS, BACK_WORDS = "tham gia từ", "thôi tham gia từ", "tham gia lại từ"


class PartYear(StrEnum):
    """How a unit of part of a year is compared with those of the whole year."""

    FULL = "full"
    BY_MONTHS = "by_months"
    NOT_RANKED = "not_ranked"


PART_YEAR_LABELS = {
    PartYear.FULL: "đầy đủ, như đơn vị tham gia cả năm",
    PartYear.BY_MONTHS: "theo số tháng tham gia",
    PartYear.NOT_RANKED: "không xếp hạng",
}
MONTH_SENTENCE = f"Tháng có từ {MONTH_DAYS} ngày tham gia trở lên tính là một tháng."


@dataclass(frozen=True)
class Absence:
    """A unit left a year and came back: its first day outside, and its first one inside again."""

    left_on: date
    back_on: date

    @property
    def words(self) -> str:
        """«thôi tham gia từ 01/04/2026, tham gia lại từ 01/09/2026»."""
        return f"{LEFT_WORDS} {self.left_on:%d/%m/%Y}, {BACK_WORDS} {self.back_on:%d/%m/%Y}"

    def covers(self, day: date) -> bool:
        """Whether the unit is outside on that day."""
        return self.left_on <= day < self.back_on

    def days_between(self, first: date, after: date) -> int:
        """How many days of the absence lie from `first` to before `after`."""
        return max((min(self.back_on, after) - max(self.left_on, first)).days, 0)


def absence_rows(away: Iterable[Absence]) -> list[list[str]]:
    """Absences as they are kept and as files say them: two days in a row."""
    return [[one.left_on.isoformat(), one.back_on.isoformat()] for one in away]


def absences_of(rows: Iterable[Iterable[str]]) -> tuple[Absence, ...]:
    """The absences of such rows; ValueError where one is no pair of days in their order."""
    found = []
    for row in rows:
        left, back = map(date.fromisoformat, row)
        if back <= left:
            raise ValueError(f"{left} – {back}")
        found.append(Absence(left, back))
    return tuple(found)


@dataclass(frozen=True)
class TakenPart:
    """Between which days a unit took part: the first inside, the first outside; None: no change.

    In between it may have been away, once or more often, in the order of the days.
    """

    joined_on: date | None = None
    left_on: date | None = None
    away: tuple[Absence, ...] = ()

    @property
    def words(self) -> str:
        """«tham gia từ 01/02/2026; thôi tham gia từ 01/04/2026, tham gia lại từ 01/09/2026; …».

        Empty for the whole year.
        """
        joined = f"{JOINED_WORDS} {self.joined_on:%d/%m/%Y}" if self.joined_on else ""
        left = f"{LEFT_WORDS} {self.left_on:%d/%m/%Y}" if self.left_on else ""
        return "; ".join(filter(None, (joined, *(one.words for one in self.away), left)))

    @property
    def came_on(self) -> set[date]:
        """The days on which it came, or came back."""
        return {day for day in (self.joined_on, *(one.back_on for one in self.away)) if day}

    @property
    def went_on(self) -> set[date]:
        """The days from which it was outside."""
        return {day for day in (self.left_on, *(one.left_on for one in self.away)) if day}

    def is_away(self, day: date) -> bool:
        """Whether the unit left before that day and came back after it."""
        return any(one.covers(day) for one in self.away)

    def has_left(self, day: date) -> bool:
        """Whether the unit was inside and is not on that day."""
        return self.is_away(day) or (self.left_on is not None and self.left_on <= day)


WHOLE = TakenPart()


def months_taken_part(taken: TakenPart, begins_on: date | None) -> int:
    """In how many of its twelve months a unit took part in a year that begins on `begins_on`.

    A calendar month counts as a whole from 15 days inside it on, else not at all: who joins on
    16 September and stays has four months, who joins on 17 September three. Days on which it was
    away are not inside. 12 where no day of beginning is known.
    """
    if begins_on is None or taken == WHOLE:
        return YEAR_MONTHS
    first = begins_on.year * YEAR_MONTHS + begins_on.month - 1
    starts = [
        date(month // YEAR_MONTHS, month % YEAR_MONTHS + 1, 1)
        for month in range(first, first + YEAR_MONTHS + 1)
    ]
    days = (days_inside(taken, start, after) for start, after in pairwise(starts))
    return sum(inside >= MONTH_DAYS for inside in days)


def days_inside(taken: TakenPart, first: date, after: date) -> int:
    """On how many days from `first` to before `after` the unit took part."""
    begins = max(taken.joined_on or first, first)
    ends = min(taken.left_on or after, after)
    away = sum(one.days_between(begins, ends) for one in taken.away)
    return max((ends - begins).days, 0) - away


def compared_figure(
    figure: Decimal, months: int, way: PartYear | str, decimals: int | None
) -> Decimal:
    """What the ranking compares of a unit: by months its figure times months / 12, else all of it.

    `figure` is a total of points or a percent; the part of a year is rounded half-up to `decimals`
    (None: not at all), so that what is printed is what is compared.
    """
    if way != PartYear.BY_MONTHS or months == YEAR_MONTHS:
        return figure
    part = figure * months / YEAR_MONTHS
    return part if decimals is None else half_up(part, decimals)


def part_year_sentence(way: PartYear | str, decimals: int | None = None) -> str:
    """The rule of the year in words; with `decimals` also how the part of a year is rounded."""
    if way == PartYear.NOT_RANKED:
        return f"Đơn vị tham gia không trọn năm (dưới 12 tháng) không xếp hạng. {MONTH_SENTENCE}"
    if way == PartYear.FULL:
        return "Đơn vị tham gia không trọn năm được so sánh đầy đủ, như đơn vị tham gia cả năm."
    rounds = (
        f", lấy {decimals} chữ số thập phân, phần bằng hoặc quá nửa làm tròn lên"
        if decimals is not None
        else ""
    )
    return (
        "Đơn vị tham gia không trọn năm được so sánh theo số tháng tham gia: tổng điểm (hoặc tỷ lệ "
        f"đạt) nhân số tháng tham gia, chia 12{rounds}; xếp loại theo tổng điểm, không tính theo "
        f"tháng. {MONTH_SENTENCE}"
    )


def way_words(taken: TakenPart, months: int, way: PartYear | str) -> str:
    """«tham gia từ 01/09/2026, so sánh theo 04/12 tháng»; empty for a unit of the whole year."""
    if months == YEAR_MONTHS:
        return ""
    share = f"{months:02d}/{YEAR_MONTHS} tháng"
    ends = {
        PartYear.FULL: f" ({share}), so sánh đầy đủ như đơn vị tham gia cả năm",
        PartYear.BY_MONTHS: f", so sánh theo {share}",
        PartYear.NOT_RANKED: f" ({share}); đơn vị tham gia không trọn năm không xếp hạng theo quy "
        "định của năm",
    }
    return f"{taken.words}{ends[PartYear(way)]}"


def why_unranked(taken: TakenPart, months: int, way: PartYear | str) -> str:
    """Why a unit of part of the year has no place; empty where the rule of the year gives one."""
    if way != PartYear.NOT_RANKED or months == YEAR_MONTHS:
        return ""
    words = way_words(taken, months, way)
    return f"{words[0].upper()}{words[1:]}."
