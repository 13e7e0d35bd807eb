"""That somebody opened the marks of a sheet stands in the log book, once a day."""

from blocs.reports.models import Assignment, Report
from blocs.units.models.seats import standing_of
from thidua.accounts.models import User
from thidua.common.log_book.openings import SHEET, note_opening
from thidua.common.permissions import require


def note_marking(assignment: Assignment, *, actor: User) -> None:
    """The sheet of another unit was opened in order to mark it."""
    require(actor, "appraisal.mark_sheet", assignment)
    note_opening(actor, SHEET, assignment.report, label="Mở phiếu chấm điểm")


def note_marks_seen(report: Report, *, actor: User) -> None:
    """The marks of all appraisers were opened; people of the sheet's own unit are not told of."""
    require(actor, "appraisal.view_marks", report)
    if report.unit_id not in standing_of(actor).units:
        note_opening(actor, SHEET, report, label="Mở điểm của các đơn vị chấm")
