"""Several units mark one sheet: blind, with reasons, and their marks become one."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from blocs.appraisal.actions.marks import combine_marks, combining_words, finish_marks, save_marks
from blocs.appraisal.models import Mark
from blocs.appraisal.models.markings import marked_sheet, may_see_marks
from blocs.criteria.models import CompetentBody
from blocs.reports.domain.sheet_rows import GivenRow
from blocs.reports.models import Assignment, Correction
from blocs.reports.models.assignments import assignments_of
from blocs.reports.workflows import REPORT
from blocs.states import AppraisalMode, ReportState, SeatRole
from tests.factories.appraisals import (
    assigned,
    finished,
    marked_year,
    marks,
    report_of,
    units_of,
)
from tests.factories.people import UnitFactory, editor_of, leader_of, official
from tests.factories.reports import (
    BONUS,
    CLOSED,
    COUNT,
    DEDUCTION,
    DIRECT,
    RATIO,
    in_state,
    row_of,
    score_of,
    submitted_report,
)
from thidua.common.models import ActivityEntry
from thidua.common.stamps import OVERTAKEN, OvertakenRowsError, stamp_of_words
from thidua.common.workflow import perform

pytestmark = pytest.mark.django_db
M = AppraisalMode
NEEDS_REASON = "Điểm thẩm định khác điểm tự chấm thì phải nêu lý do."


def pk_of(report, label):
    return row_of(report, label).criterion.pk


def row(report, label, points, reason="", revision=0):
    number = None if points is None else Decimal(points)
    return GivenRow(pk_of(report, label), revision, number, reason)


def last_sheet(mode=M.GROUP, scorers=3, **rules):
    """The sheet of the last of five members, assigned to the first `scorers` of them."""
    year = marked_year(5, mode=mode, **rules)
    *others, own = units_of(year)
    report = report_of(year, own)
    return report, assigned(report, *others[:scorers])


def combine(report, actor, decided=None):
    return combine_marks(
        report,
        decided=decided or {},
        seen=stamp_of_words(combining_words(report, assignments_of(report))),
        actor=actor,
    )


def test_mark_stands_beside_the_own_points_and_leaves_the_sheet_alone():
    report, (first, *_) = last_sheet()
    person = editor_of(first.unit)
    save_marks(first, rows=[row(report, DIRECT, "9", "Thiếu văn bản.")], actor=person)
    mark = Mark.objects.get()
    assert (mark.points, mark.reason, mark.revision, mark.saved_by) == (
        9,
        "Thiếu văn bản.",
        1,
        person,
    )
    score = score_of(report, DIRECT)
    assert (score.self_points, score.appraised_points) == (Decimal("9.5"), None)
    assert ActivityEntry.objects.about(report).count() == 0
    entry = ActivityEntry.objects.about(first).get()
    assert (entry.label, [change["after"] for change in entry.changes]) == (
        "Lưu điểm chấm: 01 tiêu chí",
        ["9", "Thiếu văn bản."],
    )


@pytest.mark.parametrize(
    ("points", "reason", "field", "sentence"),
    (
        ("9", "", "reason", NEEDS_REASON),
        ("41", "Vượt.", "points", "Điểm 41 nằm ngoài khoảng từ 0 đến 40."),
    ),
)
def test_mark_keeps_the_rules_of_an_appraisal(points, reason, field, sentence):
    report, (first, *_) = last_sheet()
    with pytest.raises(ValidationError) as caught:
        save_marks(first, rows=[row(report, DIRECT, points, reason)], actor=editor_of(first.unit))
    (key, errors), *_ = caught.value.error_dict.items()
    assert (key[1], errors[0].messages) == (field, [sentence])
    assert Mark.objects.count() == 0


def test_two_people_of_one_unit_are_told():
    report, (first, *_) = last_sheet()
    save_marks(first, rows=[row(report, DIRECT, "9", "Thiếu.")], actor=editor_of(first.unit))
    with pytest.raises(OvertakenRowsError):
        save_marks(first, rows=[row(report, DIRECT, "8", "Khác.")], actor=leader_of(first.unit))
    save_marks(first, rows=[row(report, DIRECT, "8", "Khác.", 1)], actor=leader_of(first.unit))
    assert Mark.objects.get().points == 8


def test_finishing_needs_a_mark_at_every_leaf_the_unit_answered():
    report, (first, *_) = last_sheet()
    person = editor_of(first.unit)
    with pytest.raises(ValidationError) as caught:
        finish_marks(first, rows=[row(report, DIRECT, "9.5")], actor=person)
    assert caught.value.messages == ["Còn 03 tiêu chí chưa chấm: I.2, II.1, III."]
    assert Mark.objects.count() == 0
    finish_marks(first, rows=marks(first), actor=person)
    first.refresh_from_db()
    assert (first.done_at is not None, first.done_by) == (True, person)
    with pytest.raises(ValidationError) as caught:
        save_marks(first, rows=[row(report, DIRECT, "9", "Thiếu.", 1)], actor=person)
    assert caught.value.messages == [
        "Đơn vị đã xác nhận chấm xong bảng điểm này nên không sửa được."
    ]


def test_nobody_else_marks():
    report, (first, *_) = last_sheet()
    year, *_, own = report.bloc_year, report.unit
    strangers = (
        editor_of(units_of(year)[3]),
        leader_of(own),
        official(SeatRole.OFFICE),
        editor_of(marked_year(3).head),
    )
    for person in strangers:
        with pytest.raises(PermissionDenied):
            save_marks(first, rows=[row(report, DIRECT, "9.5")], actor=person)


def test_person_of_both_units_does_not_mark_the_own_sheet():
    report, (first, *_) = last_sheet()
    person = editor_of(first.unit)
    person.seats.create(role=SeatRole.EDITOR, unit=report.unit, starts_on="2020-01-01")
    with pytest.raises(PermissionDenied):
        save_marks(first, rows=[row(report, DIRECT, "9.5")], actor=person)


@pytest.mark.parametrize("state", (ReportState.RETURNED, ReportState.APPRAISED))
def test_marking_is_closed_in_other_states(state):
    report, (first, *_) = last_sheet()
    in_state(report, state)
    with pytest.raises(ValidationError) as caught:
        save_marks(first, rows=[row(report, DIRECT, "9.5")], actor=editor_of(first.unit))
    assert caught.value.messages == [CLOSED[state]]


def test_body_marks_its_own_leaves_only():
    year = marked_year(3, mode=M.BODIES)
    report, finance = report_of(year, units_of(year)[2]), UnitFactory()
    body = CompetentBody.objects.create(bloc_year=year, unit=finance)
    body.criteria.add(pk_of(report, RATIO))
    (one,) = assigned(report, finance)
    person = editor_of(finance)
    assert [found.label for found in marked_sheet(one).rows] == [RATIO]
    with pytest.raises(ValidationError) as caught:
        save_marks(one, rows=[row(report, DIRECT, "9", "Thiếu.")], actor=person)
    assert caught.value.messages == ["Có tiêu chí không thuộc bảng chấm điểm của báo cáo."]
    finish_marks(one, rows=[row(report, RATIO, "9", "Đối chiếu quyết toán.")], actor=person)
    combine(report, leader_of(year.head))
    assert score_of(report, RATIO).appraised_points == 9
    assert score_of(report, DIRECT).appraised_points is None


def test_marks_become_points_with_who_gave_what():
    report, rows = last_sheet()
    for one, points in zip(rows, ("9.5", "9", "8.5"), strict=True):
        finished(one, **{DIRECT: (points, "" if points == "9.5" else f"Chấm {points}.")})
    head = leader_of(report.bloc_year.head)
    combine(report, head)
    score, same = score_of(report, DIRECT), score_of(report, COUNT)
    names = [one.unit.name for one in rows]
    assert (score.appraised_points, score.appraised_by) == (9, head)
    assert score.appraisal_reason.splitlines()[0] == "Trung bình của 3 người chấm: 9,5; 9,0; 8,5."
    assert set(score.appraisal_reason.splitlines()[1:]) == {
        f"{names[1]}: Chấm 9.",
        f"{names[2]}: Chấm 8.5.",
    }
    assert (same.appraised_points, same.appraisal_reason) == (Decimal("9.5"), "")
    report = perform(REPORT, "appraise", report, actor=head)
    assert (report.state, report.appraised_total) == ("appraised", Decimal("37.5"))


def test_last_round_counts_where_the_rule_says_so():
    report, rows = last_sheet(scorers=2, rounds=2, round_mode="last")
    for one in rows:
        finished(one, "9.5", **{DIRECT: ("5", "Chưa rõ.")})
    head = leader_of(report.bloc_year.head)
    with pytest.raises(ValidationError) as caught:
        combine(report, head)
    assert caught.value.messages == ["Quy định có 02 vòng chấm; mới xong vòng 1. Hãy mở vòng sau."]
    for one in assigned(report, *(one.unit for one in rows), round=2):
        finished(one, "9.5", **{DIRECT: ("8", "Đã bổ sung.")})
    combine(report, head)
    score = score_of(report, DIRECT)
    assert (score.appraised_points, score.appraisal_reason.splitlines()[0]) == (
        8,
        "Vòng 2. Trung bình của 2 người chấm: 8; 8.",
    )


def test_what_the_rule_leaves_open_is_decided_by_who_combines():
    report, rows = last_sheet(scorers=2, round_mode="mean_without_extremes")
    for one in rows:
        finished(one)
    head = leader_of(report.bloc_year.head)
    combine(report, head)
    assert score_of(report, DIRECT).appraised_points is None
    leaves = (DIRECT, RATIO, COUNT, BONUS)
    decided = {pk_of(report, label): (Decimal(9), "Thống nhất.") for label in leaves[:1]}
    combine(report, head, decided)
    score = score_of(report, DIRECT)
    assert (score.appraised_points, score.appraisal_reason) == (9, "Thống nhất.")


def test_deduction_that_one_of_three_sees_is_asked_about():
    report, rows = last_sheet()
    finished(rows[0], **{DEDUCTION: ("-1", "Chậm báo cáo.")})
    for one in rows[1:]:
        finished(one)
    head = leader_of(report.bloc_year.head)
    combine(report, head)
    assert score_of(report, DEDUCTION) is None
    combine(report, head, {pk_of(report, DEDUCTION): (Decimal("-0.5"), "Trừ một nửa.")})
    score = score_of(report, DEDUCTION)
    assert (score.appraised_points, score.appraisal_reason.splitlines()) == (
        Decimal("-0.5"),
        [
            "Trừ một nửa.",
            "Điểm của người chấm: −1.",
            f"{rows[0].unit.name}: Chậm báo cáo.",
        ],
    )


def test_combining_waits_for_everybody_and_sees_what_it_combines():
    report, rows = last_sheet(scorers=2)
    head = leader_of(report.bloc_year.head)
    finished(rows[0])
    with pytest.raises(ValidationError) as caught:
        combine(report, head)
    waiting = f"Còn 01 đơn vị chưa chấm xong: {rows[1].unit.name}."
    assert caught.value.messages == [waiting]
    with pytest.raises(ValidationError) as caught:
        perform(REPORT, "appraise", report, actor=head)
    assert caught.value.messages[0] == waiting
    seen = stamp_of_words(combining_words(report, assignments_of(report)))
    finished(rows[1])
    with pytest.raises(ValidationError) as caught:
        combine_marks(report, decided={}, seen=seen, actor=head)
    assert caught.value.messages == [OVERTAKEN]


def test_sheet_nobody_was_asked_to_mark_is_not_finished():
    year = marked_year(3)
    report = report_of(year, units_of(year)[2])
    with pytest.raises(ValidationError) as caught:
        perform(REPORT, "appraise", report, actor=leader_of(year.head))
    assert caught.value.messages[0] == "Chưa phân công đơn vị chấm bảng điểm này."


@pytest.mark.parametrize("mode", (M.HEAD, M.GROUP, M.PAIRS, M.BODIES))
def test_head_never_appraises_the_own_sheet(mode):
    year = marked_year(4, mode=mode)
    report, deputy = report_of(year, year.head), year.deputy
    body = CompetentBody.objects.create(bloc_year=year, unit=deputy)
    body.criteria.set(report.table.criteria.exclude(kind="group"))
    finished(*assigned(report, deputy))
    own = Assignment(report=report, unit=year.head)
    for person in (leader_of(year.head), editor_of(year.head)):
        assert person.has_perm("appraisal.mark_sheet", own) is False
        assert person.has_perm("reports.prepare_appraisal", report) is False
        with pytest.raises(PermissionDenied):
            combine(report, person)
        with pytest.raises(PermissionDenied):
            perform(REPORT, "appraise", report, actor=person)
    combine(report, leader_of(deputy))
    report = perform(REPORT, "appraise", report, actor=leader_of(deputy))
    assert (report.state, report.appraised_total) == ("appraised", 38)


def seen_by(person, report, *, is_blind=True):
    rows = assignments_of(report)
    found = may_see_marks(person, report, rows, is_blind=is_blind)
    return {one.unit_id for one in rows if one.pk in found}


def test_blind_marks_open_to_each_when_they_may():
    report, (first, second, third) = last_sheet()
    year = report.bloc_year
    everybody = {first.unit_id, second.unit_id, third.unit_id}
    marker, office = editor_of(third.unit), official(SeatRole.OFFICE)
    own = leader_of(report.unit)
    finished(first)
    assert seen_by(marker, report) == {third.unit_id}
    assert seen_by(leader_of(year.head), report) == {first.unit_id}
    assert seen_by(office, report) == set()
    finished(third)
    assert seen_by(marker, report) == {first.unit_id, third.unit_id}
    assert seen_by(office, report) == set()
    finished(second)
    assert (seen_by(marker, report), seen_by(office, report)) == (everybody, everybody)
    assert (seen_by(own, report), own.has_perm("appraisal.view_marks", report)) == (set(), False)
    report = in_state(report, "appraised")
    assert (seen_by(own, report), own.has_perm("appraisal.view_marks", report)) == (everybody, True)


def test_marks_are_open_where_the_rule_is_not_blind():
    report, (first, second, third) = last_sheet()
    everybody = {first.unit_id, second.unit_id, third.unit_id}
    person = editor_of(third.unit)
    assert seen_by(person, report, is_blind=False) == everybody
    assert seen_by(official(SeatRole.OFFICE), report, is_blind=False) == everybody
    assert seen_by(leader_of(report.unit), report, is_blind=False) == set()


def test_sheet_sent_in_again_is_looked_at_again_by_who_asked():
    report, (first, second, third) = last_sheet()
    for one in (first, second, third):
        finished(one)
    asked = {"asked_by": editor_of(second.unit), "asked_by_unit": second.unit}
    report = perform(REPORT, "return", report, actor=leader_of(report.bloc_year.head), note="Sửa.")
    Correction.objects.create(
        report=report,
        criterion=row_of(report, DIRECT).criterion,
        reason="Thiếu.",
        asked_at=report.submitted_at,
        **asked,
    )
    perform(REPORT, "submit", report, actor=leader_of(report.unit), is_confirmed=True)
    done = {one.unit_id: bool(one.done_at) for one in assignments_of(report)}
    assert done == {first.unit_id: True, second.unit_id: False, third.unit_id: True}


def test_sheet_returned_as_a_whole_is_looked_at_again_by_all():
    report, rows = last_sheet()
    for one in rows:
        finished(one)
    report = perform(REPORT, "return", report, actor=leader_of(report.bloc_year.head), note="Sửa.")
    perform(REPORT, "submit", report, actor=leader_of(report.unit), is_confirmed=True)
    assert [one.done_at for one in assignments_of(report)] == [None, None, None]


def test_mark_that_lost_its_ground_is_not_confirmed():
    report, (first, *_) = last_sheet()
    save_marks(first, rows=marks(first), actor=editor_of(first.unit))
    report.scores.filter(criterion=pk_of(report, DIRECT)).update(self_points=Decimal(8))
    Mark.objects.filter(criterion=pk_of(report, DIRECT)).update(reason="")
    with pytest.raises(ValidationError) as caught:
        finish_marks(first, rows=[], actor=editor_of(first.unit))
    assert caught.value.messages == [f"Tiêu chí I.1: {NEEDS_REASON}"]


def test_year_the_head_appraises_asks_for_no_marks():
    report = submitted_report()
    with pytest.raises(ValidationError) as caught:
        perform(REPORT, "appraise", report, actor=leader_of(report.bloc_year.head))
    assert caught.value.messages == ["Còn 04 tiêu chí chưa có điểm thẩm định: I.1, I.2, II.1, III."]
