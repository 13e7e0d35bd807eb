"""What the catalogue says of a unit reaches the years that are planned and not opened yet."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from blocs.states import YearState
from blocs.units.actions.units import LEAVERS
from blocs.units.models import Bloc, Unit
from blocs.years.actions.years import LEADERS
from blocs.years.domain.names import first_day
from blocs.years.models.years import BlocYear, YearMember
from thidua.common.activity import record
from thidua.common.changes import change_of


@LEAVERS.add
def leave_planned_years(
    unit: Unit,
    *,
    actor,
    on: date,
    decision: str,
    blocs: Iterable[Bloc],
    kind: str,
    successor: Unit | None = None,
    takes_place: bool = False,
) -> None:
    """The unit leaves the planned years that begin once it is gone; its successor comes in.

    A year that begins before that day is opened with the unit, which then leaves it by a change.
    """
    rows = YearMember.objects.filter(unit=unit, bloc_year__state=YearState.PLANNED)
    for member in rows.filter(bloc_year__bloc__in=blocs).select_related("bloc_year__bloc"):
        year = member.bloc_year
        begins = first_day(year.year, is_school_year=year.is_school_year)
        if on <= max(begins, timezone.localdate()):
            replace_member(member, successor if takes_place else None, actor=actor, why=decision)


def replace_member(member: YearMember, successor: Unit | None, *, actor, why: str) -> None:
    """The line of the member goes to its successor, or away, and so do its posts."""
    year, unit = member.bloc_year, member.unit
    before = names_of(year)
    member.delete()
    if successor and not year.members.filter(unit=successor).exists():
        year.members.create(unit=successor, order=member.order)
    for name in LEADERS:
        if getattr(year, f"{name}_id", None) == unit.pk:
            setattr(year, name, successor)
    year.save()
    record(
        actor,
        "years.set_members",
        year,
        label=f"Thành phần của năm theo danh mục đơn vị: {unit}",
        note=why,
        changes=change_of("thành viên", before, names_of(year)),
    )


def names_of(year: BlocYear) -> str:
    """The members of the year in their order, in words."""
    return "; ".join(str(member.unit) for member in year.members.select_related("unit"))
