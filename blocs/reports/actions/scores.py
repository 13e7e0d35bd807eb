"""What people do with a whole score sheet: the unit scores itself, the bloc appraises."""

from collections.abc import Sequence

from django.db import transaction

from blocs.reports.actions.reports import APPRAISABLE, WRITABLE, locked, require_state
from blocs.reports.actions.score_rows import (
    judge_answers,
    judge_points,
    write_answers,
    write_points,
)
from blocs.reports.domain.sheet_rows import GivenRow, TypedRow
from blocs.reports.models.reports import Report
from blocs.reports.models.sheets import read_sheet
from thidua.accounts.models import User
from thidua.common.permissions import require


@transaction.atomic
def save_scores(report: Report, *, rows: Sequence[TypedRow], actor: User) -> Report:
    """Keep the unit's answers of the changed rows, compute their points and the total.

    All or nothing. Raises OvertakenRowsError, or ValidationError keyed (criterion id, field) for
    answers to which the rule gives no result. Appraised points of a leaf whose own points change
    are dropped: they judged another result.
    """
    report = locked(report)
    require(actor, "reports.edit_report", report)
    require_state(report, WRITABLE)
    sheet = read_sheet(report)
    judged = judge_answers(sheet, rows)
    judged.refuse()
    write_answers(sheet, judged, actor)
    return report


@transaction.atomic
def save_appraisal(report: Report, *, rows: Sequence[GivenRow], actor: User) -> Report:
    """Keep appraised points and reasons of the changed rows beside the unit's own.

    All or nothing. Raises OvertakenRowsError, or ValidationError keyed (criterion id, field) for
    points out of range or without the reason they need. Nobody appraises an own unit.
    """
    report = locked(report)
    require(actor, "reports.prepare_appraisal", report)
    require_state(report, APPRAISABLE)
    sheet = read_sheet(report)
    judged = judge_points(sheet, rows)
    judged.refuse()
    write_points(sheet, judged, actor)
    return report
