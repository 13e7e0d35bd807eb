"""Who is asked to mark whose sheet, in each way of appraising."""

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from blocs.appraisal.actions.assignments import (
    Pair,
    assign_bodies,
    assign_group,
    assign_pairs,
    assignment_words,
    open_round,
)
from blocs.appraisal.actions.bodies import save_body
from blocs.criteria.models import CompetentBody
from blocs.reports.models import Assignment
from blocs.scoring import cross_scoring
from blocs.states import AppraisalMode, SeatRole
from tests.factories.appraisals import assigned, finished, marked_year, report_of, units_of
from tests.factories.people import UnitFactory, editor_of, leader_of, official
from tests.factories.reports import DIRECT, RATIO, in_state, row_of
from thidua.common.models import ActivityEntry
from thidua.common.stamps import OVERTAKEN, OvertakenError, stamp_of_words

pytestmark = pytest.mark.django_db
M = AppraisalMode


def drawn(year, conflicts=()):
    units = [unit.pk for unit in units_of(year)]
    pairs = [(pair.first, pair.second) for pair in conflicts]
    return dict(cross_scoring(units, year.regulation.scorers_per_sheet, pairs).scorers)


def pair_up(year, matrix=None, conflicts=(), actor=None, seen=None):
    return assign_pairs(
        year,
        matrix=drawn(year, conflicts) if matrix is None else matrix,
        conflicts=conflicts,
        seen=seen,
        actor=actor or leader_of(year.head),
    )


def stored(year):
    """Ids of the appraising units by id of the unit whose sheet it is."""
    found = {}
    for one in Assignment.objects.filter(report__bloc_year=year).order_by("unit"):
        found.setdefault(one.report.unit_id, set()).add(one.unit_id)
    return found


def test_confirmed_matrix_is_kept_with_its_conflicts():
    year = marked_year(6)
    first, _, third, *_ = units_of(year)
    conflict = Pair(first.pk, third.pk, "Hai lãnh đạo là vợ chồng")
    pair_up(year, conflicts=[conflict])
    found = stored(year)
    assert found == {unit: set(scorers) for unit, scorers in drawn(year, [conflict]).items()}
    assert (third.pk in found[first.pk], first.pk in found[third.pk]) == (False, False)
    assert [row.pair for row in year.scoring_conflicts.all()] == [{first.pk, third.pk}]
    entry = ActivityEntry.objects.about(year).get()
    assert (entry.label, len(entry.changes)) == ("Phân công chấm 06 bảng điểm", 6)


def test_matrix_that_breaks_a_rule_is_refused_whole():
    year = marked_year(4)
    head, deputy, *_ = units_of(year)
    matrix = drawn(year) | {head.pk: (head.pk, deputy.pk)}
    with pytest.raises(ValidationError) as caught:
        pair_up(year, matrix)
    assert caught.value.messages[0] == (f"“{head.name}” không được chấm bảng điểm của chính mình.")
    assert stored(year) == {}


def test_stranger_is_no_scorer():
    year = marked_year(3, scorers_per_sheet=1)
    with pytest.raises(ValidationError) as caught:
        pair_up(year, drawn(year) | {year.head_id: (UnitFactory().pk,)})
    assert caught.value.messages == ["Có đơn vị không phải là thành viên của năm thi đua này."]


