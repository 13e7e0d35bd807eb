"""Sheets of a bloc that are marked by several units."""

from decimal import Decimal

from blocs.appraisal.actions.marks import finish_marks
from blocs.appraisal.models.markings import marked_sheet
from blocs.reports.domain.sheet_rows import GivenRow
from blocs.reports.models import Assignment
from blocs.states import AppraisalMode
from tests.factories.blocs import ReportFactory, fill, regulate, small_table, year_with_members
from tests.factories.people import editor_of


def marked_year(count=4, mode=AppraisalMode.PAIRS, **rules):
    """A year whose members have all sent in their sheets, 9.5 at every leaf but the deduction."""
    year = year_with_members(count)
    regulate(year, appraisal_mode=mode, **rules)
    table = small_table(year)
    for unit in units_of(year):
        report = fill(ReportFactory(bloc_year=year, unit=unit, table=table, submitted=True))
        report.scores.filter(criterion__kind="deduction").delete()
    return year


def units_of(year):
    """The members in their order: head, deputy, then the others."""
    return [member.unit for member in year.members.order_by("order", "pk")]


def report_of(year, unit):
    return year.reports.get(unit=unit)


def assigned(report, *units, round=1):
    """Assignments of these units to one sheet."""
    return [Assignment.objects.create(report=report, unit=unit, round=round) for unit in units]


def marks(assignment, points="9.5", reason="", **by_label):
    """A mark for every leaf the unit answered, other points or (points, reason) by label."""
    rows = []
    for row in marked_sheet(assignment).rows:
        if not row.is_filled and row.label not in by_label:
            continue
        value = by_label.get(row.label, (points, reason))
        number, why = value if isinstance(value, tuple) else (value, "Đối chiếu minh chứng.")
        revision = row.score.revision if row.score else 0
        rows.append(GivenRow(row.criterion.pk, revision, Decimal(number), why))
    return rows


def finished(assignment, points="9.5", reason="", **by_label):
    """Marks the whole sheet for the unit and confirms it."""
    actor = editor_of(assignment.unit)
    rows = marks(assignment, points, reason, **by_label)
    return finish_marks(assignment, rows=rows, actor=actor)
