"""What a year takes over from the one before: its days one year on, its words with the new year."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

from blocs.scoring.ranking.workdays import WorkCalendar, add_workdays
from blocs.years.domain.calendar import DAYS, YearDates

LEAP_DAY = (2, 29)


def shifted_day(day: date, years: int, calendar: WorkCalendar) -> date:
    """The same day so many years later, or the next working day; 29/02 becomes 28/02.

    Source of the rule: Bộ luật Dân sự 2015, Điều 148 khoản 5: a last day that is no working day
    ends with the next one.
    """
    start = 28 if (day.month, day.day) == LEAP_DAY else day.day
    moved = day.replace(year=day.year + years, day=start)
    return moved if calendar.is_workday(moved) else add_workdays(moved, 1, calendar)


def shifted_dates(dates: YearDates, years: int, calendar: WorkCalendar) -> YearDates:
    """All last days so many years later, their hours as they were; what was not set stays unset."""
    days = {name: day for name in DAYS if (day := getattr(dates, name))}
    moved: dict[str, Any] = {n: shifted_day(day, years, calendar) for n, day in days.items()}
    return replace(dates, **moved)


def words_of_next(text: str, before: str, after: str) -> str:
    """A text that names the year («năm 2026») with the year after; the year of a date stays."""
    return re.sub(rf"(?<!tháng \d )(?<!tháng \d\d )\b{re.escape(before)}\b", after, text)
