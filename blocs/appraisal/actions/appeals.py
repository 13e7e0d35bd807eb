"""Objections to appraised points: drafted, sent by the leader, answered; points move only so."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from blocs.appraisal.models.marks import Appeal
from blocs.appraisal.workflows import APPEAL, appeal_is_in_time, report_takes_appeals
from blocs.criteria.models import Criterion
from blocs.reports.actions.reports import locked
from blocs.reports.models import Report, Score
from blocs.reports.models.appeal_window import OBJECTABLE
from blocs.reports.models.sheet_row import SheetRow
from blocs.reports.models.sheets import as_stored, read_sheet
from blocs.reports.models.versions import freeze_sheet
from blocs.scoring.terms.rule_texts import number_text
from blocs.states import AppealState, VersionKind
from thidua.accounts.models import User
from thidua.common.activity import record
from thidua.common.changes import set_fields
from thidua.common.permissions import require
from thidua.common.vietnamese.text import plain_lines
from thidua.common.workflow import perform

FOREIGN = "Tiêu chí không thuộc bảng chấm điểm của báo cáo."
NOT_APPRAISED = "Tiêu chí này không có điểm thẩm định nên không kiến nghị được."
SENT = "Kiến nghị này đã gửi, không sửa được nữa."
NO_POINTS = "Chấp nhận kiến nghị thì phải ghi điểm mới."
SAME_POINTS = (
    "Điểm mới phải khác điểm thẩm định đang có; nếu giữ nguyên thì chọn “Không chấp nhận”."
)
MOVED = "Điểm thẩm định của tiêu chí đã thay đổi. Vui lòng tải lại trang."


@transaction.atomic
def draft_appeal(
    report: Report, *, criterion: Criterion, text: str, asked_points: Decimal | None, actor: User
) -> Appeal:
    """Keep the draft of an objection to one leaf; the leader of the unit sends it.

    One objection per leaf. Refused (ValidationError) outside the window, without appraised points,
    and once it has been sent.
    """
    report = locked(report)
    require(actor, "appraisal.draft_appeal", report)
    row = row_at(report, criterion)
    if not row.is_appraised or row.score is None or row.score.appraised_points is None:
        raise ValidationError(NOT_APPRAISED)
    appeal = report.appeals.filter(criterion=criterion).exclude(state=AppealState.WITHDRAWN).first()
    appeal = appeal or Appeal(report=report, criterion=criterion)
    if appeal.state != AppealState.DRAFT:
        raise ValidationError(SENT)
    if reasons := (*report_takes_appeals(appeal), *appeal_is_in_time(appeal)):
        raise ValidationError(list(reasons))
    if asked_points is not None and (problem := row.problem(asked_points, text)):
        raise ValidationError({"asked_points": problem})
    changes = set_fields(appeal, {"text": plain_lines(text), "asked_points": asked_points})
    appeal.full_clean()
    appeal.save()
    label = f"Soạn kiến nghị về tiêu chí {row.label}"
    record(actor, "appraisal.draft_appeal", report, label=label, changes=changes)
    return appeal


@transaction.atomic
def move_appeal(appeal: Appeal, *, move: str, actor: User) -> Appeal:
    """Send an objection or take it back (moves `raise`, `withdraw`), and tell the report's book."""
    report = locked(appeal.report)
    appeal = perform(APPEAL, move, appeal, actor=actor)
    label = f"{APPEAL[move].label} về tiêu chí {row_at(report, appeal.criterion).label}"
    record(actor, f"appraisal.{move}_appeal", report, label=label, note=appeal.text)
    return appeal


@transaction.atomic
def answer_appeal(
    appeal: Appeal, *, accepts: bool, points: Decimal | None, answer: str, actor: User
) -> Appeal:
    """Answer an objection; the points of the leaf change with the answer and in no other way.

    `points` are the new appraised points where the objection is accepted, wholly or partly. A
    new version of the sheet is frozen. Raises ValidationError at `points` or `answer`.
    """
    report = locked(appeal.report)
    require(actor, "appraisal.answer_appeal", appeal)
    if report.state not in OBJECTABLE:
        raise ValidationError(report_takes_appeals(appeal))
    row, text = row_at(report, appeal.criterion), plain_lines(answer)
    before = row.score.appraised_points if row.score else None
    after = _new_points(row, points, text) if accepts else before
    move = "accept" if accepts else "reject"
    appeal = perform(APPEAL, move, appeal, actor=actor, note=text, before=before, points=after)
    if accepts:
        _give(report, row, after, text, actor)
    label = f"{APPEAL[move].label} về tiêu chí {row.label}"
    change = {"code": row.label, "name": row.criterion.name, "field": "điểm thẩm định"}
    record(
        actor,
        "appraisal.answer_appeal",
        report,
        label=label,
        note=text,
        changes=[change | {"before": number_text(before), "after": number_text(after)}]
        if accepts
        else [],
    )
    return appeal


def row_at(report: Report, criterion: Criterion) -> SheetRow:
    """The row of the sheet at a leaf; ValidationError for a leaf of another table."""
    found = [row for row in read_sheet(report).rows if row.criterion.pk == criterion.pk]
    if not found:
        raise ValidationError(FOREIGN)
    return found[0]


def _new_points(row: SheetRow, points: Decimal | None, text: str) -> Decimal:
    """The points to give, held to the range and grid of the leaf."""
    score = row.score or Score()
    if points is None:
        raise ValidationError({"points": NO_POINTS})
    if points == score.appraised_points:
        raise ValidationError({"points": SAME_POINTS})
    if problems := row.problems(points, text):
        raise ValidationError(
            {{"reason": "answer"}.get(field, field): words for field, words in problems.items()}
        )
    return points


def _give(report: Report, row: SheetRow, points: Decimal, text: str, actor: User) -> None:
    """Write the new points of the leaf with the answer as their reason, the total, a version."""
    score = row.score
    if score is None:
        raise ValidationError(MOVED)
    score.appraised_points, score.appraisal_reason, score.appraised_by = points, text, actor
    score.revision += 1
    score.saved_by, score.saved_at = actor, timezone.now()
    score.save()
    report.appraised_total = as_stored(read_sheet(report).appraised_total().total)
    report.save(update_fields=("appraised_total",))
    reason = f"Chấp nhận kiến nghị về tiêu chí {row.label}."
    freeze_sheet(report, kind=VersionKind.APPRAISED, actor=actor, reason=reason)
