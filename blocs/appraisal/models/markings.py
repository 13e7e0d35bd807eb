"""Who has to mark which sheet, what was marked, and who may see it: reading."""

from collections.abc import Collection
from copy import copy
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from blocs.appraisal.models.marks import Mark
from blocs.criteria.models.criteria import CompetentBody, Criterion
from blocs.criteria.models.tables_in_force import tables_in_force
from blocs.criteria.models.tree import trees_of
from blocs.reports.models.assignments import Assignment, in_round, last_round, mode_of, undone
from blocs.reports.models.reports import Report, Score
from blocs.reports.models.sheet_row import SheetRow
from blocs.reports.models.sheets import Sheet, read_sheet
from blocs.scoring.terms.numbers import ZERO
from blocs.states import COUNCIL_STATES, AppraisalMode
from blocs.units.models.seats import standing_of
from blocs.years.models.years import BlocYear


@dataclass(frozen=True)
class Progress:
    """How many leaves of an assignment are marked, of how many the unit answered."""

    done: int
    total: int


@dataclass(frozen=True)
class MarkedRow(SheetRow):
    """A leaf with one unit's mark in place of the appraised points; the files are the sheet's."""

    proofs: tuple = ()

    @property
    def files(self):
        return self.proofs


def body_leaves(bloc_year: BlocYear) -> dict[int, frozenset[int]]:
    """Ids of the leaves of each competent body of the year, by its unit."""
    if mode_of(bloc_year) != AppraisalMode.BODIES:
        return {}
    bodies = CompetentBody.objects.filter(bloc_year=bloc_year).prefetch_related("criteria")
    return {body.unit_id: frozenset(leaf.pk for leaf in body.criteria.all()) for body in bodies}


def body_shares(bloc_year: BlocYear) -> dict[int, Decimal]:
    """The share in percent of each competent body that has one, by its unit."""
    if mode_of(bloc_year) != AppraisalMode.BODIES:
        return {}
    found = CompetentBody.objects.filter(bloc_year=bloc_year, share__isnull=False)
    return dict(found.values_list("unit_id", "share"))


def leaves_of(assignment: Assignment) -> frozenset[int] | None:
    """Ids of the leaves that this unit marks; None: all of the sheet."""
    year = assignment.report.bloc_year
    if mode_of(year) != AppraisalMode.BODIES:
        return None
    return body_leaves(year).get(assignment.unit_id, frozenset())


def marked_sheet(assignment: Assignment) -> Sheet:
    """The sheet as one appraising unit sees it, its own marks where the bloc's points stand.

    Nothing of what others gave is in it. Rows, their revisions and the total are those of the
    marks, so that everything which shows or checks an appraisal works on it.
    """
    report = copy(assignment.report)
    sheet = read_sheet(report)
    marks = {mark.criterion_id: mark for mark in assignment.marks.select_related("saved_by")}
    only = leaves_of(assignment)
    rows = tuple(
        _marked_row(row, marks.get(row.criterion.pk))
        for row in sheet.rows
        if only is None or row.criterion.pk in only
    )
    return Sheet(report, sheet.tree, rows)


def _marked_row(row: SheetRow, mark: Mark | None) -> MarkedRow:
    score = _as_marked(row, mark)
    return MarkedRow(row.path, row.outline, row.criterion, score, row.label, tuple(row.files))


def _as_marked(row: SheetRow, mark: Mark | None) -> Score | None:
    """A copy of the unit's answer with one mark in place of the appraised points."""
    if row.score is None and mark is None:
        return None
    score = copy(row.score) if row.score else Score(criterion=row.criterion)
    mark = mark or Mark()
    score.appraised_points, score.appraisal_reason = mark.points, mark.reason
    score.revision = mark.revision
    score.saved_at = mark.saved_at
    score.saved_by = mark.saved_by if mark.saved_by_id else None
    return score


