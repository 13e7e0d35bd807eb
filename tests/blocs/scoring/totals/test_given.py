"""Totals of points that people gave: the table's own arithmetic over plain numbers."""

from decimal import Decimal

import pytest

from blocs.scoring import Entry, Node, TableRules, sheet_total
from blocs.scoring.totals.given import given_total

D = Decimal
TABLE = (
    Node(
        "I",
        "Nhiệm vụ",
        max_points=D(100),
        children=(
            Node("1", "Chấm", "direct", D(60)),
            Node("2", "Tỷ lệ", "quantitative", D(40), {"formula": "proportional"}),
        ),
    ),
    Node("T", "Thưởng", "bonus", D(5), {"per_unit": "1"}),
    Node("P", "Trừ", "deduction", D(3), {"per_unit": "0.5"}),
)
RULES = TableRules(total_max=D(100), bonus_cap=D(4), decimals=2, step=D("0.25"))


def test_given_points_add_up_without_the_rules_of_their_leaves():
    points = {"I/1": D("57.1"), "I/2": D("38.33"), "T": D("2.5"), "P": D("-0.3")}
    total = given_total(TABLE, points, RULES)
    assert (total.total, total.work, total.bonus, total.deduction) == (
        D("97.63"),
        D("95.43"),
        D("2.5"),
        D("-0.3"),
    )
    assert (total.groups, total.questions) == ({"I": D("95.43")}, ())


def test_caps_of_the_table_hold_for_given_points():
    total = given_total(TABLE, {"I/1": D(60), "T": D(5)}, RULES)
    assert (total.total, total.notes) == (
        64,
        ("Điểm thưởng 5, được tính tối đa 4.",),
    )


def test_given_points_of_an_unchanged_sheet_are_the_own_total():
    entries = {
        "I/1": Entry(value=D("59.5")),
        "I/2": Entry(value=D(95), target=D(100)),
        "T": Entry(value=D(2)),
        "P": Entry(value=D(1)),
    }
    own = sheet_total(TABLE, entries, RULES)
    points = {path: outcome.points for path, outcome in own.outcomes.items()}
    assert given_total(TABLE, points, RULES).total == own.total == D(99)


def test_leaf_that_does_not_concern_the_unit_leaves_the_maximum_unless_points_are_given():
    left_out = given_total(TABLE, {"I/1": D(60)}, RULES, {"I/2"})
    assert (left_out.total, left_out.assigned_max) == (60, 60)
    overruled = given_total(TABLE, {"I/1": D(60), "I/2": D(10)}, RULES, {"I/2"})
    assert (overruled.total, overruled.assigned_max) == (70, 100)


@pytest.mark.parametrize(("bonus", "work"), ((None, 10), ({"A": D(3)}, 8)))
def test_share_beyond_the_standard_counts_as_bonus(bonus, work):
    clauses = (Node("A", "Điều khoản", "clauses", D(10), {}),)
    total = given_total(clauses, {"A": D(11)}, TableRules(), bonus=bonus)
    assert (total.total, total.work, total.bonus) == (11, work, 11 - work)


def test_given_points_below_zero_stand():
    clauses = (Node("A", "Điều khoản", "clauses", D(10), {}),)
    assert given_total(clauses, {"A": D(-2)}, TableRules()).total == -2
