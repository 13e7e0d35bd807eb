"""What a move of a report demands, and what it asks before it goes on."""

from django.utils import timezone

from blocs.reports.domain.sheet_rows import labels
from blocs.reports.models.appeal_window import appeal_window
from blocs.reports.models.assignments import assignments_of, mode_of, nobody_words, undone
from blocs.reports.models.corrections import open_corrections, unchecked_corrections
from blocs.reports.models.sendings import content_stamp, work_began_at
from blocs.reports.models.sheet_basis import amendment_faults
from blocs.reports.models.sheets import sheet_of
from blocs.states import (
    OPEN_STATES,
    TAKING_REPORTS,
    WHOLE_SHEET_MODES,
    AppealState,
    AppraisalMode,
    YearState,
)
from blocs.years.domain.taking_part import Duty
from blocs.years.models.changes import duty_refusals
from blocs.years.workflows.ends import end_of_duty
from thidua.common.basis import UNCHANGED, basis_changes
from thidua.common.models import came_back
from thidua.common.vietnamese.dates import moment_words
from thidua.common.workflow import THE_END

# Years in which no report is sent or agreed any more.
OVER = {
    YearState.PROPOSED: "Đề nghị khen thưởng của năm đã gửi tỉnh",
    YearState.DECIDED: "Năm thi đua đã kết thúc",
    YearState.ARCHIVED: "Năm thi đua đã kết thúc",
}


def marking_is_done(report):
    """Where units mark, the head finishes only after all of them."""
    mode = mode_of(report.bloc_year)
    if mode == AppraisalMode.HEAD:
        return []
    assignments = assignments_of(report)
    if not assignments and mode in WHOLE_SHEET_MODES:
        return [nobody_words(report)]
    waiting = undone(assignments)
    if not waiting:
        return []
    names = "; ".join(one.unit.name for one in waiting)
    return [f"Còn {len(waiting):02d} đơn vị chưa chấm xong: {names}."]


def year_is_closing(report):
    """Reports are sent in while the bloc closes its books, late ones until the proposal is sent."""
    if report.bloc_year.state in TAKING_REPORTS:
        return []
    return ["Năm thi đua chưa mở đợt tổng kết hoặc đợt tổng kết đã kết thúc."]


def year_is_not_over(report):
    """A sheet moves only while its unit could send it again and a sitting could agree it."""
    over = OVER.get(report.bloc_year.state)
    if not over:
        return []
    return [f"{over}: báo cáo giữ nguyên, không trả lại, thẩm định hoặc giải trình nữa."]


def unit_still_reports(report):
    """Who left the year is given nothing back: it could not send it again."""
    return duty_refusals(report.bloc_year, report.unit, Duty.REPORT)


def report_ended(report):
    """The end of a report that no sitting agreed while its year took any, or that is not owed."""
    year = report.bloc_year
    if report.state in OPEN_STATES:
        return ""
    if year.state not in OVER:
        return end_of_duty(year, report.unit, Duty.REPORT, "báo cáo")
    if year.state == YearState.PROPOSED:
        return (
            f"{OVER[year.state]} nên báo cáo không nộp, trả lại hoặc thẩm định được nữa; cơ quan "
            "thường trực trả lại đề nghị thì mới tiếp tục được."
        )
    return f"{THE_END}: năm thi đua đã kết thúc, báo cáo giữ nguyên."


def amendments_are_settled(report):
    """A sheet is appraised by the table and rules that its unit has seen."""
    return amendment_faults(report)


def amendment_was_made(report):
    """The unit opens its own sheet again for an amendment alone."""
    return [] if basis_changes(report) else [UNCHANGED]


def nobody_has_begun(report):
    """What was sent can be taken back until the bloc works on it."""
    at = work_began_at(report)
    if at is None:
        return []
    return [
        f"Đã bắt đầu thẩm định lúc {moment_words(at)} nên không thu hồi được nữa; cần sửa thì "
        f"đề nghị {returner_words(report)} trả lại báo cáo."
    ]


def returner_words(report):
    """Who may send the sheet back: the head; its own sheet the deputy, else the office."""
    year = report.bloc_year
    if report.unit_id != year.head_id:
        return "đơn vị đứng đầu"
    return f"{year.bloc.word} phó" if year.deputy_ids else "cơ quan thường trực"


def unit_has_not_begun(report):
    """A return can be taken back until the unit changes something."""
    if not report.returned_as or report.returned_as == content_stamp(report):
        return []
    return ["Đơn vị đã bắt đầu sửa báo cáo nên không hủy việc trả lại được nữa."]


def is_sent_unchanged(report):
    """Asked of a report that comes back as it was returned."""
    found = report.unchanged_words("Báo cáo", content_stamp(report)) if came_back(report) else []
    return [f"{words} Vẫn nộp lại?" for words in found]


