"""Points of leaves that are measured against the best unit, once everybody has reported."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from blocs.ranking.models.ranked_sheets import sheets_in
from blocs.reports.models.reports import Report
from blocs.reports.models.sheet_row import SheetRow
from blocs.reports.models.sheets import Sheet, as_stored
from blocs.scoring import Entry, Points, Question, Waiting
from blocs.scoring.totals.sheet import planned_total
from blocs.states import SENT_STATES
from blocs.units.models.units import Unit
from blocs.years.domain.taking_part import Duty
from blocs.years.models.changes import members_owing
from blocs.years.models.years import BlocYear

JUDGED_EARLY = "Chấm khi chưa đủ số liệu so sánh của các đơn vị."


@dataclass(frozen=True)
class RelativeRow:
    """A leaf of one sheet with the points the figures of all units give it.

    `points` is None where the rule gives none; then `question` says why.
    """

    sheet: Sheet
    row: SheetRow
    points: Decimal | None
    note: str = ""
    question: str = ""

    @property
    def is_changed(self) -> bool:
        score = self.row.score
        return self.points is not None and score is not None and score.self_points != self.points


@dataclass(frozen=True)
class RelativePoints:
    """All such leaves of a bloc year, by unit; `waited_for` have no report in."""

    rows: tuple[RelativeRow, ...]
    waited_for: tuple[Unit, ...]

    @property
    def changed(self) -> tuple[RelativeRow, ...]:
        return tuple(row for row in self.rows if row.is_changed)

    @property
    def questions(self) -> tuple[RelativeRow, ...]:
        return tuple(row for row in self.rows if row.question)


def relative_points(bloc_year: BlocYear) -> RelativePoints:
    """What the figures that are in give; units without a report are left aside."""
    members = list(members_owing(bloc_year, Duty.COMPARE))
    compared = [member.unit_id for member in members]
    reports = list(bloc_year.reports.filter(unit__in=compared).select_related("unit", "table"))
    sheets = sheets_in(bloc_year, reports, SENT_STATES)
    peers = peers_of(sheets)
    return RelativePoints(
        tuple(
            row
            for member in members
            if member.unit_id in sheets
            for row in relative_rows(
                sheets[member.unit_id], peers[sheets[member.unit_id].report.table_id]
            )
        ),
        tuple(member.unit for member in members if member.unit_id not in sheets),
    )


def peers_of(sheets: Mapping[int, Sheet]) -> dict[int, dict[str, list[Entry]]]:
    """The entries of all units of one table at each leaf, by the key of the table and the path.

    A unit is compared with those of its own table: the same path is another line in another one.
    """
    found: dict[int, dict[str, list[Entry]]] = {}
    for sheet in sheets.values():
        lines = found.setdefault(sheet.report.table_id, {})
        for row in sheet.rows:
            lines.setdefault(row.path, []).append(row.entry)
    return found


def relative_rows(sheet: Sheet, peers: Mapping[str, list[Entry]]) -> list[RelativeRow]:
    """The leaves of a sheet that cannot be computed from it alone."""
    waiting = [row for row in sheet.rows if isinstance(sheet.own_outcomes[row.path], Waiting)]
    if not waiting:
        return []
    entries = {row.path: row.entry for row in sheet.rows}
    total = planned_total(sheet.tree.plan, entries, sheet.rules, peers, is_closed=True)
    found = []
    for row in waiting:
        outcome = total.outcomes[row.path]
        if isinstance(outcome, Points):
            found.append(RelativeRow(sheet, row, as_stored(outcome.points), outcome.note))
        elif isinstance(outcome, Question):
            found.append(RelativeRow(sheet, row, None, question=outcome.sentence))
    return found


def settled_totals(report: Report, sheet: Sheet) -> None:
    """The totals of a report whose points were settled; appraised ones where there are any."""
    report.self_total = as_stored(sheet.stored_total().total)
    if report.appraised_total is not None:
        report.appraised_total = as_stored(sheet.appraised_total().total)