def points_of(sheet: Sheet) -> dict[str, Decimal]:
    """Maximum, own and given points of the rows of a part of a sheet."""
    scores = [row.score for row in sheet.rows if row.score]
    return {
        "maximum": sum((row.criterion.max_points for row in sheet.rows), ZERO),
        "own": sum((one.self_points for one in scores if one.self_points is not None), ZERO),
        "given": sum(
            (one.appraised_points for one in scores if one.appraised_points is not None), ZERO
        ),
    }


def marks_of(assignments: Collection[Assignment]) -> dict[tuple[int, int], Mark]:
    """The marks by (assignment id, criterion id)."""
    found = Mark.objects.filter(assignment__in=assignments)
    return {(mark.assignment_id, mark.criterion_id): mark for mark in found}


def progress_of(assignments: Collection[Assignment]) -> dict[int, Progress]:
    """How far each assignment is: three queries, however many there are."""
    reports = {one.report_id for one in assignments}
    filled = _filled_leaves(reports)
    marked: dict[int, int] = {}
    for pk in Mark.objects.filter(assignment__in=assignments, points__isnull=False).values_list(
        "assignment_id", flat=True
    ):
        marked[pk] = marked.get(pk, 0) + 1
    parts = _leaves_by_year({one.unit_id for one in assignments})
    found = {}
    for one in assignments:
        leaves = filled.get(one.report_id, set())
        part = parts.get((one.report.bloc_year_id, one.unit_id))
        total = len(leaves if part is None else leaves & part)
        # Leaves the unit left empty may be marked as well; they do not count.
        found[one.pk] = Progress(min(marked.get(one.pk, 0), total), total)
    return found


def _filled_leaves(reports: Collection[int]) -> dict[int, set[int]]:
    """Ids of the leaves with points or an answer that waits for points, by report."""
    answered = Q(self_points__isnull=False) | Q(value__isnull=False)
    rows = Score.objects.filter(answered, report__in=reports, not_applicable=False)
    found: dict[int, set[int]] = {}
    for report, leaf in rows.values_list("report_id", "criterion_id"):
        found.setdefault(report, set()).add(leaf)
    return found


def _leaves_by_year(units: Collection[int]) -> dict[tuple[int, int], set[int]]:
    """Leaves of competent bodies by (year, unit), only where the year works with bodies."""
    rows = CompetentBody.objects.filter(
        unit__in=units, bloc_year__regulation__appraisal_mode=AppraisalMode.BODIES
    ).values_list("bloc_year_id", "unit_id", "criteria__pk")
    found: dict[tuple[int, int], set[int]] = {}
    for year, unit, leaf in rows:
        found.setdefault((year, unit), set()).add(leaf)
    return found


def table_leaves(bloc_year: BlocYear) -> list[Criterion]:
    """The leaves of the tables in force, table by table in its order."""
    trees = trees_of(*tables_in_force(bloc_year).tables)
    return [row for tree in trees.values() for _, row in tree.leaves()]


def may_see_marks(user, report: Report, assignments: Collection[Assignment], *, is_blind) -> set:
    """Ids of the assignments whose marks the person may see now; own ones always.

    A unit sees the marks of its own sheet once it is appraised. Who marks the sheet sees those of
    others that are done, in a blind year only after the own of that round are done. Who leads the
    appraisal sees a blind year's marks when all of the round are done.
    """
    units = standing_of(user).units
    if report.unit_id in units:
        return {one.pk for one in assignments} if report.state in COUNCIL_STATES else set()
    found = {one.pk for one in assignments if one.unit_id in units}
    for number in range(1, last_round(assignments) + 1):
        rows = in_round(assignments, number)
        own = [one for one in rows if one.unit_id in units]
        if own:
            opened = [one for one in rows if one.done_at] if not undone(own) else []
        else:
            opened = rows if not undone(rows) else []
        found |= {one.pk for one in (opened if is_blind else rows)}
    return found
