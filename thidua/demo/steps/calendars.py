"""The calendar of working days: the year that runs is confirmed, the next one still expected."""

from blocs.legal.domain.holidays import proposed_days
from blocs.years.models import YearCalendar
from blocs.years.models.work_calendar import holiday_of
from thidua.demo.blocs.clock import WHEN_2026
from thidua.demo.keeping import keep, keep_all
from thidua.demo.world import World

CONFIRMED, EXPECTED = 2026, 2027
NOTICE = "Thông báo 9441/TB-BNV"


def make_calendars(world: World) -> None:
    """Both calendars with their days, and the line of the log book that confirmed the first."""
    office, at = world.people.office, WHEN_2026.planned
    keep_all(holiday_of(one) for year in (CONFIRMED, EXPECTED) for one in proposed_days(year))
    facts = {"document": NOTICE, "confirmed_by": office, "confirmed_at": at}
    calendar = keep(YearCalendar(year=CONFIRMED, **facts))
    label = f"Xác nhận lịch nghỉ năm {CONFIRMED}"
    world.log.note("years.confirm_calendar", calendar, label=label, actor=office, at=at)
