"""What the catalogue says of a unit reaches the years that are planned and not opened yet."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from blocs.states import YearState
from blocs.units.actions.ends import LEAVERS
from blocs.units.models import Bloc, Unit
from blocs.years.domain.names import first_day
from blocs.years.models.leaderships import post_of
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
    here = successor if takes_place else None
    rows = YearMember.objects.filter(bloc_year__state=YearState.PLANNED, bloc_year__bloc__in=blocs)
    for member in rows.filter(unit=unit).select_related("bloc_year__bloc"):
        year = member.bloc_year
        begins = first_day(year.year, is_school_year=year.is_school_year)
        if on <= max(begins, timezone.localdate()):
            replace_member(member, here, actor=actor, why=decision)
    # Of a unit that is split the first successor stands in its line already.
    siblings = unit.successions.filter(on=on).exclude(successor=successor).values("successor")
    if here and siblings:
        for member in rows.filter(unit__in=siblings).select_related("bloc_year__bloc"):
            join_beside(member, here, actor=actor, why=decision)


def replace_member(member: YearMember, successor: Unit | None, *, actor, why: str) -> None:
    """The line of the member goes to its successor, or away, and so do its posts."""
    year, unit = member.bloc_year, member.unit
    before = names_of(year)
    member.delete()
    if successor and not year.members.filter(unit=successor).exists():
        year.members.create(unit=successor, order=member.order)
    if post := post_of(year, unit):
        heir = None if successor is None or post_of(year, successor) else successor
        setattr(year, post, heir)
        year.head_is_acting = year.head_is_acting and year.head is not None
    year.save()
    keep_line(year, unit, before, actor=actor, why=why)


def join_beside(member: YearMember, successor: Unit, *, actor, why: str) -> None:
    """One more successor of a split unit comes in, in the line of the first."""
    year = member.bloc_year
    if year.members.filter(unit=successor).exists():
        return
    before = names_of(year)
    year.members.create(unit=successor, order=member.order)
    keep_line(year, successor, before, actor=actor, why=why)


def keep_line(year: BlocYear, unit: Unit, before: str, *, actor, why: str) -> None:
    """The line of the log book about the members of the year."""
    label = f"Thành phần của năm theo danh mục đơn vị: {unit}"
    changes = change_of("thành viên", before, names_of(year))
    record(actor, "years.set_members", year, label=label, note=why, changes=changes)


def names_of(year: BlocYear) -> str:
    """The members of the year in their order, in words."""
    return "; ".join(str(member.unit) for member in year.members.select_related("unit"))
