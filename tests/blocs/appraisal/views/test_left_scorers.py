"""A unit that leaves, or is dissolved, marks no more; sheets do not wait for it."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from blocs.appraisal.actions.bodies import save_body
from blocs.appraisal.actions.corrections import check_corrections
from blocs.appraisal.actions.marks import finish_marks, save_marks
from blocs.criteria.models import CompetentBody
from blocs.reports.models import Correction
from blocs.states import AppraisalMode, MemberChangeKind
from tests.factories.appraisals import (
    assigned,
    finished,
    marked_year,
    marks,
    report_of,
    units_of,
)
from tests.factories.changes import change_members
from tests.factories.people import UnitFactory, editor_of, leader_of
from tests.page_desk import PageDesk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]
K = MemberChangeKind
DEC_15 = dt.date(2026, 12, 15)
WAITING = "Còn 01 đơn vị chưa chấm xong"


@pytest.fixture
def december():
    with time_machine.travel("2026-12-16T03:00Z", tick=False):
        yield


def leave(year, unit, kind=K.LEFT):
    more = {"counterpart": year.head} if kind == K.MERGED else {}
    return change_members(year, unit, kind, DEC_15, **more)


def held_sentences(report):
    page = PageDesk(leader_of(report.bloc_year.head)).go(report.get_absolute_url())
    return [part for part in page.held_up if WAITING in part]


def scorers_of(report):
    rows = report.assignments.order_by("pk")
    return [(one.unit, one.round, bool(one.done_at), one.marks.count()) for one in rows]


def head_of(year):
    return PageDesk(leader_of(year.head))


@pytest.mark.parametrize("kind", [K.LEFT, K.MERGED, K.DISSOLVED, K.MOVED])
def test_who_left_owes_no_marks_and_holds_no_sheet(kind):
    year = marked_year(5)
    *_, third, done, gone = units_of(year)
    report = report_of(year, third)
    first, second = assigned(report, done, gone)
    finished(first, reason="Đối chiếu.")
    assert len(held_sentences(report)) > 0
    rows, writer, leader = marks(second), editor_of(gone), leader_of(gone)
    effects = leave(year, gone, kind)
    assert [words for words in effects if "bảng điểm chấm chưa xong" in words] == [
        "Đơn vị còn 01 bảng điểm chấm chưa xong: không chấm nữa, điểm chấm dở không tính. Đơn vị "
        "đứng đầu chọn đơn vị khác ở trang Phân công chấm điểm; điểm các đơn vị khác đã chấm giữ "
        "nguyên."
    ]
    home = PageDesk(leader).go("/").text
    assert f"Chấm bảng điểm của {third.name}" not in home
    page = PageDesk(writer).go(reverse("appraisal:mark_edit", args=(second.pk,)))
    sentence = (
        f"{gone.name} không còn tham gia nên không chấm nữa; điểm đã chấm vẫn xem được. Đơn vị "
        "đứng đầu chọn đơn vị khác chấm thay."
    )
    assert (sentence in page.text, "Xác nhận chấm xong" in page.labels) == (True, False)
    with pytest.raises(ValidationError) as caught:
        finish_marks(second, rows=rows, actor=writer)
    assert caught.value.messages == [sentence]
    assert held_sentences(report) == []


def test_unit_that_left_is_replaced_on_the_page_and_finished_marks_stay():
    year = marked_year(5)
    head, deputy, third, done, gone = units_of(year)
    report = report_of(year, third)
    first, second = assigned(report, done, gone)
    finished(first, reason="Đối chiếu.")
    save_marks(second, rows=marks(second)[:1], actor=editor_of(gone))
    for unit, scorers in ((head, (deputy, done)), (deputy, (head, done)), (done, (head, deputy))):
        assigned(report_of(year, unit), *scorers)
    given = first.marks.count()
    leave(year, gone)
    page = head_of(year).go(reverse("appraisal:assignments", args=(year.pk,)))
    assert (
        f"{gone.name} không còn tham gia khi chưa chấm xong bảng điểm của: {third.name}."
        in page.text
    )
    page.go(reverse("appraisal:pairs_edit", args=(year.pk,)))
    assert f"{gone.name} không còn tham gia: chưa chấm xong, thôi chấm." in page.text
    page.press("Xác nhận phân công", **{f"cham-{third.pk}": [done.pk, deputy.pk]})
    assert scorers_of(report) == [(done, 1, True, given), (deputy, 1, False, 0)]
    assert len(held_sentences(report)) > 0
    finished(report.assignments.get(unit=deputy), reason="Đối chiếu.")
    assert held_sentences(report) == []


def test_who_finished_and_left_still_counts_when_others_are_chosen():
    year = marked_year(5)
    head, deputy, third, fourth, gone = units_of(year)
    report, open_report = report_of(year, third), report_of(year, fourth)
    first, _ = assigned(report, gone, head)
    finished(first, reason="Đối chiếu.")
    for unit, scorers in ((head, (deputy, third)), (deputy, (head, third))):
        assigned(report_of(year, unit), *scorers)
    assigned(open_report, deputy, head)
    leave(year, gone)
    page = head_of(year).go(reverse("appraisal:pairs_edit", args=(year.pk,)))
    assert f"{gone.name} không còn tham gia: đã chấm xong, điểm giữ nguyên." in page.text
    page.press("Xác nhận phân công", **{f"cham-{fourth.pk}": [deputy.pk, third.pk]})
    assert [one[:3] for one in scorers_of(report)] == [(gone, 1, True), (head, 1, False)]
    assert {one[0] for one in scorers_of(open_report)} == {deputy, third}


def test_sheet_whose_scorers_all_left_names_who_does_what():
    year = marked_year(5)
    *_, third, fourth, gone = units_of(year)
    report = report_of(year, third)
    assigned(report, fourth, gone)
    for unit in (fourth, gone):
        leave(year, unit)
    names = "; ".join(sorted((fourth.name, gone.name)))
    sentence = (
        f"Các đơn vị được phân công chấm bảng điểm này đều không còn tham gia: {names}. Đơn vị "
        "đứng đầu chọn đơn vị khác ở trang Phân công chấm điểm; điểm đã chấm xong giữ nguyên."
    )
    page = head_of(year).go(report.get_absolute_url())
    assert sentence in page.text
    page.go(reverse("appraisal:assignments", args=(year.pk,)))
    rest = [unit.name for unit in units_of(year)[:3]]
    assert sorted(page.answer.context["unassigned"]) == sorted(rest)


def test_member_of_the_group_that_was_dissolved_is_waited_for_no_more():
    year = marked_year(5, mode=AppraisalMode.GROUP)
    *_, third, fourth, gone = units_of(year)
    report = report_of(year, third)
    first, second = assigned(report, fourth, gone)
    finished(first, reason="Đối chiếu.")
    gone.dissolved_on = DEC_15
    gone.save()
    assert held_sentences(report) == []
    page = PageDesk(editor_of(gone)).go(reverse("appraisal:assignment_list"))
    assert "Thôi chấm" in page.text
    assert "Chấm bảng điểm này" not in page.go(report.get_absolute_url()).text
    with pytest.raises(ValidationError):
        finished(second, reason="Đối chiếu.")


def test_dissolved_body_is_replaced_by_one_that_takes_its_leaves():
    year = marked_year(5, mode=AppraisalMode.BODIES)
    units = units_of(year)
    report, other = report_of(year, units[2]), report_of(year, units[3])
    leaves = list(report.table.criteria.exclude(kind="group").order_by("pk")[:2])
    body, gone, heir = UnitFactory(), UnitFactory(), UnitFactory()
    for unit, leaf in ((body, leaves[0]), (gone, leaves[1])):
        CompetentBody.objects.create(bloc_year=year, unit=unit).criteria.set([leaf])
    first, _ = assigned(report, body, gone)
    finished(first, reason="Đối chiếu.")
    finished(assigned(other, body, gone)[1], reason="Đối chiếu.")
    gone.dissolved_on = DEC_15
    gone.save()
    assert held_sentences(report) == []
    save_body(year, unit=heir, leaves=[leaves[1].pk], actor=leader_of(year.head))
    home = reverse("appraisal:assignments", args=(year.pk,))
    head_of(year).go(home).press("Xác nhận phân công cho các bảng điểm hiện có")
    assert [one[:3] for one in scorers_of(report)] == [(body, 1, True), (heir, 1, False)]
    assert [one[:3] for one in scorers_of(other)] == [(body, 1, False), (gone, 1, True)]


def test_new_body_takes_no_leaf_of_a_body_that_still_marks():
    year = marked_year(4, mode=AppraisalMode.BODIES)
    report = report_of(year, units_of(year)[2])
    leaf = report.table.criteria.exclude(kind="group").order_by("pk")[0]
    body = UnitFactory()
    CompetentBody.objects.create(bloc_year=year, unit=body).criteria.set([leaf])
    finished(assigned(report, body)[0], reason="Đối chiếu.")
    with pytest.raises(ValidationError) as caught:
        save_body(year, unit=UnitFactory(), leaves=[leaf.pk], actor=leader_of(year.head))
    assert caught.value.messages[0].startswith("Đã có điểm chấm từ")


def test_corrected_leaf_of_a_unit_that_left_is_checked_by_the_head():
    year = marked_year(5)
    *_, third, fourth, gone = units_of(year)
    report = report_of(year, third)
    assigned(report, fourth, gone)
    leaf = report.table.criteria.exclude(kind="group").order_by("pk")[0]
    now = dt.datetime(2026, 12, 14, 9, tzinfo=dt.UTC)
    asked = Correction.objects.create(
        report=report,
        criterion=leaf,
        asked_by_unit=gone,
        asked_by=editor_of(gone),
        reason="Sửa số",
        asked_at=now,
        answered_at=now,
    )
    leave(year, gone)
    assert "Kiểm tra lại tiêu chí" not in PageDesk(editor_of(gone)).go("/").text
    check_corrections(report, corrections=[asked.pk], actor=leader_of(year.head))
    asked.refresh_from_db()
    assert asked.checked_at is not None