@time_machine.travel("2026-11-28T08:00:00Z", tick=False)
def test_second_writer_is_told():
    year = marked_year(3, scorers_per_sheet=1)
    a, b, c = units_of(year)
    seen = stamp_of_words(assignment_words(year))
    pair_up(year, {a.pk: [b.pk], b.pk: [c.pk], c.pk: [a.pk]})
    other = {a.pk: [c.pk], b.pk: [a.pk], c.pk: [b.pk]}
    with pytest.raises(OvertakenError) as caught:
        pair_up(year, other, seen=seen)
    who = f" ({ActivityEntry.objects.about(year).get().actor_name}, 15:00 28/11/2026)."
    assert caught.value.message_dict == {
        "__all__": [OVERTAKEN],
        f"Bảng điểm của {a}": [f"Bảng điểm của {a}: người khác đã lưu: “{b}”{who}"],
        f"Bảng điểm của {b}": [f"Bảng điểm của {b}: người khác đã lưu: “{c}”{who}"],
        f"Bảng điểm của {c}": [f"Bảng điểm của {c}: người khác đã lưu: “{a}”{who}"],
    }
    assert stored(year) == {a.pk: {b.pk}, b.pk: {c.pk}, c.pk: {a.pk}}
    pair_up(year, other, seen=caught.value.stamp)
    assert stored(year) == {a.pk: {c.pk}, b.pk: {a.pk}, c.pk: {b.pk}}


def test_second_writer_of_the_pairs_is_told_which_were_saved():
    year = marked_year(5)
    a, b, c, *_ = units_of(year)
    seen = stamp_of_words(assignment_words(year))
    pair_up(year, conflicts=[Pair(a.pk, b.pk, "Anh em")])
    with pytest.raises(OvertakenError) as caught:
        pair_up(year, conflicts=[Pair(c.pk, a.pk)], seen=seen)
    (sentence,) = caught.value.message_dict["Các cặp đơn vị không chấm nhau"]
    ends = " – ".join(sorted((a.name, b.name)))
    assert sentence.startswith(
        f"Các cặp đơn vị không chấm nhau: người khác đã lưu: “{ends} (Anh em)” ("
    )


def test_unit_that_has_finished_cannot_be_withdrawn():
    year = marked_year(3, scorers_per_sheet=1)
    a, b, c = units_of(year)
    pair_up(year, {a.pk: [b.pk], b.pk: [c.pk], c.pk: [a.pk]})
    finished(Assignment.objects.get(report__unit=a))
    with pytest.raises(ValidationError) as caught:
        pair_up(year, {a.pk: [c.pk], b.pk: [a.pk], c.pk: [b.pk]})
    assert caught.value.messages == [
        f"“{b.name}” đã chấm xong bảng điểm của “{a.name}” nên không bỏ phân công được."
    ]
    assert stored(year) == {a.pk: {b.pk}, b.pk: {c.pk}, c.pk: {a.pk}}


def test_sheet_past_marking_keeps_its_scorers_and_counts_for_the_load():
    year = marked_year(3, scorers_per_sheet=1)
    a, b, c = units_of(year)
    pair_up(year, {a.pk: [b.pk], b.pk: [c.pk], c.pk: [a.pk]})
    in_state(report_of(year, a), "appraised")
    with pytest.raises(ValidationError) as caught:
        pair_up(year, {b.pk: [a.pk], c.pk: [a.pk]})
    assert caught.value.messages == [
        f"Chưa chia đều: “{a.name}” chấm 2 bảng điểm, “{c.name}” chấm 0; "
        "chênh lệch nhiều nhất là 1."
    ]


def test_group_marks_every_sheet_but_its_own():
    year = marked_year(4, mode=M.GROUP)
    head, deputy, third, fourth = units_of(year)
    assign_group(
        year,
        units=[head.pk, third.pk],
        actor=leader_of(year.head),
    )
    assert stored(year) == {
        head.pk: {third.pk},
        deputy.pk: {head.pk, third.pk},
        third.pk: {head.pk},
        fourth.pk: {head.pk, third.pk},
    }


def test_group_of_the_head_alone_leaves_the_head_s_sheet_without_appraiser():
    year = marked_year(3, mode=M.GROUP)
    with pytest.raises(ValidationError) as caught:
        assign_group(
            year,
            units=[year.head_id],
            actor=leader_of(year.head),
        )
    assert caught.value.messages == [
        f"Bảng điểm của “{year.head.name}” không có đơn vị nào chấm; hãy chọn thêm đơn vị."
    ]


