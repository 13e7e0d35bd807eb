"""By which table each unit of a year is scored: the one place that answers it.

A unit in a group is scored by the table of its group, a unit outside every group by the common
one. No unit falls back from the one to the other: the points of its year would rest on a guess.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef

from blocs.criteria.models.criteria import ScoringTable
from blocs.criteria.models.groups import UnitGroup
from blocs.units.models.units import Unit
from blocs.years.models.years import BlocYear


@dataclass(frozen=True)
class TablesInForce:
    """The published tables of a year, the common one first; `groups`: group by unit, as keys."""

    tables: tuple[ScoringTable, ...]
    groups: Mapping[int, int]

    def of(self, unit: int) -> ScoringTable | None:
        """The table of the unit with this key; None while there is none."""
        group = self.groups.get(unit)
        return next((table for table in self.tables if table.group_id == group), None)

    @property
    def differ_in_maximum(self) -> bool:
        """Units are scored out of different maxima: points alone do not compare them."""
        return len({table.total_max for table in self.tables}) > 1


def tables_in_force(bloc_year: BlocYear | int) -> TablesInForce:
    """The tables of the year; one query, a second one where the year has groups."""
    groups = UnitGroup.objects.filter(bloc_year=OuterRef("bloc_year"))
    found = ScoringTable.objects.in_force(bloc_year).select_related("group")
    rows = found.order_by(F("group__order").asc(nulls_first=True), "group", "pk")
    tables = tuple(rows.annotate(is_divided=Exists(groups)))
    is_divided = any(table.is_divided for table in tables)
    return TablesInForce(tables, group_keys(bloc_year) if is_divided else {})


def group_keys(bloc_year: BlocYear | int) -> dict[int, int]:
    """The group of each unit that has one in the year, as keys."""
    grouped = UnitGroup.objects.filter(bloc_year=bloc_year, grouped__isnull=False)
    return dict(grouped.values_list("grouped__member__unit_id", "pk"))


def group_of(bloc_year: BlocYear, unit: Unit) -> UnitGroup | None:
    """The group of this unit in the year; None outside every group."""
    grouped = UnitGroup.objects.filter(grouped__member__bloc_year=bloc_year)
    return grouped.filter(grouped__member__unit=unit).first()


def table_for(bloc_year: BlocYear, unit: Unit) -> ScoringTable | None:
    """The table in force by which this unit is scored; None while there is none."""
    return tables_in_force(bloc_year).of(unit.pk)
