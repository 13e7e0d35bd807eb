"""The life of an objection to the appraised points of one leaf."""

from django.utils import timezone

from blocs.reports.models.appeal_window import OBJECTABLE, appeal_window
from blocs.states import AppealState
from thidua.common.workflow import THE_END, Transition, Workflow

A = AppealState


def report_takes_appeals(appeal):
    """From the end of the appraisal until the conference agrees the points."""
    report = appeal.report
    if report.state in OBJECTABLE:
        return []
    return [f"Báo cáo đang ở trạng thái “{report.get_state_display()}” nên không kiến nghị được."]


def appeal_is_in_time(appeal):
    """The last day counts in full, on the clock of Vietnam."""
    window = appeal_window(appeal.report, timezone.localdate())
    if window is None:
        return ["Quy định của năm không đặt thời hạn kiến nghị nên không nhận kiến nghị."]
    return [] if window.is_open else [f"Thời hạn kiến nghị {window.words}."]


def appeal_is_written(appeal):
    return [] if appeal.text.strip() else ["Chưa ghi nội dung kiến nghị."]


def stamp_appeal(appeal, *, actor, note):
    appeal.raised_at, appeal.raised_by = timezone.now(), actor


def keep_answer(appeal, *, actor, note, before, points):
    """The points of the leaf after the answer stand beside those before it."""
    appeal.answer, appeal.points_before, appeal.points_after = note, before, points
    appeal.answered_at, appeal.answered_by = timezone.now(), actor


APPEAL = Workflow(
    states=A,
    initial=A.DRAFT,
    ways={
        A.DRAFT: "Lãnh đạo đơn vị gửi kiến nghị trong thời hạn, hoặc rút kiến nghị.",
        A.OPEN: "Người thẩm định trả lời kiến nghị; đơn vị vẫn rút được khi chưa có trả lời.",
        A.ACCEPTED: f"{THE_END}: kiến nghị đã được chấp nhận, điểm đã sửa theo trả lời.",
        A.REJECTED: f"{THE_END}: kiến nghị không được chấp nhận, điểm giữ nguyên.",
        A.WITHDRAWN: f"{THE_END}: đơn vị đã rút kiến nghị.",
    },
    transitions=(
        Transition(
            name="raise",
            label="Gửi kiến nghị",
            sources={A.DRAFT},
            target=A.OPEN,
            permission="appraisal.raise_appeal",
            guards=(report_takes_appeals, appeal_is_in_time, appeal_is_written),
            effect=stamp_appeal,
        ),
        Transition(
            name="withdraw",
            label="Rút kiến nghị",
            sources={A.DRAFT, A.OPEN},
            target=A.WITHDRAWN,
            permission="appraisal.raise_appeal",
            tone="danger",
        ),
        Transition(
            name="accept",
            label="Chấp nhận kiến nghị",
            sources={A.OPEN},
            target=A.ACCEPTED,
            permission="appraisal.answer_appeal",
            guards=(report_takes_appeals,),
            effect=keep_answer,
            needs_note=True,
            hidden=True,
        ),
        Transition(
            name="reject",
            label="Không chấp nhận kiến nghị",
            sources={A.OPEN},
            target=A.REJECTED,
            permission="appraisal.answer_appeal",
            guards=(report_takes_appeals,),
            effect=keep_answer,
            needs_note=True,
            hidden=True,
        ),
    ),
)