def leaves(year, *labels):
    report = report_of(year, year.head)
    return {row_of(report, label).criterion.pk for label in labels}


def test_bodies_mark_their_leaves_of_every_sheet_but_their_own():
    year = marked_year(3, mode=M.BODIES)
    head, deputy, third = units_of(year)
    finance, actor = UnitFactory(name="Sở Tài chính"), leader_of(year.head)
    save_body(year, unit=finance, leaves=leaves(year, RATIO), actor=actor)
    save_body(year, unit=head, leaves=leaves(year, DIRECT), actor=actor)
    assign_bodies(year, actor=actor)
    assert stored(year) == {
        head.pk: {finance.pk},
        deputy.pk: {finance.pk, head.pk},
        third.pk: {finance.pk, head.pk},
    }


def test_body_without_leaves_is_taken_out():
    year = marked_year(3, mode=M.BODIES)
    finance, actor = UnitFactory(), leader_of(year.head)
    save_body(year, unit=finance, leaves=leaves(year, RATIO, DIRECT), actor=actor)
    assign_bodies(year, actor=actor)
    save_body(year, unit=finance, leaves=(), actor=actor)
    assert (CompetentBody.objects.count(), stored(year)) == (0, {})


def test_body_that_has_finished_keeps_its_leaves():
    year = marked_year(3, mode=M.BODIES)
    finance, actor = UnitFactory(), leader_of(year.head)
    save_body(year, unit=finance, leaves=leaves(year, RATIO), actor=actor)
    assign_bodies(year, actor=actor)
    finished(Assignment.objects.filter(report__bloc_year=year)[0])
    with pytest.raises(ValidationError) as caught:
        save_body(year, unit=finance, leaves=leaves(year, DIRECT), actor=actor)
    assert caught.value.messages == [
        "Cơ quan này đã chấm xong ít nhất một bảng điểm nên không đổi tiêu chí."
    ]


def test_other_mode_is_refused():
    year = marked_year(3, mode=M.HEAD)
    with pytest.raises(ValidationError) as caught:
        pair_up(year)
    assert caught.value.messages == [
        "Quy định của năm nêu cách thẩm định khác: khối trưởng, khối phó thẩm định."
    ]


def test_only_the_head_unit_assigns():
    year = marked_year(4)
    strangers = (
        leader_of(year.deputy),
        leader_of(units_of(year)[3]),
        official(SeatRole.OFFICE),
        leader_of(marked_year(3).head),
    )
    for person in strangers:
        with pytest.raises(PermissionDenied):
            pair_up(year, actor=person)
    pair_up(year, actor=editor_of(year.head))
    assert len(stored(year)) == 4


def test_second_round_asks_the_same_units_once_the_first_is_done():
    year = marked_year(4, mode=M.GROUP, rounds=2)
    head, deputy, third, fourth = units_of(year)
    report = report_of(year, fourth)
    first, second = assigned(report, deputy, third)
    finished(first)
    with pytest.raises(ValidationError) as caught:
        open_round(report, actor=leader_of(head))
    assert caught.value.messages == [f"Vòng 1 chưa chấm xong: {third.name}."]
    finished(second)
    open_round(report, actor=leader_of(head))
    rows = report.assignments.filter(round=2).values_list("unit_id", flat=True)
    assert set(rows) == {deputy.pk, third.pk}
    for one in report.assignments.filter(round=2):
        finished(one)
    with pytest.raises(ValidationError) as caught:
        open_round(report, actor=leader_of(head))
    assert caught.value.messages == ["Quy định chỉ có 02 vòng chấm."]


def test_head_does_not_open_a_round_of_the_own_sheet():
    year = marked_year(4, rounds=2)
    report = report_of(year, year.head)
    finished(*assigned(report, units_of(year)[2]))
    with pytest.raises(PermissionDenied):
        open_round(report, actor=leader_of(year.head))
    open_round(report, actor=leader_of(year.deputy))
    assert report.assignments.filter(round=2).count() == 1
