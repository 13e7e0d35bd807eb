"""Rows about groups of units that break a rule of the database, and rows that come close."""

from blocs.criteria.models import GroupedMember
from blocs.states import TableState
from blocs.years.models import YearMember
from tests.factories.blocs import BlocYearFactory, ScoringTableFactory
from tests.factories.groups import group
from tests.factories.people import UnitFactory
from tests.house.broken_years import Line, states


def a_group():
    return group(BlocYearFactory(), "Hội")


def member():
    return YearMember.objects.create(bloc_year=BlocYearFactory(), unit=UnitFactory())


def group_table(**values):
    one = a_group()
    return ScoringTableFactory(bloc_year=one.bloc_year, group=one, **values)


GROUP_LINES = {
    "unit_group_name_once": lambda: Line(
        a_group(), ({"bloc_year": BlocYearFactory()}, {"name": "Công ty"})
    ),
    "GroupedMember.member": lambda: Line(
        GroupedMember.objects.create(member=member(), group=a_group()), ({"member": member()},)
    ),
    "group_table_version_once": lambda: Line(
        group_table(), ({"group": a_group()}, {"version": 2}, {"group": None})
    ),
    "group_table_in_force_once": lambda: Line(
        group_table(published=True),
        (
            *states(TableState.DRAFT, TableState.SUPERSEDED, version=2),
            {"group": a_group()},
            {"group": None},
        ),
        ({"version": 2},),
    ),
}
