"""What every guard says: nothing at the edge where the move is free, its sentence beyond it."""

import datetime as dt
from decimal import Decimal

from blocs.appraisal.models import Appeal
from blocs.appraisal.workflows import appeal_is_in_time, appeal_is_written, report_takes_appeals
from blocs.reports import workflows as reports
from blocs.reports.models import Assignment, Correction, Report
from blocs.reports.models.assignments import NOBODY
from blocs.states import (
    TAKING_REPORTS,
    AppealState,
    AppraisalMode,
    ReportState,
    YearState,
)
from blocs.years.models import BlocYear
from tests.factories.blocs import (
    ReportFactory,
    regulate,
    year_with_members,
)
from tests.factories.people import UnitFactory, UserFactory
from tests.factories.reports import COUNT, DIRECT, RATIO, row_of, submitted_report
from thidua.common.vietnamese.dates import ZONE
from thidua.papers.models import SignedCopy

# Monday noon; a sheet appraised a week before may be objected to until today.
NOW = dt.datetime(2026, 11, 23, 12, tzinfo=ZONE)
LAST, OVER = NOW - dt.timedelta(days=7), NOW - dt.timedelta(days=10)
R = ReportState


def only(states, takes, sentence):
    """(state, nothing or the sentence) for each state: free in those of `takes`."""
    return [(state, [] if state in takes else [sentence(state)]) for state in states]


# --- reports -------------------------------------------------------------------------------------


def without(label):
    report = submitted_report()
    row_of(report, label).score.delete()
    return report


def counting_zero(report):
    """The same in a year in which an empty leaf counts 0."""
    regulate(report.bloc_year, empty_is_zero=True)
    return report


def changed(label, **values):
    """A sent sheet with one leaf said otherwise."""
    report = submitted_report()
    report.scores.filter(criterion=row_of(report, label).criterion).update(**values)
    return report


def to_prove(*labels):
    """A sent sheet whose leaves of these numbers need a file."""
    report = submitted_report()
    leaves = [row_of(report, label).criterion.pk for label in labels]
    report.table.criteria.filter(pk__in=leaves).update(needs_evidence=True)
    return report


def sent_by_hand():
    """A sheet that its unit sent in by a paper, read anew."""
    report = submitted_report()
    report.copy = SignedCopy(
        number="09/BC",
        signed_on=dt.date(2026, 11, 19),
        received_on=dt.date(2026, 11, 20),
        recorded_by=UserFactory(full_name="Lê Thị Ghi"),
    )
    return report


def given(*missing):
    """A sheet judged at every leaf but these."""
    report = submitted_report()
    report.scores.update(appraised_points=Decimal("9.5"))
    for label in missing:
        report.scores.filter(criterion=row_of(report, label).criterion).update(
            appraised_points=None
        )
    return report


def to_correct(*moments):
    """A sent sheet with a correction asked at each of its first leaves: (answered, checked)."""
    report = submitted_report()
    asked = {"report": report, "asked_by": UserFactory(), "asked_at": OVER, "reason": "Thiếu."}
    for label, (answered, checked) in zip((DIRECT, RATIO), moments, strict=False):
        criterion = row_of(report, label).criterion
        times = {"answered_at": answered, "checked_at": checked}
        Correction.objects.create(criterion=criterion, **asked, **times)
    return report


def appraised(at=LAST, days=5, **values):
    year = year_with_members()
    regulate(year, appeal_days=days)
    return Report(bloc_year=year, unit=year.head, appraised_at=at, **values)


def objected(state):
    report = ReportFactory(unit=UnitFactory(name="Sở Kiện"))
    Appeal.objects.create(
        report=report,
        criterion=row_of(report, DIRECT).criterion,
        text="Xem lại",
        state=state,
        raised_at=None if state == AppealState.DRAFT else LAST,
        answer="Giữ.",
    )
    return report


def marked_by_units(mode, *, asked=0, done=0):
    report = submitted_report()
    regulate(report.bloc_year, appraisal_mode=mode)
    for number in range(asked):
        at = LAST if number < done else None
        unit = UnitFactory(name=f"Sở Chấm {number}")
        report.bloc_year.members.create(unit=unit, order=90 + number)
        Assignment.objects.create(report=report, unit=unit, done_at=at)
    return report


