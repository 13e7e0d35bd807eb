"""The bloc appraises: beside the unit's points, with a reason, nobody its own unit."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from blocs.reports.actions.scores import save_appraisal
from blocs.reports.models import Score
from blocs.reports.models.versions import last_version
from blocs.reports.workflows import REPORT
from blocs.states import SeatRole, VersionKind
from tests.factories.blocs import ReportFactory, fill, year_with_members
from tests.factories.people import editor_of, leader_of, official
from tests.factories.reports import (
    BONUS,
    CLOSED,
    COUNT,
    DEDUCTION,
    DIRECT,
    RATIO,
    given,
    in_state,
    row_of,
    score_of,
    submitted_report,
)
from thidua.common.models import ActivityEntry
from thidua.common.stamps import OvertakenRowsError
from thidua.common.workflow import perform

pytestmark = pytest.mark.django_db
NEEDS_REASON = "Điểm thẩm định khác điểm tự chấm thì phải nêu lý do."


def refused(report, rows):
    """Sentences by (label, field)."""
    with pytest.raises(ValidationError) as caught:
        save_appraisal(report, rows=rows, actor=leader_of(report.bloc_year.head))
    assert Score.objects.filter(appraised_points__isnull=False).count() == 0
    if not hasattr(caught.value, "error_dict"):
        return caught.value.messages
    return {
        field: [message for error in found for message in error.messages]
        for (_, field), found in caught.value.error_dict.items()
    }


def test_appraised_points_stand_beside_the_unit_s_own():
    report = submitted_report()
    head = leader_of(report.bloc_year.head)
    rows = [given(report, DIRECT, "9", "Thiếu văn bản."), given(report, COUNT, "9.5")]
    save_appraisal(report, rows=rows, actor=head)
    changed, kept = score_of(report, DIRECT), score_of(report, COUNT)
    assert (changed.self_points, changed.appraised_points) == (Decimal("9.5"), 9)
    assert (changed.appraisal_reason, changed.appraised_by) == ("Thiếu văn bản.", head)
    assert (kept.self_points, kept.appraised_points) == (Decimal("9.5"), Decimal("9.5"))
    report.refresh_from_db()
    assert report.appraised_total == Decimal("18.5")


def test_total_of_one_sheet_appraised_as_it_was_is_the_same():
    report = submitted_report()
    labels = (DIRECT, RATIO, COUNT, BONUS)
    rows = [given(report, label, "4" if label == BONUS else "9.5", "Đủ.") for label in labels]
    save_appraisal(report, rows=rows, actor=leader_of(report.bloc_year.head))
    report.refresh_from_db()
    assert report.appraised_total == Decimal("32.5")


@pytest.mark.parametrize("points", ("9", "10"))
def test_points_that_differ_need_a_reason(points):
    report = submitted_report()
    assert refused(report, [given(report, DIRECT, points)]) == {"reason": [NEEDS_REASON]}


def test_points_for_a_leaf_the_unit_left_empty_need_a_reason():
    report = submitted_report()
    assert refused(report, [given(report, DEDUCTION, "-0.5")]) == {
        "reason": ["Đơn vị không tự chấm tiêu chí này; cho điểm thì phải nêu lý do."]
    }


def test_deduction_the_unit_did_not_name_is_taken_off():
    report = submitted_report()
    rows = [given(report, DEDUCTION, "-0.5", "Nộp chậm."), given(report, DIRECT, "9.5")]
    save_appraisal(report, rows=rows, actor=leader_of(report.bloc_year.head))
    report.refresh_from_db()
    assert report.appraised_total == 9


@pytest.mark.parametrize(
    ("label", "points", "sentence"),
    (
        (DIRECT, "41", "Điểm 41 nằm ngoài khoảng từ 0 đến 40."),
        (DIRECT, "-1", "Điểm −1 nằm ngoài khoảng từ 0 đến 40."),
        (DEDUCTION, "0.5", "Điểm trừ viết bằng số âm, ví dụ −0,5."),
    ),
)
def test_points_out_of_range_are_refused(label, points, sentence):
    report = submitted_report()
    assert refused(report, [given(report, label, points, "Lý do.")]) == {"points": [sentence]}


def test_appraised_points_can_be_taken_back():
    report = submitted_report()
    head = leader_of(report.bloc_year.head)
    save_appraisal(report, rows=[given(report, DIRECT, "9", "Thiếu.")], actor=head)
    save_appraisal(report, rows=[given(report, DIRECT, None, "", 1)], actor=head)
    score = score_of(report, DIRECT)
    assert (score.appraised_points, score.appraised_by, score.self_points) == (
        None,
        None,
        Decimal("9.5"),
    )


def test_two_appraisers_of_one_row_are_told():
    report = submitted_report()
    year = report.bloc_year
    save_appraisal(report, rows=[given(report, DIRECT, "9", "Thiếu.")], actor=leader_of(year.head))
    with pytest.raises(OvertakenRowsError):
        save_appraisal(
            report, rows=[given(report, DIRECT, "8", "Khác.")], actor=leader_of(year.deputy)
        )
    assert score_of(report, DIRECT).appraised_points == 9


def test_nobody_appraises_the_own_unit():
    year = year_with_members(3)
    report = fill(ReportFactory(bloc_year=year, unit=year.head, submitted=True))
    for person in (leader_of(year.head), editor_of(year.head)):
        with pytest.raises(PermissionDenied):
            save_appraisal(report, rows=[given(report, DIRECT, "9.5")], actor=person)
    save_appraisal(report, rows=[given(report, DIRECT, "9.5")], actor=leader_of(year.deputy))
    save_appraisal(report, rows=[given(report, COUNT, "9.5")], actor=official(SeatRole.OFFICE))
    assert [score_of(report, label).appraised_points for label in (DIRECT, COUNT)] == [
        Decimal("9.5"),
        Decimal("9.5"),
    ]


def test_strangers_do_not_appraise():
    report = submitted_report()
    for person in (
        leader_of(year_with_members(3).head),
        editor_of(report.bloc_year.deputy),
        official(SeatRole.COUNCIL),
        leader_of(report.unit),
    ):
        with pytest.raises(PermissionDenied):
            save_appraisal(report, rows=[given(report, DIRECT, "9.5")], actor=person)


@pytest.mark.parametrize("state", ("returned", "appraised"))
def test_appraisal_is_closed_in_other_states(state):
    report = in_state(submitted_report(), state)
    words = CLOSED[state]
    assert refused(report, [given(report, DIRECT, "9.5")]) == [words]


def test_log_book_tells_points_and_reason():
    report = submitted_report()
    head = leader_of(report.bloc_year.head)
    save_appraisal(report, rows=[given(report, DIRECT, "9", "Thiếu.")], actor=head)
    entry = ActivityEntry.objects.about(report).get()
    leaf = {"code": "I.1", "name": "Hoàn thành nhiệm vụ được giao"}
    assert (entry.label, entry.changes) == (
        "Lưu điểm thẩm định: 01 tiêu chí",
        [
            leaf | {"field": "điểm thẩm định", "before": "", "after": "9"},
            leaf | {"field": "lý do điều chỉnh", "before": "", "after": "Thiếu."},
        ],
    )


def test_whole_way_of_a_report_keeps_both_totals():
    report = submitted_report()
    year = report.bloc_year
    head = leader_of(year.head)
    rows = [
        given(report, DIRECT, "9", "Thiếu."),
        *(given(report, label, "9.5") for label in (RATIO, COUNT)),
        given(report, BONUS, "5", "Vượt trần."),
    ]
    save_appraisal(report, rows=rows, actor=head)
    report = perform(REPORT, "appraise", report, actor=head)
    assert (report.state, report.appraised_total) == ("appraised", 33)
    report.explanation = "Đã có văn bản số 12."
    report.save()
    report = perform(REPORT, "explain", report, actor=leader_of(report.unit))
    save_appraisal(report, rows=[given(report, DIRECT, "9.5", "", 1)], actor=head)
    report = perform(REPORT, "answer", report, actor=head, note="Nhất trí.")
    assert (report.state, report.answer, report.appraised_total) == (
        "appraised",
        "Nhất trí.",
        Decimal("33.5"),
    )
    kept = last_version(report)
    assert (kept.kind, kept.reason, kept.appraised_total) == (
        VersionKind.APPRAISED,
        "Trả lời giải trình.",
        Decimal("33.5"),
    )


def test_appraisal_cannot_be_finished_with_a_leaf_open():
    report = submitted_report()
    with pytest.raises(ValidationError) as caught:
        perform(REPORT, "appraise", report, actor=leader_of(report.bloc_year.head))
    assert caught.value.messages == ["Còn 04 tiêu chí chưa có điểm thẩm định: I.1, I.2, II.1, III."]
    assert row_of(report, DIRECT).is_appraised is False
