"""Working days: deadlines that skip weekends and holidays and count days worked instead.

Bộ luật Dân sự 2015, Điều 147 and 148: the first day of a period is not counted, and the period
lasts to the end of its last day. Bộ luật Lao động 2019, Điều 112 names the holidays; Điều 111
khoản 3 gives the next working day off for a holiday on a weekend.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True)
class WorkCalendar:
    """Days that differ from the usual week: `off` is not worked, `worked` is (làm bù).

    `confirmed` are the years whose days a notice has settled; it changes no count.
    """

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    confirmed: frozenset[int] = field(default=frozenset(), compare=False)

    def is_workday(self, day: date) -> bool:
        """Monday to Friday unless it is off, and every day that is worked instead."""
        return day in self.worked or (day.weekday() < SATURDAY and day not in self.off)

    def without(self, *days: date) -> "WorkCalendar":
        """The same calendar in which these are ordinary days of the week."""
        return replace(self, off=self.off - {*days}, worked=self.worked - {*days})

    def having(self, day: date, *, is_worked: bool) -> "WorkCalendar":
        """The same calendar with this day off, or worked instead."""
        plain = self.without(day)
        if is_worked:
            return replace(plain, worked=plain.worked | {day})
        return replace(plain, off=plain.off | {day})


def add_workdays(start: date, count: int, calendar: WorkCalendar) -> date:
    """The last day of a period of `count` working days (≥ 1) that begins after `start`."""
    if count < 1:
        raise ValueError("A period has at least one working day.")
    day = start
    while count:
        day += ONE_DAY
        count -= calendar.is_workday(day)
    return day


def workdays_left(today: date, last: date, calendar: WorkCalendar) -> int:
    """Working days after today up to and including `last`; 0 on the last day and after it."""
    days = (today + ONE_DAY * place for place in range(1, (last - today).days + 1))
    return sum(calendar.is_workday(day) for day in days)


def left_words(today: date, last: date, calendar: WorkCalendar) -> str:
    """«còn 3 ngày làm việc», «hôm nay là ngày cuối», «đã hết hạn ngày 05/12/2026»."""
    if today > last:
        return f"đã hết hạn ngày {last:%d/%m/%Y}"
    left = workdays_left(today, last, calendar)
    return f"còn {left} ngày làm việc" if left else "hôm nay là ngày cuối"


def countdown_words(today: date, last: date, calendar: WorkCalendar) -> str:
    """«còn 3 ngày làm việc», «hôm nay», «quá hạn 2 ngày làm việc»: how a task counts its days.

    Where no working day lies between, the days of the week are told instead.
    """
    if today == last:
        return "hôm nay"
    is_past, days = today > last, abs((last - today).days)
    counted = workdays_left(min(today, last), max(today, last), calendar)
    if is_past:
        return f"quá hạn {counted} ngày làm việc" if counted else f"quá hạn {days} ngày"
    return f"còn {counted} ngày làm việc" if counted else f"còn {days} ngày nghỉ"


def estimate_words(start: date, last: date, calendar: WorkCalendar) -> str:
    """« (dự kiến: lịch nghỉ năm 2027 chưa được xác nhận)» where a year of the period is open."""
    years = [year for year in range(start.year, last.year + 1) if year not in calendar.confirmed]
    named = ", ".join(map(str, years))
    return f" (dự kiến: lịch nghỉ năm {named} chưa được xác nhận)" if years else ""
