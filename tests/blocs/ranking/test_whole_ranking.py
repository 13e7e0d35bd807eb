"""The regulation beside the table: late papers, grounds, classes; the ranking that follows."""

import datetime as dt
import json
from decimal import Decimal

import pytest

from blocs.criteria.models import ScoringTable
from blocs.ranking.domain.proof_check import check_proof
from blocs.ranking.domain.proof_reading import read_proof
from blocs.ranking.models import Ground
from blocs.ranking.models.proofs import ranking_proof
from blocs.ranking.models.rankings import award_limits, ranking_of
from blocs.scoring import Effect, Eligibility
from blocs.states import ReportState
from blocs.years.models import Holiday
from tests.factories.grounds import GROUNDS
from tests.factories.ranked import DUE, at, fresh, ranked_year, units

pytestmark = pytest.mark.django_db
D = Decimal


def ground(year, place, code, **more):
    return Ground.objects.create(
        bloc_year=year, unit=units(year)[place], code=code, basis="KL 12", found_on=DUE, **more
    )


def totals(year):
    return {row.unit.pk: row.given.total for row in ranking_of(fresh(year)).rows}


def test_late_papers_cost_points_by_working_days():
    # Friday 11 is a holiday, Sunday 13 is worked instead, so Tuesday 15 is three days late.
    Holiday.objects.create(day=DUE + dt.timedelta(days=1), name="Nghỉ lễ")
    Holiday.objects.create(day=DUE + dt.timedelta(days=3), name="Làm bù", is_worked=True)
    late = DUE + dt.timedelta(days=5)
    year = ranked_year(days=(late, DUE, DUE), late_per_day=D("0.5"))
    (first, *_) = rows = ranking_of(year).rows
    assert [(item.name, item.points) for item in first.adjustments] == [
        ("Chậm 3 ngày làm việc: trừ 1,5 điểm.", D("-1.5"))
    ]
    assert (first.given.total, first.given.deduction) == (D("34.5"), D("-1.5"))
    assert [row.adjustments for row in rows[1:]] == [(), ()]


def test_which_submission_counts_is_the_rule_of_the_year():
    year = ranked_year(days=(DUE, DUE, DUE), late_fixed=D(1))
    again = at(DUE + dt.timedelta(days=1))
    year.reports.filter(unit=year.head).update(submitted_at=again)
    assert totals(year)[year.head_id] == D(36)
    year.regulation.counted_submission = "last"
    year.regulation.save()
    assert totals(year)[year.head_id] == D(35)


def test_paper_after_the_last_day_has_no_place():
    day = DUE + dt.timedelta(days=6)
    year = ranked_year(days=(day, DUE, DUE), last_on=DUE + dt.timedelta(days=5))
    ranking = ranking_of(year)
    assert [row.unit for row in ranking.rows] == units(year)[1:]
    assert [(left.unit, left.reason, left.is_final) for left in ranking.out] == [
        (year.head, "Quá hạn cuối cùng 15/12/2026: không xét.", True)
    ]


def test_ground_takes_a_unit_out_and_names_it_with_the_reason():
    year = ranked_year()
    ground(year, 0, "out")
    ranking = ranking_of(year)
    assert [(row.unit, row.placed.place) for row in ranking.rows] == [
        (units(year)[1], 1),
        (units(year)[2], 2),
    ]
    assert [(left.unit, left.reason) for left in ranking.out] == [
        (year.head, "Không xét: Có vụ việc tham nhũng.")
    ]
    Ground.objects.update(lifted_on=DUE, lift_basis="Kết luận không vi phạm")
    assert len(ranking_of(fresh(year)).rows) == 3


def test_unit_that_sent_nothing_and_is_out_is_told_why_it_is_out():
    year = ranked_year()
    year.reports.filter(unit=year.head).update(state=ReportState.RETURNED)
    ground(year, 0, "out")
    (left,) = ranking_of(year).out
    assert (left.reason, left.is_final) == ("Không xét: Có vụ việc tham nhũng.", True)


