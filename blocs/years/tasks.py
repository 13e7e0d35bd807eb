"""Whose tasks are asked for, and those of the years themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from blocs.states import RegistrationState, YearState
from blocs.units.models.seats import Standing, standing_of
from blocs.years.models import BlocYear, Registration
from thidua.common.task_lines import page, task

UNSIGNED = (RegistrationState.DRAFT, RegistrationState.RETURNED)


@dataclass(frozen=True)
class Desk:
    """Whose tasks of which day; `years` are those that go on in the person's blocs."""

    user: object
    standing: Standing
    years: Sequence[BlocYear]
    today: date


def desk_of(user, today: date) -> Desk:
    """What the functions of all apps ask, read once for them."""
    standing = standing_of(user)
    years = (
        BlocYear.objects.filter(pk__in=standing.acting_years)
        .exclude(state__in=(YearState.PLANNED, YearState.ARCHIVED))
        .select_related("bloc", "conference", "head", "deputy")
        .order_by("-year", "pk")
    )
    return Desk(user, standing, list(years) if standing.units else [], today)


def registration_tasks(desk):
    """Registrations of own units that are not signed yet."""
    opened = {
        year.pk: year for year in desk.years if year.state in (YearState.OPEN, YearState.AGREED)
    }
    rows = Registration.objects.filter(
        bloc_year__in=opened, unit__in=desk.standing.units, state__in=UNSIGNED
    ).select_related("unit")
    return [
        task(
            f"Ký bản đăng ký thi đua {opened[row.bloc_year_id].words}",
            row.get_absolute_url(),
            row.unit.name,
            opened[row.bloc_year_id].registration_due,
            desk.today,
        )
        for row in rows
    ]


def handover_tasks(desk):
    """A decided year is handed over by its head unit."""
    return [
        task(
            "Bàn giao cho khối trưởng mới",
            page("years:year_detail", year.pk),
            str(year),
            None,
            desk.today,
        )
        for year in desk.years
        if year.state == YearState.DECIDED and year.head_id in desk.standing.units
    ]
