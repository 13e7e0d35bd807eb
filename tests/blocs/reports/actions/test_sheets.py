"""The unit scores itself: computed by the regulation, all or nothing, nobody overwritten."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blocs.criteria.models import Criterion
from blocs.reports.actions.scores import save_scores
from blocs.reports.models import Score
from blocs.reports.models.sheets import read_sheet
from blocs.states import ReportState, SeatRole
from tests.factories.blocs import ScoringTableFactory, year_with_members
from tests.factories.people import editor_of, leader_of, official
from tests.factories.reports import (
    BONUS,
    CLOSED,
    COUNT,
    DEDUCTION,
    DIRECT,
    RATIO,
    in_state,
    member_report,
    row_of,
    score_of,
    typed,
)
from thidua.common.models import ActivityEntry
from thidua.common.stamps import OvertakenRowsError

pytestmark = pytest.mark.django_db


def refused(report, rows, actor=None):
    """The sentences of a refused save by label and field; nothing was written."""
    before = Score.objects.count()
    with pytest.raises(ValidationError) as caught:
        save_scores(report, rows=rows, actor=actor or editor_of(report.unit))
    assert Score.objects.count() == before
    if not hasattr(caught.value, "error_dict"):
        return caught.value.messages
    labels = {pk: Criterion.objects.get(pk=pk) for pk, _ in caught.value.error_dict}
    return {
        (labels[pk].name, field): [message for error in found for message in error.messages]
        for (pk, field), found in caught.value.error_dict.items()
    }


def test_points_are_computed_by_the_rule_of_each_leaf():
    report = member_report()
    rows = [
        typed(report, DIRECT, value="35.5"),
        typed(report, RATIO, target="100", value="95"),
        typed(report, COUNT, value="2"),
        typed(report, BONUS, value="1.25"),
        typed(report, DEDUCTION, value="0.5"),
    ]
    report = save_scores(report, rows=rows, actor=editor_of(report.unit))
    points = {label: score_of(report, label).self_points for label in (DIRECT, RATIO, COUNT)}
    extra = {label: score_of(report, label).self_points for label in (BONUS, DEDUCTION)}
    assert points == {DIRECT: Decimal("35.5"), RATIO: Decimal("28.5"), COUNT: 20}
    assert extra == {BONUS: Decimal("1.25"), DEDUCTION: Decimal("-0.5")}
    report.refresh_from_db()
    assert report.self_total == Decimal("84.75")


def test_zero_is_a_score_and_empty_is_not():
    report = member_report()
    report = save_scores(
        report, rows=[typed(report, DIRECT, value="0")], actor=editor_of(report.unit)
    )
    assert score_of(report, DIRECT).self_points == 0
    assert row_of(report, DIRECT).is_filled is True
    assert row_of(report, RATIO).is_filled is False


def test_points_above_the_maximum_are_refused_with_a_sentence():
    report = member_report()
    assert refused(report, [typed(report, DIRECT, value="45")]) == {
        ("Hoàn thành nhiệm vụ được giao", "value"): ["Điểm 45 nằm ngoài khoảng từ 0 đến 40."]
    }


def test_question_of_the_rule_comes_back_at_its_field():
    report = member_report()
    assert refused(report, [typed(report, RATIO, target="0", value="95")]) == {
        ("Giải quyết hồ sơ đúng hạn", "target"): [
            "Chỉ tiêu phải lớn hơn 0 mới so sánh được kết quả. Vui lòng kiểm tra lại."
        ]
    }


def test_half_an_answer_is_kept_and_has_no_points():
    report = member_report()
    save_scores(report, rows=[typed(report, RATIO, value="95")], actor=editor_of(report.unit))
    row = row_of(report, RATIO)
    assert (row.score.value, row.score.self_points, row.is_filled) == (95, None, False)


def test_one_wrong_row_keeps_the_good_ones_from_being_written():
    report = member_report()
    found = refused(report, [typed(report, COUNT, value="2"), typed(report, DIRECT, value="41")])
    assert list(found) == [("Hoàn thành nhiệm vụ được giao", "value")]


def test_every_changed_field_is_in_the_log_book():
    report = member_report()
    actor = editor_of(report.unit)
    save_scores(report, rows=[typed(report, DIRECT, value="9.5", note="Có lý do")], actor=actor)
    save_scores(report, rows=[typed(report, DIRECT, 1, "Có lý do", value="8")], actor=actor)
    entries = ActivityEntry.objects.about(report)
    assert [entry.label for entry in entries] == ["Lưu điểm tự chấm: 01 tiêu chí"] * 2
    leaf = {"code": "I.1", "name": "Hoàn thành nhiệm vụ được giao"}
    assert entries[0].changes == [
        leaf | {"field": "kết quả", "before": "9,5", "after": "8"},
        leaf | {"field": "điểm tự chấm", "before": "9,5", "after": "8"},
    ]
    assert entries[1].changes == [
        leaf | {"field": "kết quả", "before": "", "after": "9,5"},
        leaf | {"field": "thuyết minh", "before": "", "after": "Có lý do"},
        leaf | {"field": "điểm tự chấm", "before": "", "after": "9,5"},
    ]


def test_what_did_not_change_is_not_written_nor_logged():
    report = member_report()
    actor = editor_of(report.unit)
    save_scores(report, rows=[typed(report, DIRECT, value="9.5")], actor=actor)
    save_scores(report, rows=[typed(report, DIRECT, 0, value="9.50")], actor=actor)
    assert score_of(report, DIRECT).revision == 1
    assert ActivityEntry.objects.about(report).count() == 1


def test_second_writer_of_a_row_is_told_and_nothing_is_saved():
    report = member_report()
    save_scores(report, rows=[typed(report, DIRECT, value="9.5")], actor=editor_of(report.unit))
    rows = [typed(report, DIRECT, value="8"), typed(report, COUNT, value="1")]
    with pytest.raises(OvertakenRowsError) as caught:
        save_scores(report, rows=rows, actor=editor_of(report.unit))
    assert caught.value.rows == {row_of(report, DIRECT).criterion.pk}
    assert (score_of(report, DIRECT).value, score_of(report, COUNT)) == (Decimal("9.5"), None)


def test_two_writers_of_different_rows_both_save():
    report = member_report()
    save_scores(report, rows=[typed(report, DIRECT, value="9.5")], actor=editor_of(report.unit))
    save_scores(report, rows=[typed(report, COUNT, value="1")], actor=editor_of(report.unit))
    report.refresh_from_db()
    assert report.self_total == Decimal("19.5")


def test_writer_who_has_seen_the_other_text_overwrites_it():
    report = member_report()
    save_scores(report, rows=[typed(report, DIRECT, value="9.5")], actor=editor_of(report.unit))
    save_scores(report, rows=[typed(report, DIRECT, 1, value="8")], actor=editor_of(report.unit))
    assert (score_of(report, DIRECT).value, score_of(report, DIRECT).revision) == (8, 2)


def test_bonus_follows_the_item_it_depends_on():
    report = member_report()
    bonus = row_of(report, BONUS).criterion
    bonus.rule = {"needs_full": "II"}
    bonus.save()
    actor = editor_of(report.unit)
    rows = [typed(report, COUNT, value="3"), typed(report, BONUS, value="2")]
    save_scores(report, rows=rows, actor=actor)
    assert score_of(report, BONUS).self_points == 2
    save_scores(report, rows=[typed(report, COUNT, 1, value="2")], actor=actor)
    assert (score_of(report, BONUS).self_points, score_of(report, BONUS).revision) == (0, 1)
    report.refresh_from_db()
    assert report.self_total == 20


def test_leaf_that_was_not_assigned_leaves_the_denominator():
    report = member_report()
    rows = [typed(report, RATIO, not_applicable=True), typed(report, DIRECT, value="40")]
    report = save_scores(report, rows=rows, actor=editor_of(report.unit))
    total = read_sheet(report).self_total()
    assert (total.total, total.assigned_max) == (40, 70)


def test_relative_leaf_waits_and_still_counts_as_answered():
    report = member_report()
    leaf = row_of(report, RATIO).criterion
    leaf.rule = {"formula": "share_of_best"}
    leaf.save()
    save_scores(report, rows=[typed(report, RATIO, value="95")], actor=editor_of(report.unit))
    row = row_of(report, RATIO)
    assert (row.score.self_points, row.waits, row.is_filled) == (None, True, True)


def test_changed_answer_drops_the_appraisal_of_the_old_one():
    report = member_report()
    actor = editor_of(report.unit)
    save_scores(report, rows=[typed(report, DIRECT, value="9.5")], actor=actor)
    Score.objects.update(appraised_points="9.5", appraised_by=actor)
    save_scores(report, rows=[typed(report, DIRECT, 1, value="8")], actor=actor)
    assert score_of(report, DIRECT).appraised_points is None


@pytest.mark.parametrize(
    "state", [state for state in ReportState if state not in ("draft", "returned")]
)
def test_sheet_is_locked_outside_draft_and_returned(state):
    report = member_report(submitted=True)
    report.appraised_total = 0
    report.save()
    report = in_state(report, state)
    words = CLOSED[state]
    assert refused(report, [typed(report, DIRECT, value="1")]) == [words]


def test_returned_sheet_can_be_filled_in():
    report = in_state(member_report(), "returned")
    save_scores(report, rows=[typed(report, DIRECT, value="1")], actor=editor_of(report.unit))
    assert score_of(report, DIRECT).self_points == 1


def test_only_the_editor_of_the_unit_writes_the_sheet():
    report = member_report()
    others = (
        leader_of(report.unit),
        editor_of(report.bloc_year.head),
        editor_of(year_with_members(3).head),
        official(SeatRole.OFFICE),
    )
    for person in others:
        with pytest.raises(PermissionDenied):
            save_scores(report, rows=[typed(report, DIRECT, value="1")], actor=person)
    assert Score.objects.count() == 0


def test_row_of_another_table_is_refused():
    report = member_report()
    other = member_report()
    assert refused(report, [typed(other, DIRECT, value="1")]) == [
        "Có tiêu chí không thuộc bảng chấm điểm của báo cáo."
    ]


def sheet_of_sixty():
    """A report whose table has sixty leaves of one point and a bit."""
    year = year_with_members(3)
    table = ScoringTableFactory(bloc_year=year, published=True, total_max=60)
    group = Criterion.objects.create(table=table, code="I", name="Nhiệm vụ", max_points=60)
    for order in range(1, 61):
        Criterion.objects.create(
            table=table,
            parent=group,
            code=str(order),
            name=f"Nhiệm vụ {order}",
            kind="direct",
            max_points=1,
            order=order,
        )
    return member_report(bloc_year=year, table=table)


@pytest.mark.parametrize("count", (1, 60))
def test_saving_costs_the_same_for_one_leaf_and_for_sixty(count):
    report = sheet_of_sixty()
    actor = editor_of(report.unit)
    save_scores(report, rows=[typed(report, "I.60", value="1")], actor=actor)
    rows = [typed(report, f"I.{place}", value="0.5") for place in range(1, count)]
    rows.append(typed(report, "I.60", 1, value="0.5"))
    with CaptureQueriesContext(connection) as queries:
        save_scores(report, rows=rows, actor=actor)
    # savepoint, report, criteria, scores, evidence, rows, total, log book, release
    assert len(queries) == 9
    report.refresh_from_db()
    assert report.self_total == Decimal("0.5") * count