def with_loss(taken, appraised=False):
    """A sheet whose second group gained 30 and loses `taken` by a line of its own."""
    report = submitted_report()
    group = report.table.criteria.get(code="II")
    line = report.table.criteria.create(
        parent=group, code="2", name="Vi phạm", kind="deduction", max_points=0, order=9
    )
    leaf = row_of(report, COUNT).criterion
    given = {"appraised_points": 30, "appraisal_reason": "Đủ."} if appraised else {}
    report.scores.filter(criterion=leaf).update(value=3, self_points=30, **given)
    lost = {"appraised_points": f"-{taken}", "appraisal_reason": "Vi phạm."} if appraised else {}
    report.scores.create(criterion=line, value=taken, self_points=f"-{taken}", **lost)
    return type(report).objects.get(pk=report.pk)


LOSS = (
    "“Phong trào thi đua”: trừ {} lớn hơn 30 điểm đạt được của mục; quy định không nêu có trừ quá "
    "điểm của mục hay không, đang tính {}."
)
TEN = (
    "Thời hạn kiến nghị{} đã hết hạn ngày 20/11/2026 (dự kiến: lịch nghỉ năm 2026 chưa được xác "
    "nhận)."
)
UNSENT = "Còn 01 yêu cầu sửa tiêu chí chưa gửi đơn vị: trả lại báo cáo, hoặc bỏ yêu cầu."
LATE_STATES = (YearState.RANKED, YearState.PROPOSED, YearState.DECIDED, YearState.ARCHIVED)
STAYS = "{}: báo cáo giữ nguyên, không trả lại, thẩm định hoặc giải trình nữa."
NO_MEMBER = "Đơn vị không phải thành viên của năm thi đua này."
NOT_CLOSING = "Năm thi đua chưa mở đợt tổng kết hoặc đợt tổng kết đã kết thúc."
BODIES_WAIT = "Còn 01 đơn vị chưa chấm xong: Sở Chấm 1."
OF_REPORTS = {
    reports.year_is_not_over: [
        (lambda state=state: Report(bloc_year=BlocYear(state=state)), told)
        for state, told in only(
            YearState,
            set(YearState) - set(LATE_STATES[1:]),
            lambda state: STAYS.format(
                "Đề nghị khen thưởng của năm đã gửi tỉnh"
                if state == YearState.PROPOSED
                else "Năm thi đua đã kết thúc"
            ),
        )
    ],
    reports.unit_still_reports: [
        (lambda: Report(bloc_year=(year := year_with_members(2)), unit=year.head), []),
        (lambda: Report(bloc_year=year_with_members(2), unit=UnitFactory()), [NO_MEMBER]),
    ],
    reports.year_is_closing: [
        (lambda state=state: Report(bloc_year=BlocYear(state=state)), told)
        for state, told in only(YearState, TAKING_REPORTS, lambda state: NOT_CLOSING)
    ],
    reports.left_out_leaves_have_reasons: [
        (submitted_report, []),
        (lambda: changed(RATIO, not_applicable=True, note="CV 12/UBND không giao."), []),
        (
            lambda: changed(RATIO, not_applicable=True, note=" "),
            [
                "Còn 01 tiêu chí ghi “Không giao chỉ tiêu” mà chưa nêu lý do ở phần thuyết minh: "
                "I.2."
            ],
        ),
    ],
    reports.left_out_leaves_are_confirmed: [
        (submitted_report, []),
        # Points instead of it are an answer, too.
        (
            lambda: changed(
                RATIO,
                not_applicable=True,
                note="CV 12.",
                appraised_points=5,
                appraisal_reason="Có giao.",
            ),
            [],
        ),
        (
            lambda: changed(RATIO, not_applicable=True, note="CV 12."),
            [
                "Đơn vị ghi “Không giao chỉ tiêu” ở mục I.2: CV 12.",
                "Xác nhận các tiêu chí trên không giao cho đơn vị?",
            ],
        ),
    ],
    reports.empty_leaves_are_confirmed: [
        (submitted_report, []),
        (lambda: without(RATIO), []),
        (lambda: counting_zero(changed(RATIO, value=0, self_points=0)), []),
        (
            lambda: counting_zero(without(RATIO)),
            [
                "Còn 01 tiêu chí để trống, theo quy định của năm được tính 0 điểm: I.2. Vẫn nộp?",
            ],
        ),
    ],
    reports.paper_is_confirmed: [
        (submitted_report, []),
        (
            sent_by_hand,
            [
                "Báo cáo nộp theo bản giấy số 09/BC ký ngày 19/11/2026, nhận ngày 20/11/2026, do "
                "Lê Thị Ghi ghi nhận. Đã xem bản quét: đúng người ký, đúng ngày ký và đúng ngày "
                "nhận? Không đúng thì trả lại báo cáo."
            ],
        ),
    ],
    reports.own_losses_are_asked: [
        (submitted_report, []),
        (lambda: with_loss(taken="30"), []),
        (lambda: with_loss(taken="30.5"), [LOSS.format("30,5", "−0,5")]),
    ],
    reports.given_losses_are_asked: [
        (submitted_report, []),
        (lambda: with_loss(taken="30", appraised=True), []),
        (lambda: with_loss(taken="41", appraised=True), [LOSS.format("41", "−11")]),
    ],
    reports.has_narrative: [
        (lambda: Report(results="1"), []),
        (lambda: Report(results=" \n"), ["Báo cáo chưa có phần kết quả thực hiện nhiệm vụ."]),
    ],
    reports.all_leaves_are_filled: [
        (submitted_report, []),
        (lambda: changed(DIRECT, value=0, self_points=0), []),
        (lambda: without(DIRECT), ["Còn 01 tiêu chí chưa tự chấm: I.1."]),
        (lambda: counting_zero(without(DIRECT)), []),
        (
            lambda: ReportFactory(),
            ["Còn 03 tiêu chí chưa tự chấm: I.1, I.2, II.1."],
        ),
    ],
    reports.evidence_is_attached: [
        (submitted_report, []),
        (
            lambda: to_prove(DIRECT, RATIO),
            ["Còn 02 tiêu chí phải có minh chứng: I.1, I.2."],
        ),
    ],
    reports.appraisal_is_whole: [
        (given, []),
        (lambda: given(RATIO), ["Còn 01 tiêu chí chưa có điểm thẩm định: I.2."]),
    ],
    reports.corrections_are_settled: [
        (submitted_report, []),
        (lambda: to_correct((LAST, LAST)), []),
        (lambda: to_correct((None, None)), [UNSENT]),
        (lambda: to_correct((LAST, None)), ["Còn 01 tiêu chí đã sửa chưa kiểm tra lại: I.1."]),
        (
            lambda: to_correct((None, None), (LAST, None)),
            [UNSENT, "Còn 01 tiêu chí đã sửa chưa kiểm tra lại: I.2."],
        ),
    ],
    reports.has_explanation: [
        (lambda: Report(explanation="1"), []),
        (lambda: Report(explanation=" "), ["Chưa ghi nội dung giải trình."]),
    ],
    reports.objection_is_in_time: [
        (appraised, []),
        (lambda: appraised(OVER), [TEN.format(", giải trình")]),
        # A year without such days, and a sheet judged before they were counted, set no end.
        (lambda: appraised(OVER, days=None), []),
        (lambda: appraised(None), []),
    ],
    reports.appeals_are_answered: [
        (lambda state=state: objected(state), told)
        for state, told in only(
            AppealState,
            set(AppealState) - {AppealState.OPEN},
            lambda state: "Sở Kiện còn 01 kiến nghị về điểm chưa được trả lời.",
        )
    ],
    reports.marking_is_done: [
        (lambda: marked_by_units(AppraisalMode.HEAD, asked=1), []),
        (lambda: marked_by_units(AppraisalMode.GROUP), [NOBODY]),
        (lambda: marked_by_units(AppraisalMode.PAIRS), [NOBODY]),
        (lambda: marked_by_units(AppraisalMode.BODIES), []),
        *(
            (lambda mode=mode: marked_by_units(mode, asked=2, done=1), [BODIES_WAIT])
            for mode in (AppraisalMode.GROUP, AppraisalMode.PAIRS, AppraisalMode.BODIES)
        ),
        (lambda: marked_by_units(AppraisalMode.PAIRS, asked=2, done=2), []),
    ],
    report_takes_appeals: [
        (lambda state=state: Appeal(report=Report(state=state)), told)
        for state, told in only(
            R,
            {R.APPRAISED, R.EXPLAINED},
            lambda state: f"Báo cáo đang ở trạng thái “{state.label}” nên không kiến nghị được.",
        )
    ],
    appeal_is_in_time: [
        (lambda: Appeal(report=appraised()), []),
        (lambda: Appeal(report=appraised(OVER)), [TEN.format("")]),
        *(
            (
                build,
                ["Quy định của năm không đặt thời hạn kiến nghị nên không nhận kiến nghị."],
            )
            for build in (
                lambda: Appeal(report=appraised(days=None)),
                lambda: Appeal(report=appraised(None)),
            )
        ),
    ],
    appeal_is_written: [
        (lambda: Appeal(text="1"), []),
        (lambda: Appeal(text=" "), ["Chưa ghi nội dung kiến nghị."]),
    ],
}