def left_out_leaves_have_reasons(report):
    """A leaf that was not assigned says why, and by what paper."""
    bare = [row for row in sheet_of(report).left_out() if not row.score.note.strip()]
    if not bare:
        return []
    return [
        f"Còn {len(bare):02d} tiêu chí ghi “Không giao chỉ tiêu” mà chưa nêu lý do ở phần thuyết "
        f"minh: {labels(bare)}."
    ]


def left_out_leaves_are_confirmed(report):
    """Who appraises confirms each leaf that the unit left out, with its reason in view."""
    found = [
        f"Đơn vị ghi “Không giao chỉ tiêu” ở mục {row.label}: {row.score.note.strip()}"
        for row in sheet_of(report).left_out()
        if row.score.appraised_points is None
    ]
    return [*found, "Xác nhận các tiêu chí trên không giao cho đơn vị?"] if found else []


def paper_is_confirmed(report):
    """Who appraises has seen the scan: signers and days are the word of the unit alone till then.

    Source: NĐ 30/2020, the body that receives a paper checks it and notes the day it came in.
    """
    if not report.copy:
        return []
    return [
        f"Báo cáo nộp theo {report.copy.words}, do {report.copy.recorded_by} ghi nhận. Đã xem bản "
        "quét: đúng người ký, đúng ngày ký và đúng ngày nhận? Không đúng thì trả lại báo cáo."
    ]


def own_losses_are_asked(report):
    return list(sheet_of(report).self_total().asked)


def empty_leaves_are_confirmed(report):
    """Who sends the sheet knows which leaves count 0 by the rule of the year."""
    found = sheet_of(report).left_empty()
    if not found:
        return []
    return [
        f"Còn {len(found):02d} tiêu chí để trống, theo quy định của năm được tính 0 điểm: "
        f"{labels(found)}. Vẫn nộp?"
    ]


def given_losses_are_asked(report):
    return list(sheet_of(report).appraised_total().asked)


def has_narrative(report):
    return [] if report.results.strip() else ["Báo cáo chưa có phần kết quả thực hiện nhiệm vụ."]


def all_leaves_are_filled(report):
    """0 is a score, empty is not."""
    missing = sheet_of(report).missing()
    if not missing:
        return []
    return [f"Còn {len(missing):02d} tiêu chí chưa tự chấm: {labels(missing)}."]


def evidence_is_attached(report):
    """A leaf that must be proved has a file."""
    lacking = sheet_of(report).without_evidence()
    if not lacking:
        return []
    return [f"Còn {len(lacking):02d} tiêu chí phải có minh chứng: {labels(lacking)}."]


def appraisal_is_whole(report):
    missing = sheet_of(report).not_appraised()
    if not missing:
        return []
    return [f"Còn {len(missing):02d} tiêu chí chưa có điểm thẩm định: {labels(missing)}."]


def corrections_are_settled(report):
    """Whoever asked for a correction has looked at it, and nothing asked stays unsent."""
    found = []
    if waiting := open_corrections(report):
        found.append(
            f"Còn {len(waiting):02d} yêu cầu sửa tiêu chí chưa gửi đơn vị: trả lại báo cáo, hoặc "
            "bỏ yêu cầu."
        )
    if unchecked := unchecked_corrections(report):
        numbers = {row.criterion.pk: row for row in sheet_of(report).rows}
        rows = [numbers[correction.criterion_id] for correction in unchecked]
        found.append(f"Còn {len(rows):02d} tiêu chí đã sửa chưa kiểm tra lại: {labels(rows)}.")
    return found


def objection_is_in_time(report):
    """The unit's word on the appraisal has the same last day as an appeal about one leaf."""
    window = appeal_window(report, timezone.localdate())
    if window is None or window.is_open:
        return []
    return [f"Thời hạn kiến nghị, giải trình {window.words}."]


def is_not_put_up(report):
    """Put up once: until it is sent in or taken down it waits for the leader."""
    if report.put_up_at is None:
        return []
    return [f"Đã trình lãnh đạo lúc {moment_words(report.put_up_at)}, chờ lãnh đạo nộp."]


def is_put_up(report):
    return [] if report.put_up_at else ["Báo cáo chưa trình lãnh đạo nên không có gì để rút."]


def window_is_open(report):
    """A unit waives what it still has: days in which it may object, and no open objection."""
    window = appeal_window(report, timezone.localdate())
    if window is None:
        return ["Quy định của năm không đặt thời hạn kiến nghị nên không cần ghi."]
    if not window.is_open:
        return [f"Thời hạn kiến nghị, giải trình {window.words}."]
    return appeals_are_answered(report)


def appeals_are_answered(report):
    """Points are agreed only after every objection was answered."""
    count = report.appeals.filter(state=AppealState.OPEN).count()
    if not count:
        return []
    return [f"{report.unit.name} còn {count:02d} kiến nghị về điểm chưa được trả lời."]


def has_explanation(report):
    return [] if report.explanation.strip() else ["Chưa ghi nội dung giải trình."]
