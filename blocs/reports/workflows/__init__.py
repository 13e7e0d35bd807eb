"""The life of a yearly report: what each move demands and causes, marking and freezing among it."""

from django.utils import timezone

from blocs.reports.models.corrections import reopen_marking
from blocs.reports.models.sendings import content_stamp
from blocs.reports.models.sheet_basis import keep_sending
from blocs.reports.models.sheets import as_stored, sheet_of
from blocs.reports.models.submission_days import is_late
from blocs.reports.models.versions import freeze_sheet
from blocs.reports.workflows.guards import (
    all_leaves_are_filled,
    amendment_was_made,
    amendments_are_settled,
    appeals_are_answered,
    appraisal_is_whole,
    corrections_are_settled,
    empty_leaves_are_confirmed,
    evidence_is_attached,
    given_losses_are_asked,
    has_explanation,
    has_narrative,
    is_not_put_up,
    is_put_up,
    is_sent_unchanged,
    left_out_leaves_are_confirmed,
    left_out_leaves_have_reasons,
    marking_is_done,
    nobody_has_begun,
    objection_is_in_time,
    own_losses_are_asked,
    paper_is_confirmed,
    report_ended,
    unit_has_not_begun,
    unit_still_reports,
    window_is_open,
    year_is_closing,
    year_is_not_over,
)
from blocs.states import ReportState, VersionKind
from thidua.common.models import came_back, forget_return
from thidua.common.workflow import THE_END, Transition, Workflow

R = ReportState
# What a report must hold before it is sent in, here or on paper.
SENDING = (
    year_is_closing,
    has_narrative,
    all_leaves_are_filled,
    evidence_is_attached,
    left_out_leaves_have_reasons,
)
ASKED_OF_SENDING = (is_sent_unchanged, empty_leaves_are_confirmed, own_losses_are_asked)


def stamp_put_up(report, *, actor, note):
    report.put_up_at, report.put_up_by = timezone.now(), actor


def take_down(report, *, actor, note):
    report.put_up_at = report.put_up_by = None


def stamp_waiver(report, *, actor, note):
    report.waived_at, report.waived_by = timezone.now(), actor


def stamp_submission(report, *, actor, note, copy=None):
    """Sent in now, or on the day of the paper that was signed by hand.

    The first submission stays on record: the lateness rule may count either time.
    """
    at = copy.signed_at if copy else timezone.now()
    report.submitted_at, report.copy = at, copy
    take_down(report, actor=actor, note=note)
    report.first_submitted_at = report.first_submitted_at or at
    report.is_late = is_late(report)
    report.self_total = as_stored(sheet_of(report).self_total().total)
    reopen_marking(report)
    report.corrections.filter(answered_at=None).update(answered_at=at)
    freeze_sheet(report, kind=VersionKind.SUBMITTED, actor=actor)
    keep_sending(report, actor=actor)


def take_back_submission(report, *, actor, note):
    """As it was before: not counted as sent, and what it answered is asked again."""
    report.corrections.filter(answered_at=report.submitted_at).update(answered_at=None)
    first = report.first_submitted_at if came_back(report) else None
    report.submitted_at = report.first_submitted_at = first
    report.copy = None
    if not first:
        report.sent_table, report.sent_rules = None, 0
    report.is_late = bool(first) and report.is_late


def keep_return(report, *, actor, note):
    report.keep_return(note, content_stamp(report))


def keep_appraised_total(report):
    report.appraised_total = as_stored(sheet_of(report).appraised_total().total)


def complete_appraisal(report, *, actor, note):
    """From this moment the days run in which the unit may object."""
    report.appraised_at = timezone.now()
    report.waived_at = report.waived_by = None
    keep_appraised_total(report)
    freeze_sheet(report, kind=VersionKind.APPRAISED, actor=actor)


def keep_answer(report, *, actor, note):
    report.answer = note
    report.waived_at = report.waived_by = None
    keep_appraised_total(report)
    freeze_sheet(report, kind=VersionKind.APPRAISED, actor=actor, reason="Trả lời giải trình.")


