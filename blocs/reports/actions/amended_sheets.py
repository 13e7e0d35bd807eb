"""The unit settles what an amendment changed for the sheet it has sent in."""

from django.db import transaction

from blocs.reports.actions.reports import locked, require_state
from blocs.reports.models.reports import Report
from blocs.reports.models.versions import freeze_sheet
from blocs.reports.workflows import REPORT
from blocs.states import ReportState, VersionKind
from thidua.accounts.models import User
from thidua.common.basis import changes_to_confirm, confirm_basis
from thidua.common.permissions import require
from thidua.common.workflow import perform

REOPENED = "Đơn vị mở lại để làm lại theo sửa đổi:"
STANDS = "Đơn vị xác nhận điểm tự chấm theo sửa đổi."


@transaction.atomic
def confirm_amended(report: Report, *, actor: User, reason: str, seen: str | None = None) -> Report:
    """The sheet stands as the amended table counts it: the unit says so with its reason.

    A version is frozen with the points of now. Refused for a sheet that is not in, and where
    nothing changed.
    """
    report = locked(report)
    require(actor, "reports.submit_report", report)
    require_state(report, (ReportState.SUBMITTED,))
    confirm_basis(report, actor=actor, action="reports.confirm_amended", reason=reason, seen=seen)
    freeze_sheet(report, kind=VersionKind.SUBMITTED, actor=actor, reason=STANDS)
    return report


@transaction.atomic
def redo_amended(report: Report, *, actor: User, reason: str, seen: str | None = None) -> Report:
    """The unit opens its sheet again to do it by the amended table; it comes back as returned."""
    report = locked(report)
    require_state(report, (ReportState.SUBMITTED,))
    changes_to_confirm(report, reason=reason, seen=seen)
    return perform(REPORT, "redo", report, actor=actor, note=f"{REOPENED} {reason.strip()}")
