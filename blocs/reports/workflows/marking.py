"""What the marks of several appraisers mean for the life of a report."""

from blocs.reports.models.assignments import assignments_of, in_round, last_round, mode_of, undone
from blocs.reports.models.corrections import open_corrections
from blocs.states import WHOLE_SHEET_MODES, AppraisalMode

NOBODY = "Chưa phân công đơn vị chấm bảng điểm này."


def marking_is_done(report):
    """Where units mark, the head finishes only after all of them."""
    mode = mode_of(report.bloc_year)
    if mode == AppraisalMode.HEAD:
        return []
    assignments = assignments_of(report)
    if not assignments and mode in WHOLE_SHEET_MODES:
        return [NOBODY]
    waiting = undone(assignments)
    if not waiting:
        return []
    names = "; ".join(one.unit.name for one in waiting)
    return [f"Còn {len(waiting):02d} đơn vị chưa chấm xong: {names}."]


def reopen_marking(report):
    """A sheet sent in again is looked at again: by who asked for corrections, else by everybody."""
    askers = {correction.asked_by_unit_id for correction in open_corrections(report)}
    assignments = assignments_of(report)
    for one in in_round(assignments, last_round(assignments)):
        if one.done_at and (not askers or one.unit_id in askers):
            one.done_at, one.done_by = None, None
            one.save(update_fields=("done_at", "done_by"))
