"""The holidays of a year as the law gives them: what the office is proposed before the notice.

Bộ luật Lao động 2019, Điều 112 khoản 1: Tết Dương lịch, five days of Tết, Giỗ Tổ on 10/3 of the
lunar year, 30/4, 01/5, 02/9 and a day next to it; khoản 3: the Prime Minister chooses the days of
Tết and that day. Điều 111 khoản 3: a holiday on a weekend is made up on the next working day.
Nghị quyết 28/2026/QH16, Điều 2: 24/11 from 01/07/2026; it stands outside Điều 112 and is not made
up. A swap of working days is known only from its document.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from blocs.scoring.ranking.workdays import ONE_DAY, SATURDAY, WorkCalendar, add_workdays
from thidua.common.vietnamese.dates import short_date
from thidua.common.vietnamese.lunar import lunar_day

# Bộ luật Lao động 2012, Điều 115 knew one day of Quốc khánh.
TWO_DAYS_OF_INDEPENDENCE = 2021
CULTURE_DAY = 2026
# The day beside 02/9 by its weekday: what joins a weekend, as the notices of 2021–2026 chose.
BESIDE = (1, -1, -1, 1, -1, -1, 1)
TET = "Tết Nguyên đán"
GIO_TO = "Giỗ Tổ Hùng Vương"
CULTURE = "Ngày Văn hóa Việt Nam"
# Day off, day worked instead, and the document that said so.
SWAPS = (
    (date(2018, 12, 31), date(2019, 1, 5), "Công văn 6519/VPCP-KGVX"),
    (date(2019, 4, 29), date(2019, 5, 4), "Công văn 6519/VPCP-KGVX"),
    (date(2024, 4, 29), date(2024, 5, 4), "Công văn 2450/VPCP-KGVX"),
    (date(2025, 5, 2), date(2025, 4, 26), "Thông báo 6150/TB-BLĐTBXH"),
    (date(2026, 1, 2), date(2026, 1, 10), "Công văn 12729/VPCP-KGVX"),
    (date(2026, 8, 31), date(2026, 8, 22), "Thông báo 9441/TB-BNV"),
)


@dataclass(frozen=True)
class CalendarDay:
    """A day that differs from the usual week: off, or a weekend day that is worked instead."""

    day: date
    name: str
    is_worked: bool = False
    document: str = ""


@lru_cache(maxsize=256)
def proposed_days(year: int) -> tuple[CalendarDay, ...]:
    """The days of a year that differ from the usual week, in their order, as far as is known."""
    named = {**_statutory(year), **_chosen(year)}
    made_up = [day for day in _made_up(named) if day.day.year == year]
    culture = date(year, 11, 24)
    found = [CalendarDay(day, name) for day, name in named.items()]
    if year >= CULTURE_DAY:
        found.append(CalendarDay(culture, CULTURE, document="Nghị quyết 28/2026/QH16"))
    return tuple(sorted((*found, *made_up, *_swaps(year)), key=lambda one: one.day))


def missing_holidays(year: int, off: Iterable[date]) -> tuple[CalendarDay, ...]:
    """The days that the law itself fixes and that are not among the days off."""
    fixed = _statutory(year)
    if year >= CULTURE_DAY:
        fixed[date(year, 11, 24)] = CULTURE
    known = set(off)
    return tuple(CalendarDay(day, name) for day, name in sorted(fixed.items()) if day not in known)


def _statutory(year: int) -> dict[date, str]:
    """The holidays whose day nobody chooses."""
    tet = lunar_day(year, 1, 1)
    return {
        date(year, 1, 1): "Tết Dương lịch",
        tet: f"{TET}, mùng 1",
        tet + ONE_DAY: f"{TET}, mùng 2",
        tet + 2 * ONE_DAY: f"{TET}, mùng 3",
        lunar_day(year, 3, 10): GIO_TO,
        date(year, 4, 30): "Ngày Chiến thắng",
        date(year, 5, 1): "Ngày Quốc tế lao động",
        date(year, 9, 2): "Quốc khánh",
    }


def _chosen(year: int) -> dict[date, str]:
    """The days that the Prime Minister chooses, as the notices since 2019 did.

    Tết has two days before it and three after, or one and four where that puts fewer of the five
    on a weekend.
    """
    tet = lunar_day(year, 1, 1)
    before = min((2, 1), key=lambda count: _weekend_days(tet - count * ONE_DAY))
    found = {tet - ONE_DAY: f"{TET}, ngày cuối tháng Chạp"}
    if before == 1:
        found[tet + 3 * ONE_DAY] = f"{TET}, mùng 4"
    else:
        found[tet - 2 * ONE_DAY] = f"{TET}, ngày áp cuối tháng Chạp"
    if year >= TWO_DAYS_OF_INDEPENDENCE:
        day = date(year, 9, 2)
        found[day + BESIDE[day.weekday()] * ONE_DAY] = "Quốc khánh, ngày liền kề"
    return found


def _weekend_days(first: date) -> int:
    return sum((first + timedelta(days=place)).weekday() >= SATURDAY for place in range(5))


def _made_up(named: dict[date, str]) -> list[CalendarDay]:
    """The next working day for each holiday that falls on a weekend, one after the other."""
    taken, found = set(named), []
    for holiday in sorted(named):
        if holiday.weekday() >= SATURDAY:
            day = add_workdays(holiday, 1, WorkCalendar(off=frozenset(taken)))
            taken.add(day)
            found.append(CalendarDay(day, f"Nghỉ bù {named[holiday]}"))
    return found


def _swaps(year: int) -> list[CalendarDay]:
    found = []
    for off, worked, document in SWAPS:
        if off.year == year:
            name = f"Nghỉ hoán đổi, làm bù {short_date(worked)}"
            found.append(CalendarDay(off, name, document=document))
        if worked.year == year:
            name = f"Làm bù cho {short_date(off)}"
            found.append(CalendarDay(worked, name, is_worked=True, document=document))
    return found
