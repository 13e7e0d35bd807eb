"""The ranking of a bloc year, computed from appraised points whenever somebody looks."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import OuterRef, Subquery

from blocs.domain.ranking import (
    Placed,
    Row,
    TieRule,
    decimals_to_show,
    rank,
    tie_rule_sentence,
)
from blocs.domain.scoring import SheetTotal
from blocs.domain.tables import Node
from blocs.enums import COUNCIL_STATES, OPEN_STATES, BallotKind, ReportState
from blocs.models.conferences import BallotLine
from blocs.models.counts import rules_of_year
from blocs.models.reports import Report, Score
from blocs.models.trees import Sheet, SheetRow, Tree, tree_of
from blocs.models.units import Unit
from blocs.models.years import BlocYear, YearMember

DEFAULT_TIE_RULES = (
    TieRule.WORK_POINTS,
    TieRule.BONUS_POINTS,
    TieRule.FEWEST_DEDUCTIONS,
    TieRule.SHARED_RANK,
)
NOT_SENT = "Chưa nộp báo cáo và bảng tự chấm điểm."
WHY_OUT = {
    ReportState.SUBMITTED: "Đã nộp, chưa thẩm định xong.",
    ReportState.RETURNED: "Báo cáo bị trả lại, chưa nộp lại.",
}


@dataclass(frozen=True)
class RankedUnit:
    """A unit with its place and the totals behind it, own and appraised."""

    unit: Unit
    report: Report
    placed: Placed
    own: SheetTotal
    given: SheetTotal
    tree: Tree

    @property
    def is_agreed(self) -> bool:
        return self.report.state in OPEN_STATES


@dataclass(frozen=True)
class LeftOut:
    """A unit that has no place yet, and why."""

    unit: Unit
    reason: str


@dataclass(frozen=True)
class Ranking:
    """Places of a bloc year, best first; `out` are the units without an appraised sheet.

    `by_percent`: units have different maxima, so the share of the own maximum is compared.
    """

    bloc_year: BlocYear
    rows: tuple[RankedUnit, ...]
    out: tuple[LeftOut, ...]
    tie_rules: tuple[str, ...]
    by_percent: bool

    @property
    def is_agreed(self) -> bool:
        """The conference has agreed the points of every unit that has a place."""
        return bool(self.rows) and all(row.is_agreed for row in self.rows)

    @property
    def tie_rule(self) -> str:
        """The sentence printed under the table."""
        return tie_rule_sentence(self.tie_rules)

    @property
    def open_ties(self) -> tuple[str, ...]:
        """Names of units whose order the tie rules leave to people."""
        return tuple(row.unit.name for row in self.rows if row.placed.is_open)

    @cached_property
    def decimals(self) -> int:
        """Places after the comma, enough to tell different totals apart."""
        return decimals_to_show([row.given.total for row in self.rows])

    @property
    def sections(self) -> tuple[Node, ...]:
        """The top lines of the table, the columns of the summary."""
        return self.rows[0].tree.nodes if self.rows else ()


def ranking_of(bloc_year: BlocYear) -> Ranking:
    """The ranking as the appraised points of now give it; five queries for any number of units.

    Who may see it before the conference has agreed it is the caller's question.
    """
    rules = rules_of_year(bloc_year)
    tie_rules = tuple(rules.tie_rules) or tuple(map(str, DEFAULT_TIE_RULES))
    members = members_of(bloc_year)
    reports = {report.unit_id: report for report in bloc_year.reports.select_related("table")}
    sheets = sheets_of(bloc_year, reports.values())
    counted = [member for member in members if not why_out(member, reports, sheets)]
    totals = {member.unit_id: sheets[member.unit_id].appraised_total() for member in counted}
    by_percent = compares_percent(totals.values())
    rows = [row_of(member, totals[member.unit_id], by_percent) for member in counted]
    units = {member.unit_id: member.unit for member in members}
    return Ranking(
        bloc_year=bloc_year,
        rows=tuple(
            RankedUnit(
                unit=units[placed.unit],
                report=reports[placed.unit],
                placed=placed,
                own=sheets[placed.unit].stored_total(),
                given=totals[placed.unit],
                tree=sheets[placed.unit].tree,
            )
            for placed in rank(rows, tie_rules)
        ),
        out=tuple(
            LeftOut(member.unit, reason)
            for member in members
            if (reason := why_out(member, reports, sheets))
        ),
        tie_rules=tie_rules,
        by_percent=by_percent,
    )


def members_of(bloc_year: BlocYear) -> list[YearMember]:
    """The units of the year in their order, each with its votes in the award ballot."""
    votes = BallotLine.objects.filter(
        ballot__conference__bloc_year=OuterRef("bloc_year"),
        ballot__kind=BallotKind.AWARD,
        unit=OuterRef("unit"),
    )
    members = bloc_year.members.select_related("unit").order_by("order", "pk")
    return list(members.annotate(votes=Subquery(votes.values("votes_for")[:1])))


def sheets_of(bloc_year: BlocYear, reports: Iterable[Report]) -> dict[int, Sheet]:
    """Appraised sheets by unit; units of one table share its tree."""
    appraised = [report for report in reports if report.state in COUNCIL_STATES]
    tables = {report.table_id: report.table for report in appraised}
    trees = {pk: tree_of(table) for pk, table in tables.items()}
    scores: dict[int, dict[int, Score]] = {report.pk: {} for report in appraised}
    for score in Score.objects.filter(report__in=scores):
        scores[score.report_id][score.criterion_id] = score
    found = {}
    for report in appraised:
        report.bloc_year = bloc_year
        tree = trees[report.table_id]
        rows = (
            SheetRow(
                path, tree.numbers[path], row, scores[report.pk].get(row.pk), tree.label_of(path)
            )
            for path, row in tree.leaves()
        )
        found[report.unit_id] = Sheet(report, tree, tuple(rows))
    return found


def why_out(member: YearMember, reports: dict[int, Report], sheets: dict[int, Sheet]) -> str:
    """Why the unit has no place; empty when it has one."""
    report = reports.get(member.unit_id)
    if report is None:
        return NOT_SENT
    if report.state not in COUNCIL_STATES:
        return WHY_OUT.get(report.state, NOT_SENT)
    missing = sheets[member.unit_id].not_appraised()
    return f"Còn {len(missing):02d} tiêu chí chưa có điểm thẩm định." if missing else ""


def compares_percent(totals: Iterable[SheetTotal]) -> bool:
    """Leaves that do not concern a unit leave its maximum; then shares are compared."""
    found = list(totals)
    return any(total.is_compared_by_percent for total in found) and (
        len({total.assigned_max for total in found}) > 1
    )


def row_of(member: YearMember, total: SheetTotal, by_percent: bool) -> Row:
    """What the ranking compares of one unit."""
    figures: dict[TieRule, Decimal | int] = {
        TieRule.WORK_POINTS: total.work,
        TieRule.BONUS_POINTS: total.bonus,
        TieRule.FEWEST_DEDUCTIONS: total.deduction,
    }
    if member.votes is not None:
        figures[TieRule.BALLOT_VOTES] = member.votes
    compared = total.comparable if by_percent else total.total
    return Row(member.unit_id, compared, figures, member.order)


def part_points(total: SheetTotal, node: Node) -> Decimal:
    """The points of one top line of the table, group or single leaf."""
    if node.is_group:
        return total.groups.get(node.code, Decimal(0))
    outcome = total.outcomes.get(node.code)
    return getattr(outcome, "points", Decimal(0))
