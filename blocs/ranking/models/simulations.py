"""Last year's appraised sheets, scored by a draft table; nothing is written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from blocs.criteria.models.criteria import ScoringTable
from blocs.criteria.models.regulation_changes import group_name, table_before, tables_of
from blocs.criteria.models.table_files import table_value
from blocs.criteria.models.tables_in_force import group_keys
from blocs.ranking.domain.carried_points import PastSheet
from blocs.ranking.domain.what_if import Simulated, simulate
from blocs.ranking.models.ranked_sheets import members_of, sheets_of
from blocs.ranking.models.ranked_units import RankedUnit
from blocs.ranking.models.rankings import Ranking, ranking_of
from blocs.reports.models.sheets import Sheet
from blocs.scoring.ranking.contenders import BlocRules
from blocs.scoring.ranking.ranking import tie_rules_in_force
from blocs.units.models.units import Unit
from blocs.years.models.regulation import regulation_of
from blocs.years.models.years import BlocYear, YearMember


@dataclass(frozen=True)
class Move:
    """A unit's place and total really given, and those the draft would have given."""

    unit: Unit
    old_place: int
    old_total: Decimal
    new: Simulated

    @property
    def shift(self) -> int:
        """Places won (> 0) or lost (< 0); 0 also where the draft's year gives no place."""
        return 0 if self.new.place is None else self.old_place - self.new.place


def moves_under(draft: ScoringTable, past: BlocYear) -> tuple[Move, ...]:
    """Every ranked unit of `past` under the draft, in the order the draft would give.

    Of a bloc with groups of units only those whom the draft is for, each with its place among them.
    """
    (tables,), ranking = tables_of(past), ranking_of(past)
    table = table_before(tables, group_name(draft))
    rows = rows_concerned(draft, table, ranking, len(tables)) if table else ()
    if table is None or not rows:
        return ()
    known, places = {row.unit.pk: row for row in rows}, places_among(rows, ranking)
    stated = regulation_of(draft.bloc_year)
    rules = BlocRules(
        tie_rules_in_force(stated.tie_rules),
        stated.bands,
        part_year=stated.part_year,
        begins_on=past.begins_on,
    )
    after = table_value(draft)
    after = replace(after, rules=replace(after.rules, empty_is_zero=stated.empty_is_zero))
    found = simulate(table_value(table), after, past_sheets(past, rows), rules)
    return tuple(
        Move(known[one.unit].unit, places[one.unit], known[one.unit].given.total, one)
        for one in found
    )


def rows_concerned(
    draft: ScoringTable, table: ScoringTable, ranking: Ranking, count: int
) -> tuple[RankedUnit, ...]:
    """The ranked units scored by `table`, one of `count`, whom the draft is for."""
    rows = ranking.rows
    if count > 1:
        rows = tuple(row for row in rows if row.report.table_id == table.pk)
    if draft.group_id and table.group_id is None:
        groups = group_keys(draft.bloc_year_id)
        rows = tuple(row for row in rows if groups.get(row.unit.pk) == draft.group_id)
    return rows


def places_among(rows: Sequence[RankedUnit], ranking: Ranking) -> dict[int, int]:
    """The places that these units have among themselves, equals on one; of all: their places."""
    places = {row.unit.pk: row.placed.place for row in rows}
    if len(rows) == len(ranking.rows):
        return places
    better = tuple(places.values())
    return {unit: 1 + sum(one < place for one in better) for unit, place in places.items()}


def past_sheets(past: BlocYear, rows: Sequence[RankedUnit]) -> list[PastSheet]:
    sheets = sheets_of(past, [row.report for row in rows])
    members = {member.unit_id: member for member in members_of(past, sheets)}
    return [past_sheet(sheet, members[unit]) for unit, sheet in sheets.items()]


def past_sheet(sheet: Sheet, member: YearMember) -> PastSheet:
    """One sheet by path: answers, own points, points given."""
    rows = [row for row in sheet.rows if row.score]
    return PastSheet(
        member.unit_id,
        member.order,
        {row.path: row.entry for row in rows},
        {row.path: row.score.self_points for row in rows if row.score.self_points is not None},
        {
            row.path: row.score.appraised_points
            for row in rows
            if row.score.appraised_points is not None
        },
        member.part.taken,
    )
