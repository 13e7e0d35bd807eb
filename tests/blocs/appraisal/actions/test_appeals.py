"""Objections to points: in time by the clock of Vietnam, answered by others, points only so."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from blocs.appraisal.actions.appeals import SAME_POINTS, answer_appeal, draft_appeal, move_appeal
from blocs.appraisal.models import Appeal
from blocs.reports.actions.scores import save_appraisal
from blocs.reports.models import Report
from blocs.reports.models.sheets import read_sheet
from blocs.reports.workflows import REPORT
from blocs.states import AppealState, ReportState, SeatRole, VersionKind
from blocs.years.models import Holiday, YearCalendar
from tests.factories.blocs import regulate, year_with_members
from tests.factories.people import UserFactory, editor_of, leader_of, official
from tests.factories.reports import COUNT, DIRECT, given, row_of, score_of, submitted_report
from thidua.common.models import ActivityEntry
from thidua.common.workflow import perform

pytestmark = pytest.mark.django_db
# Friday in Vietnam: five working days later is Friday 4 December, but Wednesday 2 is off.
APPRAISED = dt.datetime(2026, 11, 27, 9, tzinfo=dt.UTC)
LAST_MOMENT = dt.datetime(2026, 12, 7, 16, 59, 59, tzinfo=dt.UTC)
TOO_LATE = dt.datetime(2026, 12, 7, 17, 0, tzinfo=dt.UTC)
TEXT = "Đơn vị đã có quyết định công nhận."


@pytest.fixture
def report():
    """Appraised on Friday 27 November 2026; the direct leaf was lowered from 9,5 to 8."""
    with time_machine.travel(APPRAISED, tick=False):
        report = submitted_report()
        head = leader_of(report.bloc_year.head)
        rows = [
            given(report, row.label, row.score.self_points)
            for row in read_sheet(report).rows
            if row.is_filled and row.label != DIRECT
        ]
        rows.append(given(report, DIRECT, "8", "Thiếu quyết định."))
        save_appraisal(report, rows=rows, actor=head)
        report = perform(REPORT, "appraise", report, actor=head)
    Holiday.objects.create(day=dt.date(2026, 12, 2), name="Ngày nghỉ thử")
    facts = {"confirmed_by": UserFactory(), "confirmed_at": APPRAISED}
    YearCalendar.objects.create(year=2026, document="Thông báo 1/TB-BNV", **facts)
    return report


def leaf(report, label):
    return row_of(report, label).criterion


def drafted(report, label=DIRECT, points="9.5"):
    with time_machine.travel(APPRAISED, tick=False):
        return draft_appeal(
            report,
            criterion=leaf(report, label),
            text=TEXT,
            asked_points=Decimal(points),
            actor=editor_of(report.unit),
        )


def raised(report, at=APPRAISED):
    appeal = drafted(report)
    with time_machine.travel(at, tick=False):
        return move_appeal(appeal, move="raise", actor=leader_of(report.unit))


def test_window_begins_when_the_appraisal_is_complete(report):
    assert report.appraised_at == APPRAISED
    assert report.versions.get().kind == VersionKind.APPRAISED


@pytest.mark.parametrize("at", (APPRAISED, dt.datetime(2026, 12, 6, 3, tzinfo=dt.UTC), LAST_MOMENT))
def test_objection_is_taken_before_and_at_the_deadline(report, at):
    appeal = raised(report, at)
    assert (appeal.state, appeal.raised_at) == (AppealState.OPEN, at)


def test_objection_is_refused_one_second_after_the_deadline(report):
    with pytest.raises(ValidationError) as caught:
        raised(report, TOO_LATE)
    assert caught.value.messages == ["Thời hạn kiến nghị đã hết hạn ngày 07/12/2026."]
    assert Appeal.objects.get().state == AppealState.DRAFT


def test_explanation_of_the_whole_report_has_the_same_deadline(report):
    Report.objects.update(explanation="Giải trình chung.")
    leader = leader_of(report.unit)
    with time_machine.travel(TOO_LATE, tick=False), pytest.raises(ValidationError) as caught:
        perform(REPORT, "explain", report, actor=leader)
    assert caught.value.messages == ["Thời hạn kiến nghị, giải trình đã hết hạn ngày 07/12/2026."]
    with time_machine.travel(LAST_MOMENT, tick=False):
        moved = perform(REPORT, "explain", report, actor=leader)
    assert moved.state == ReportState.EXPLAINED


@pytest.mark.parametrize(("days", "last"), ((1, "30/11/2026"), (3, "03/12/2026")))
def test_days_come_from_the_rules_of_the_year(report, days, last):
    regulate(report.bloc_year, appeal_days=days)
    with pytest.raises(ValidationError) as caught:
        raised(report, TOO_LATE)
    assert caught.value.messages == [f"Thời hạn kiến nghị đã hết hạn ngày {last}."]


def test_without_days_no_objection_is_taken(report):
    regulate(report.bloc_year, appeal_days=None)
    with pytest.raises(ValidationError, match="không đặt thời hạn kiến nghị"):
        drafted(Report.objects.get(pk=report.pk))


def test_editor_drafts_and_leader_sends(report):
    leader, editor = leader_of(report.unit), editor_of(report.unit)
    with pytest.raises(PermissionDenied):
        draft_appeal(
            report, criterion=leaf(report, DIRECT), text=TEXT, asked_points=None, actor=leader
        )
    appeal = drafted(report)
    with pytest.raises(PermissionDenied):
        move_appeal(appeal, move="raise", actor=editor)
    again = drafted(report, points="9")
    assert (again.pk, again.asked_points) == (appeal.pk, Decimal(9))


def test_one_objection_per_leaf(report):
    raised(report)
    with pytest.raises(ValidationError, match="đã gửi"):
        drafted(report)
    twice = Appeal(report=report, criterion=leaf(report, DIRECT), text="Lần hai")
    with pytest.raises(IntegrityError), transaction.atomic():
        twice.save()


def test_withdrawn_objection_makes_room(report):
    appeal = raised(report)
    move_appeal(appeal, move="withdraw", actor=leader_of(report.unit))
    assert drafted(report).pk != appeal.pk


def test_leaf_without_appraised_points_takes_none(report):
    with pytest.raises(ValidationError, match="không có điểm thẩm định"):
        drafted(report, "IV")


def test_accepted_objection_changes_the_points_and_keeps_both(report):
    head, appeal = leader_of(report.bloc_year.head), raised(report)
    before = report.appraised_total
    appeal = answer_appeal(
        appeal, accepts=True, points=Decimal("9"), answer="Chấp nhận một phần.", actor=head
    )
    assert (appeal.state, appeal.points_before, appeal.points_after, appeal.answered_by) == (
        AppealState.ACCEPTED,
        8,
        9,
        head,
    )
    score = score_of(report, DIRECT)
    assert (score.appraised_points, score.appraisal_reason, score.appraised_by) == (
        9,
        "Chấp nhận một phần.",
        head,
    )
    assert score_of(report, COUNT).appraised_points == Decimal("9.5")
    assert Report.objects.get(pk=report.pk).appraised_total == before + 1
    versions = report.versions.order_by("number")
    assert [(one.kind, one.reason, one.appraised_total) for one in versions] == [
        ("appraised", "", before),
        ("appraised", "Chấp nhận kiến nghị về tiêu chí I.1.", before + 1),
    ]
    entry = ActivityEntry.objects.about(report).filter(action="appraisal.answer_appeal").get()
    assert [(one["code"], one["before"], one["after"]) for one in entry.changes] == [
        ("I.1", "8", "9")
    ]


def test_rejected_objection_leaves_the_points(report):
    head, appeal = leader_of(report.bloc_year.head), raised(report)
    appeal = answer_appeal(appeal, accepts=False, points=Decimal(9), answer="Giữ.", actor=head)
    assert (appeal.state, appeal.points_before, appeal.points_after) == ("rejected", 8, 8)
    assert score_of(report, DIRECT).appraised_points == 8
    assert report.versions.count() == 1


@pytest.mark.parametrize(
    ("points", "field", "words"),
    (
        (None, "points", "Chấp nhận kiến nghị thì phải ghi điểm mới."),
        ("8", "points", SAME_POINTS),
        ("41", "points", "Điểm 41 nằm ngoài khoảng từ 0 đến 40."),
    ),
)
def test_new_points_must_be_possible(report, points, field, words):
    appeal, head = raised(report), leader_of(report.bloc_year.head)
    number = None if points is None else Decimal(points)
    with pytest.raises(ValidationError) as caught:
        answer_appeal(appeal, accepts=True, points=number, answer="Được.", actor=head)
    assert caught.value.message_dict == {field: [words]}
    assert score_of(report, DIRECT).appraised_points == 8


def test_answer_needs_a_text(report):
    with pytest.raises(ValidationError, match="Vui lòng nêu lý do"):
        answer_appeal(
            raised(report),
            accepts=False,
            points=None,
            answer=" ",
            actor=leader_of(report.bloc_year.head),
        )


def test_who_answers(report):
    """Head, deputy and office; nobody of the own unit, no stranger, no editor."""
    appeal, year = raised(report), report.bloc_year
    stranger = leader_of(year_with_members(3).head)
    for person in (leader_of(report.unit), editor_of(year.head), stranger):
        with pytest.raises(PermissionDenied):
            answer_appeal(appeal, accepts=False, points=None, answer="Giữ.", actor=person)
    allowed = (leader_of(year.head), leader_of(year.deputy), official(SeatRole.OFFICE))
    assert [person.has_perm("appraisal.answer_appeal", appeal) for person in allowed] == [True] * 3


def test_deputy_answers_for_the_head_units_own_sheet(report):
    year = report.bloc_year
    appeal = raised(report)
    Report.objects.filter(pk=report.pk).update(unit=year.head)
    appeal = Appeal.objects.get(pk=appeal.pk)
    head, deputy = leader_of(year.head), leader_of(year.deputy)
    assert (
        head.has_perm("appraisal.answer_appeal", appeal),
        deputy.has_perm("appraisal.answer_appeal", appeal),
    ) == (False, True)


def test_points_are_not_agreed_before_the_answer(report):
    year = report.bloc_year
    appeal, head = raised(report), leader_of(year.head)
    with pytest.raises(ValidationError) as caught:
        perform(REPORT, "agree", report, actor=head)
    assert caught.value.messages == [
        f"{report.unit.name} còn 01 kiến nghị về điểm chưa được trả lời."
    ]
    answer_appeal(appeal, accepts=False, points=None, answer="Giữ nguyên.", actor=head)
    assert perform(REPORT, "agree", report, actor=head).state == ReportState.AGREED


def test_nothing_is_answered_twice(report):
    appeal, head = raised(report), leader_of(report.bloc_year.head)
    answer_appeal(appeal, accepts=False, points=None, answer="Giữ nguyên.", actor=head)
    with pytest.raises(ValidationError, match="chuyển trạng thái"):
        answer_appeal(appeal, accepts=True, points=Decimal(9), answer="Được.", actor=head)
    assert score_of(report, DIRECT).appraised_points == 8


def test_leaf_without_appraised_points_takes_no_objection(report):
    row = score_of(report, COUNT)
    row.appraised_points = None
    row.save()
    with pytest.raises(ValidationError) as caught:
        drafted(report, COUNT, "5")
    assert caught.value.messages == [
        "Tiêu chí này không có điểm thẩm định nên không kiến nghị được."
    ]
    assert Appeal.objects.count() == 0


def test_accepted_objection_overtakes_who_has_the_sheet_open(report):
    appeal, before = raised(report), score_of(report, DIRECT).revision
    with time_machine.travel(APPRAISED, tick=False):
        answer_appeal(
            appeal,
            accepts=True,
            points=Decimal(9),
            answer="Chấp nhận một phần.",
            actor=leader_of(report.bloc_year.head),
        )
    assert score_of(report, DIRECT).revision == before + 1
