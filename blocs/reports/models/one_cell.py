"""Just enough of a sheet to save one cell of it, read in a few lean statements.

A cell is saved every few seconds by everybody who fills in a sheet. A published table never
changes, so each process keeps the last ones it met; the rest is read anew under the lock.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property, lru_cache

from django.db import connection
from django.utils import timezone

from blocs.criteria.models.criteria import ScoringTable
from blocs.criteria.models.tree import Tree, rules_of, tree_of
from blocs.reports.models.reports import Report, Score
from blocs.reports.models.sheets import SheetRow, sheet_with
from blocs.scoring import KINDS, MISSING, Outcome, Points, TableRules
from blocs.scoring.totals.sheet import not_applicable
from blocs.scoring.totals.summing import Plan, plan_of
from blocs.units.models.seats import Seat, Standing
from blocs.units.models.units import Unit
from blocs.years.models.regulation import Regulation
from blocs.years.models.years import BlocYear

REPORT = """
    SELECT report.id, report.state, report.unit_id, report.table_id, report.bloc_year_id,
        unit.name AS unit_name, bloc_year.year AS year, rules.decimals AS decimals,
        scoring.fingerprint AS fingerprint, scoring.published_at AS published_at
    FROM blocs_report report
    JOIN blocs_unit unit ON unit.id = report.unit_id
    JOIN blocs_blocyear bloc_year ON bloc_year.id = report.bloc_year_id
    JOIN blocs_scoringtable scoring ON scoring.id = report.table_id
    LEFT JOIN blocs_regulation rules ON rules.bloc_year_id = bloc_year.id
    WHERE report.id = %s
"""
STATE = "SELECT state FROM blocs_report WHERE id = %s"
POINTS = """
    SELECT criterion_id, CAST(self_points AS TEXT), not_applicable
    FROM blocs_score WHERE report_id = %s
"""
SCORE = "SELECT * FROM blocs_score WHERE report_id = %s AND criterion_id = %s"
SEATS = "SELECT id, role, unit_id, starts_on, ends_on FROM blocs_seat WHERE user_id = %s"


@dataclass(frozen=True)
class FrozenTable:
    """A scoring table as one cell needs it."""

    table: ScoringTable
    tree: Tree
    plan: Plan
    rows: Mapping[int, SheetRow]

    @cached_property
    def stands_alone(self) -> bool:
        """Whether an answer moves no other leaf and its points follow from the answer alone."""
        nodes = (row.criterion for row in self.rows.values())
        return all(KINDS[one.kind].stands_alone(one.rule) for one in nodes if one.kind in KINDS)

    def rules(self, decimals: int) -> TableRules:
        """The summing rules of the table in a year with so many decimals."""
        return rules_of(self.table, decimals)


def _read(pk: int) -> FrozenTable:
    table = ScoringTable.objects.get(pk=pk)
    tree = tree_of(table)
    rows = {row.criterion.pk: row for row in sheet_with(Report(table=table), tree, {}).rows}
    return FrozenTable(table, tree, plan_of(tree.nodes), rows)


@lru_cache(maxsize=64)
def _frozen(pk: int, fingerprint: str, published_at: datetime) -> FrozenTable:
    return _read(pk)


def frozen_table(report: Report) -> FrozenTable:
    """The table of a report from `lean_report`; only one that was published is kept."""
    if not report.fingerprint:
        return _read(report.table_id)
    return _frozen(report.table_id, report.fingerprint, report.published_at)


def lean_report(pk: int) -> Report | None:
    """A report with what one cell asks of it.

    It has its state, unit, year and table, and `decimals`, `fingerprint`, `published_at`.
    """
    found = list(Report.objects.raw(REPORT, (pk,)))
    if not found:
        return None
    report = found[0]
    if report.decimals is None:
        report.decimals = Regulation().decimals
    # As much of both as the log book writes down.
    report.unit = Unit(pk=report.unit_id, name=report.unit_name)
    report.bloc_year = BlocYear(pk=report.bloc_year_id, year=report.year)
    return report


def held(report: Report) -> Report:
    """The report, held against other writers until the transaction ends, in its state of now."""
    has_locks = connection.features.has_select_for_update
    with connection.cursor() as cursor:
        cursor.execute(f"{STATE} FOR UPDATE" if has_locks else STATE, (report.pk,))
        is_same = cursor.fetchone() == (report.state,)
    # Hardly ever: somebody sent the report while this request was on its way.
    return report if is_same else lean_report(report.pk)


def stored_row(row: SheetRow, report: Report) -> SheetRow:
    """The row with what is stored there now."""
    found = list(Score.objects.raw(SCORE, (report.pk, row.criterion.pk)))
    score = found[0] if found else None
    return replace(row, score=score)


def stored_outcomes(table: FrozenTable, report: Report) -> dict[str, Outcome]:
    """What became of each leaf, from the points that were stored when it was saved."""
    rules = table.rules(report.decimals)
    found = {row.path: MISSING for row in table.rows.values()}
    with connection.cursor() as cursor:
        cursor.execute(POINTS, (report.pk,))
        stored = cursor.fetchall()
    for pk, points, is_left_out in stored:
        row = table.rows[pk]
        if is_left_out:
            found[row.path] = not_applicable(table.plan.lines[row.path].leaf, rules)
        elif points is not None:
            # As text the number comes exact from both databases.
            found[row.path] = Points(Decimal(points))
    return found


def seats_alone(user) -> Standing:
    """The seats of `user` today without the years of the units: enough to save a cell.

    Whoever is refused with it is asked again with the whole standing.
    """
    today = timezone.localdate()
    seats = Seat.objects.raw(SEATS, (user.pk,))
    return Standing(
        tuple(
            seat
            for seat in seats
            if seat.starts_on <= today and (seat.ends_on is None or today <= seat.ends_on)
        )
    )
