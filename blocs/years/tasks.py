"""Whose tasks are asked for, and of which years."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from blocs.scoring.ranking.workdays import WorkCalendar
from blocs.states import YearState
from blocs.units.models.seats import Standing, standing_of
from blocs.years.models import BlocYear
from blocs.years.models.work_calendar import kept_days, work_calendar
from thidua.common.task_lines import ByKey
from thidua.common.vietnamese.dates import day_in_vietnam


@dataclass(frozen=True)
class Desk:
    """Whose tasks of which moment; `years` are those that go on in the person's blocs."""

    user: object
    standing: Standing
    years: Sequence[BlocYear]
    now: date | datetime

    @property
    def today(self) -> date:
        return day_in_vietnam(self.now)

    @cached_property
    def calendar(self) -> WorkCalendar:
        """The working days around today; one query, unless the tasks have read its days."""
        year = self.today.year
        return work_calendar(year - 1, year, year + 1, rows=self.days)

    @cached_property
    def days(self) -> list[tuple] | None:
        """The days that the office keeps, where the first statement of the tasks has read them."""
        return None


def calendar_days(desk):
    """Nobody's task: the days by which the tasks are counted, read with their first statement."""
    desk.__dict__["days"] = yield kept_days()
    return []


def desk_of(user, now: date | datetime) -> Desk:
    """What the functions of all apps ask, read once for them."""
    standing = standing_of(user)
    years = (
        BlocYear.objects.filter(pk__in=standing.acting_years)
        .exclude(state__in=(YearState.PLANNED, YearState.ARCHIVED))
        .for_page()
        .order_by("-year", "pk")
    )
    return Desk(user, standing, list(years) if standing.units else [], now)


def years_named(keys):
    """Years with what names them and says their deadlines, for all tasks that wait in them."""
    return ByKey(BlocYear.objects.select_related("bloc", "head", "conference"), tuple(keys))
