"""Where all who marked a sheet have left, others go on: what is finished stays, nothing jams."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from blocs.appraisal.actions.marks import combine_marks
from blocs.criteria.models import CompetentBody
from blocs.states import AppraisalMode, MemberChangeKind
from tests.factories.appraisals import assigned, finished, marked_year, report_of, units_of
from tests.factories.changes import change_members
from tests.factories.people import UnitFactory, editor_of, leader_of
from tests.page_desk import PageDesk
from thidua.common.vietnamese.dates import ZONE
from thidua.home.tasks import tasks_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]
K = MemberChangeKind
DEC_15 = dt.date(2026, 12, 15)
NEXT = (
    "Các đơn vị chấm vòng {} đều không còn tham gia nên không mở được vòng sau. Đơn vị đứng đầu "
    "chọn đơn vị khác ở trang Phân công chấm điểm để chấm tiếp; điểm đã chấm xong giữ nguyên."
)


@pytest.fixture
def december():
    with time_machine.travel("2026-12-16T03:00Z", tick=False):
        yield


def leave(year, *units, kind=K.LEFT):
    for unit in units:
        change_members(year, unit, kind, DEC_15)


def address(name, *args):
    return reverse(f"appraisal:{name}", args=args)


def head_of(year):
    return PageDesk(leader_of(year.head))


def asked_of(report):
    rows = report.assignments.order_by("round", "pk")
    return [(one.unit, one.round, bool(one.done_at)) for one in rows]


def waits(year):
    return head_of(year).go(address("assignments", year.pk)).answer.context["others"]


def labels(year, sheet):
    """The tasks of the head that tell it to choose others for the sheet of this unit."""
    now = dt.datetime(2026, 12, 16, 10, tzinfo=ZONE)
    found = [one.label for one in tasks_of(leader_of(year.head), now)]
    return [
        label for label in found if label.startswith(f"Chọn đơn vị khác chấm bảng điểm của {sheet}")
    ]


@pytest.mark.parametrize("kind", [K.LEFT, K.DISSOLVED])
def test_others_take_the_second_round_where_all_who_finished_the_first_have_left(kind):
    year = marked_year(6, rounds=2, scorers_per_sheet=2)
    head, deputy, third, fourth, *gone = units_of(year)
    report = report_of(year, third)
    for one in assigned(report, *gone):
        finished(one, reason="Đối chiếu.")
    for unit, scorers in (
        (head, (deputy, fourth)),
        (deputy, (head, fourth)),
        (fourth, (head, deputy)),
    ):
        assigned(report_of(year, unit), *scorers)
    leave(year, *gone, kind=kind)
    page = head_of(year).go(address("marks_table", report.pk))
    assert (NEXT.format(1) in page.text, "Mở vòng chấm 2" in page.labels) == (True, False)
    assert waits(year) == [third.name]
    assert labels(year, third.name) == [
        f"Chọn đơn vị khác chấm bảng điểm của {third.name}: các đơn vị đã phân công đều không còn "
        "tham gia"
    ]
    page.go(address("pairs_edit", year.pk))
    page.press("Xác nhận phân công", **{f"cham-{third.pk}": [deputy.pk, fourth.pk]})
    assert asked_of(report) == [
        *((unit, 1, True) for unit in gone),
        (deputy, 2, False),
        (fourth, 2, False),
    ]
    assert (waits(year), labels(year, third.name)) == ([], [])
    for one in report.assignments.filter(round=2):
        finished(one, "8", "Đối chiếu.")
    shown = head_of(year).go(address("marks_table", report.pk))
    assert NEXT.format(1) not in shown.text


def test_other_sheets_are_confirmed_without_touching_one_that_waits():
    """Input of our own: the head confirms the matrix, and chooses nobody for that sheet yet."""
    year = marked_year(6, rounds=2, scorers_per_sheet=2)
    head, deputy, third, fourth, *gone = units_of(year)
    report = report_of(year, third)
    for one in assigned(report, *gone):
        finished(one, reason="Đối chiếu.")
    leave(year, *gone)
    rows = {
        f"cham-{head.pk}": [deputy.pk, fourth.pk],
        f"cham-{deputy.pk}": [head.pk, fourth.pk],
        f"cham-{fourth.pk}": [head.pk, deputy.pk],
    }
    head_of(year).go(address("pairs_edit", year.pk)).press("Xác nhận phân công", **rows)
    assert asked_of(report) == [(unit, 1, True) for unit in gone]
    assert [row[0] for row in asked_of(report_of(year, fourth))] == [head, deputy]


def test_others_take_the_place_of_those_who_left_in_the_second_round():
    year = marked_year(6, rounds=2, scorers_per_sheet=2)
    head, deputy, third, fourth, *gone = units_of(year)
    report = report_of(year, third)
    for one in assigned(report, *gone):
        finished(one, reason="Đối chiếu.")
    assigned(report, *gone, round=2)
    for unit, scorers in (
        (head, (deputy, fourth)),
        (deputy, (head, fourth)),
        (fourth, (head, deputy)),
    ):
        assigned(report_of(year, unit), *scorers)
    leave(year, *gone)
    assert (waits(year), len(labels(year, third.name))) == ([third.name], 1)
    page = head_of(year).go(address("pairs_edit", year.pk))
    page.press("Xác nhận phân công", **{f"cham-{third.pk}": [deputy.pk, fourth.pk]})
    assert asked_of(report) == [
        *((unit, 1, True) for unit in gone),
        (deputy, 2, False),
        (fourth, 2, False),
    ]


def test_a_new_group_goes_on_where_the_old_one_has_left():
    """The old group finished one sheet and began another: the first is complete, nothing jams."""
    year = marked_year(5, mode=AppraisalMode.GROUP)
    head, deputy, third, *gone = units_of(year)
    done, open_sheet = report_of(year, third), report_of(year, deputy)
    for one in assigned(done, *gone):
        finished(one, reason="Đối chiếu.")
    assigned(open_sheet, *gone)
    leave(year, *gone)
    assert labels(year, deputy.name) != []
    page = head_of(year).go(address("group_edit", year.pk))
    page.press("Xác nhận phân công", units=[head.pk, third.pk])
    assert asked_of(done) == [(unit, 1, True) for unit in gone]
    assert asked_of(open_sheet) == [(head, 1, False), (third, 1, False)]
    assert labels(year, deputy.name) == []


def test_a_new_group_takes_the_second_round_of_what_the_old_one_finished():
    year = marked_year(5, mode=AppraisalMode.GROUP, rounds=2)
    head, deputy, third, *gone = units_of(year)
    report = report_of(year, third)
    for one in assigned(report, *gone):
        finished(one, reason="Đối chiếu.")
    leave(year, *gone)
    assert waits(year) == [third.name]
    page = head_of(year).go(address("group_edit", year.pk))
    page.press("Xác nhận phân công", units=[head.pk, deputy.pk])
    assert asked_of(report) == [
        *((unit, 1, True) for unit in gone),
        (head, 2, False),
        (deputy, 2, False),
    ]


def test_one_round_that_somebody_finished_waits_for_nobody():
    year = marked_year(5)
    *_, third, done, gone = units_of(year)
    report = report_of(year, third)
    first, _ = assigned(report, done, gone)
    finished(first, reason="Đối chiếu.")
    leave(year, done, gone)
    assert (waits(year), labels(year, third.name)) == ([], [])
    leader = leader_of(year.head)
    combine_marks(report, decided={}, seen=None, actor=leader)
    report.refresh_from_db()
    assert report.scores.exclude(appraised_points=None).exists()


def test_bodies_that_were_dissolved_are_followed_by_others():
    year = marked_year(4, mode=AppraisalMode.BODIES, rounds=2)
    report = report_of(year, units_of(year)[2])
    leaf = report.table.criteria.exclude(kind="group").order_by("pk")[0]
    gone, heir = UnitFactory(), UnitFactory()
    CompetentBody.objects.create(bloc_year=year, unit=gone).criteria.set([leaf])
    finished(assigned(report, gone)[0], reason="Đối chiếu.")
    gone.dissolved_on = DEC_15
    gone.save()
    assert waits(year) == [report.unit.name]
    CompetentBody.objects.create(bloc_year=year, unit=heir).criteria.set([leaf])
    page = head_of(year).go(address("assignments", year.pk))
    page.press("Xác nhận phân công cho các bảng điểm hiện có")
    assert asked_of(report) == [(gone, 1, True), (heir, 2, False)]
    assert "Chấm bảng điểm của" in PageDesk(editor_of(heir)).go("/").text