REPORT = Workflow(
    states=R,
    initial=R.DRAFT,
    ways={
        R.DRAFT: "Cán bộ đầu mối của đơn vị soạn và tự chấm, lãnh đạo đơn vị nộp về khối trưởng.",
        R.SUBMITTED: (
            "Khối trưởng, khối phó thẩm định, hoặc trả lại kèm lý do thì đơn vị sửa được."
        ),
        R.RETURNED: "Đơn vị sửa theo lý do trả lại, lãnh đạo đơn vị nộp lại.",
        R.APPRAISED: (
            "Đơn vị kiến nghị, giải trình trong thời hạn hoặc ghi không kiến nghị; hội nghị thống "
            "nhất điểm khi ký biên bản."
        ),
        R.EXPLAINED: "Khối trưởng, khối phó trả lời giải trình; hội nghị thống nhất điểm sau đó.",
        R.AGREED: (
            "Hội nghị đã thống nhất điểm trong biên bản; cơ quan thường trực xác nhận và khóa "
            "điểm, có sai sót thì đính chính."
        ),
        R.LOCKED: (
            f"{THE_END}: cơ quan thường trực đã khóa điểm mà hội nghị thống nhất; có sai sót thì "
            "cơ quan thường trực đính chính khi năm thi đua chưa bàn giao, lưu."
        ),
    },
    ended=report_ended,
    transitions=(
        Transition(
            name="submit",
            label="Nộp báo cáo",
            sources={R.DRAFT, R.RETURNED},
            target=R.SUBMITTED,
            permission="reports.submit_report",
            guards=SENDING,
            questions=ASKED_OF_SENDING,
            effect=stamp_submission,
            consequence=(
                "Sau khi nộp, đơn vị không sửa được báo cáo và điểm tự chấm "
                "cho đến khi được trả lại."
            ),
        ),
        Transition(
            name="submit_on_paper",
            label="Ghi nhận báo cáo ký trên giấy",
            sources={R.DRAFT, R.RETURNED},
            target=R.SUBMITTED,
            permission="reports.record_report",
            guards=SENDING,
            questions=ASKED_OF_SENDING,
            effect=stamp_submission,
            hidden=True,
        ),
        Transition(
            name="withdraw",
            label="Thu hồi báo cáo",
            sources={R.SUBMITTED},
            target=R.DRAFT,
            also=R.RETURNED,
            goes_also=came_back,
            permission="reports.submit_report",
            guards=(year_is_closing, nobody_has_begun),
            effect=take_back_submission,
            needs_note=True,
            tone="danger",
            consequence=(
                "Thu hồi được cho đến khi khối bắt đầu thẩm định. Lần nộp này coi như chưa nộp: "
                "nộp lại sau hạn thì tính là nộp chậm."
            ),
        ),
        Transition(
            name="put_up",
            label="Trình lãnh đạo",
            sources={R.DRAFT, R.RETURNED},
            target=R.DRAFT,
            also=R.RETURNED,
            goes_also=came_back,
            permission="reports.edit_report",
            guards=(is_not_put_up, *SENDING),
            effect=stamp_put_up,
            consequence=(
                "Báo cáo thành việc của lãnh đạo đơn vị, người xem và nộp; cán bộ vẫn sửa được, "
                "rút lại được cho đến khi lãnh đạo nộp."
            ),
        ),
        Transition(
            name="take_down",
            label="Rút lại, chưa trình lãnh đạo",
            sources={R.DRAFT, R.RETURNED},
            target=R.DRAFT,
            also=R.RETURNED,
            goes_also=came_back,
            permission="reports.record_report",
            guards=(year_is_closing, is_put_up),
            effect=take_down,
            needs_note=True,
            tone="danger",
        ),
        Transition(
            name="appraise",
            label="Hoàn thành thẩm định",
            sources={R.SUBMITTED},
            target=R.APPRAISED,
            permission="reports.appraise_report",
            guards=(
                year_is_not_over,
                amendments_are_settled,
                marking_is_done,
                appraisal_is_whole,
                corrections_are_settled,
            ),
            questions=(
                paper_is_confirmed,
                left_out_leaves_are_confirmed,
                given_losses_are_asked,
            ),
            effect=complete_appraisal,
            consequence=(
                "Đơn vị thấy điểm thẩm định và lý do điều chỉnh; thời hạn kiến nghị tính từ đây."
            ),
        ),
        Transition(
            name="return",
            label="Trả lại báo cáo",
            sources={R.SUBMITTED},
            target=R.RETURNED,
            permission="reports.return_report",
            guards=(year_is_not_over, unit_still_reports),
            effect=keep_return,
            needs_note=True,
            tone="danger",
            consequence=(
                "Đơn vị sửa được báo cáo và phải nộp lại; nếu đã ghi yêu cầu sửa ở từng tiêu chí "
                "thì chỉ sửa được các tiêu chí đó."
            ),
        ),
        Transition(
            name="redo",
            label="Mở lại để làm lại theo sửa đổi",
            sources={R.SUBMITTED},
            target=R.RETURNED,
            permission="reports.submit_report",
            guards=(year_is_not_over, amendment_was_made),
            effect=keep_return,
            needs_note=True,
            hidden=True,
        ),
        Transition(
            name="undo_return",
            label="Hủy việc trả lại",
            sources={R.RETURNED},
            target=R.SUBMITTED,
            permission="reports.return_report",
            guards=(year_is_not_over, unit_has_not_begun),
            effect=forget_return,
            needs_note=True,
            tone="danger",
            consequence="Hủy được cho đến khi đơn vị bắt đầu sửa; báo cáo trở lại là đã nộp.",
        ),
        Transition(
            name="explain",
            label="Gửi giải trình về điểm thẩm định",
            sources={R.APPRAISED},
            target=R.EXPLAINED,
            permission="reports.explain_report",
            guards=(year_is_not_over, has_explanation, objection_is_in_time),
        ),
        Transition(
            name="waive",
            label="Ghi không kiến nghị về điểm",
            sources={R.APPRAISED},
            target=R.APPRAISED,
            permission="reports.explain_report",
            guards=(year_is_not_over, window_is_open),
            effect=stamp_waiver,
            consequence=(
                "Đơn vị thống nhất điểm thẩm định khi còn thời hạn kiến nghị; từ đó không gửi kiến "
                "nghị, giải trình nữa và hội nghị ký biên bản được trước khi hết thời hạn."
            ),
        ),
        Transition(
            name="answer",
            label="Trả lời giải trình",
            sources={R.EXPLAINED},
            target=R.APPRAISED,
            permission="reports.answer_explanation",
            guards=(year_is_not_over, appraisal_is_whole),
            effect=keep_answer,
            needs_note=True,
            note_label="Nội dung trả lời (bắt buộc)",
        ),
        Transition(
            name="agree",
            label="Hội nghị thống nhất điểm",
            sources={R.APPRAISED, R.EXPLAINED},
            target=R.AGREED,
            permission="conferences.record_minutes",
            guards=(appeals_are_answered,),
            hidden=True,
        ),
        Transition(
            name="lock",
            label="Xác nhận và khóa điểm",
            sources={R.AGREED},
            target=R.LOCKED,
            permission="reports.confirm_report",
            consequence="Điểm được khóa; muốn sửa phải lập phiên bản mới có lý do.",
        ),
    ),
)
