"""From rows of the database to the tree the regulation works on."""

from decimal import Decimal

import pytest

from blocs.criteria.models import Criterion
from blocs.criteria.models.tree import rules_of, tree_of
from blocs.reports.models.sheets import sheet_of
from tests.factories.blocs import ReportFactory, ScoringTableFactory, fill, small_table
from tests.factories.reports import DIRECT, RATIO, row_of

pytestmark = pytest.mark.django_db
D = Decimal


def test_tree_numbers_every_line_in_one_query(django_assert_num_queries):
    table = small_table(ReportFactory.build(table=None).bloc_year)
    with django_assert_num_queries(1):
        tree = tree_of(table)
    assert dict(tree.numbers) == {
        "I": "I",
        "I/1": "1",
        "I/2": "2",
        "II": "II",
        "II/1": "1",
        "III": "III",
        "IV": "IV",
    }
    assert [tree.label_of(path) for path, _ in tree.leaves()] == [
        "I.1",
        "I.2",
        "II.1",
        "III",
        "IV",
    ]


def test_tree_follows_the_order_and_not_the_age_of_lines():
    table = ScoringTableFactory()
    for code, order in (("b", 2), ("a", 1), ("c", 1)):
        Criterion.objects.create(table=table, code=code, name=code, order=order, kind="direct")
    assert [node.code for node in tree_of(table).nodes] == ["a", "c", "b"]


def test_rules_of_a_table_are_exact():
    table = ScoringTableFactory.build(
        total_max=D(1000),
        bonus_cap=D(50),
        settings={"step": "0.25", "deduction_floor": "-20", "not_applicable": "full", "other": 1},
    )
    rules = rules_of(table, decimals=2)
    assert (rules.total_max, rules.bonus_cap, rules.step) == (D(1000), D(50), D("0.25"))
    assert (rules.deduction_floor, rules.not_applicable, rules.decimals) == (D(-20), "full", 2)


def test_decimals_of_the_table_come_before_those_of_the_year():
    table = ScoringTableFactory.build(settings={"decimals": 1})
    assert rules_of(table, decimals=3).decimals == 1


def test_sheet_tells_missing_from_zero():
    report = ReportFactory(submitted=True)
    fill(report, D(0))
    report.scores.filter(criterion__code="2").delete()
    assert [row.label for row in sheet_of(report).missing()] == ["I.2"]


def test_appraised_total_adds_work_bonus_and_deduction():
    report = ReportFactory(submitted=True)
    fill(report, D(5), D(4))
    report.scores.filter(criterion__code="IV").update(appraised_points=D("-0.5"))
    total = sheet_of(report).appraised_total()
    assert (total.work, total.bonus, total.deduction) == (D(12), D(4), D("-0.5"))
    assert total.total == D("15.5")


NEEDS_REASON = {"reason": "Điểm thẩm định khác điểm tự chấm thì phải nêu lý do."}


@pytest.mark.parametrize(
    ("points", "reason", "found"),
    (
        (None, "", {}),
        ("9.5", "", {}),
        ("9", "Thiếu.", {}),
        ("9", "", NEEDS_REASON),
        ("41", "", {"points": "Điểm 41 nằm ngoài khoảng từ 0 đến 40."} | NEEDS_REASON),
    ),
)
def test_points_that_differ_from_the_own_need_a_reason(points, reason, found):
    row = row_of(fill(ReportFactory()), DIRECT)
    assert row.problems(None if points is None else D(points), reason) == found


def test_points_need_no_reason_while_the_own_wait_for_others():
    report = ReportFactory()
    report.table.criteria.filter(kind="quantitative").update(rule={"formula": "share_of_best"})
    row = row_of(report, RATIO)
    report.scores.create(criterion=row.criterion, value=5)
    assert row_of(report, RATIO).problems(D(9), "") == {}
    reason = "Đơn vị không tự chấm tiêu chí này; cho điểm thì phải nêu lý do."
    assert row.problems(D(9), "") == {"reason": reason}