def test_held_and_capped_units_keep_their_place():
    year = ranked_year()
    ground(year, 0, "held")
    ground(year, 1, "cap")
    first, second, third = ranking_of(year).rows
    assert [row.placed.place for row in (first, second, third)] == [1, 2, 3]
    assert (first.eligibility.is_held, second.eligibility.award_caps) == (True, ("Bằng khen",))
    assert ranking_of(fresh(year)).held[0].unit == year.head
    limits = award_limits(year)
    assert limits == {
        year.head_id: Eligibility(is_held=True, reasons=("Đang bị thanh tra",)),
        year.deputy_id: Eligibility(
            is_without_flag=True,
            award_caps=("Bằng khen",),
            reasons=("Không đạt thu ngân sách",),
        ),
    }
    assert third.eligibility == Eligibility()


def test_minus_points_move_a_unit_down():
    year = ranked_year(("8", "7.75", "6"))
    assert totals(year) == {
        unit.pk: total for unit, total in zip(units(year), (D(32), D(31), D(24)), strict=True)
    }
    ground(year, 0, "minus")
    rows = ranking_of(fresh(year)).rows
    assert [(row.unit, row.given.total) for row in rows] == [
        (units(year)[1], D(31)),
        (units(year)[0], D(30)),
        (units(year)[2], D(24)),
    ]
    assert [(item.name, item.points) for item in rows[1].adjustments] == [("Để xảy ra cháy", D(-2))]


BANDS = [
    {"label": "Xuất sắc", "if": [["total", ">=", "34"], ["deduction", "<=", "0"]]},
    {"label": "Tốt", "if": [["total", ">=", "30"]]},
]


def test_classes_follow_the_bands_and_a_hole_is_a_question():
    year = ranked_year(class_bands=BANDS)
    ranking = ranking_of(year)
    assert [row.judged.class_label for row in ranking.rows] == ["Xuất sắc", "Tốt", ""]
    assert ranking.questions == (
        (units(year)[2].name, "Không mức xếp loại nào áp dụng cho kết quả này."),
    )
    assert [row.placed.place for row in ranking.rows] == [1, 2, 3]


def test_class_comes_first_where_the_regulation_says_so():
    year = ranked_year(("9.5", "9", "8"), class_bands=BANDS)
    ground(year, 0, "minus")
    assert [row.unit for row in ranking_of(year).rows] == units(year)
    year.regulation.tie_rules = ["class_first", "shared_rank"]
    year.regulation.save()
    ranking = ranking_of(fresh(year))
    assert [(row.unit, row.judged.class_label) for row in ranking.rows] == [
        (units(year)[1], "Xuất sắc"),
        (units(year)[0], "Tốt"),
        (units(year)[2], "Tốt"),
    ]
    assert ranking.tie_rule.startswith(
        "Xếp theo mức xếp loại trước, cùng mức thì theo tổng điểm. Khi bằng tổng điểm, "
    )


def test_unit_without_a_class_has_no_place_where_the_class_comes_first():
    year = ranked_year(class_bands=BANDS)
    year.regulation.tie_rules = ["class_first"]
    year.regulation.save()
    ranking = ranking_of(fresh(year))
    assert [(left.unit, left.reason) for left in ranking.out] == [
        (
            units(year)[2],
            "Chưa xếp được vì xếp theo mức xếp loại trước. Không mức xếp loại nào áp dụng cho kết "
            "quả này.",
        )
    ]


def test_proof_of_the_stored_ranking_is_confirmed():
    year = ranked_year(
        days=(DUE + dt.timedelta(days=1), DUE, DUE), class_bands=BANDS, late_fixed=D("0.5")
    )
    ground(year, 1, "held")
    ground(year, 2, "out")
    ranking = ranking_of(year)
    data = ranking_proof(ranking, at(DUE))
    found = check_proof(read_proof(json.dumps(data, ensure_ascii=False)))
    assert [one.sentence for one in found.mismatches] == []
    assert [(row["unit"], row["place"], row["class"]) for row in found.rows] == [
        (year.head.code, 1, "Tốt"),
        (year.deputy.code, 2, "Tốt"),
        (units(year)[2].code, None, "Không xếp loại"),
    ]
    assert found.rows[0]["total"] == "35.5"


def test_grounds_the_table_does_not_know_do_nothing():
    year = ranked_year()
    ground(year, 0, "gone")
    assert len(ranking_of(year).rows) == 3
    assert award_limits(year) == {}
    ScoringTable.objects.all().update(state="superseded")
    assert award_limits(year) == {}


def test_effects_of_the_case_are_all_there():
    by_case = {effect.value for effect in Effect} - {Effect.LOWER_CLASS}
    assert {row["effect"] for row in GROUNDS} == by_case
