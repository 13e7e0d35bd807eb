"""Totals of a sheet: sums, limits, rounding, leaves that do not concern a unit."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blocs.scoring import Adjustment, Entry, Node, NotApplicable, TableRules, leaves, sheet_total

D = Decimal
PROPORTIONAL = {"formula": "proportional"}
TABLE = (
    Node(
        "I",
        "Nhiệm vụ",
        max_points=D(60),
        children=(
            Node("1", "Chỉ tiêu", "quantitative", D(40), PROPORTIONAL, "%"),
            Node("2", "Sáng kiến", "direct", D(20)),
        ),
    ),
    Node("II", "Thi đua", "direct", D(40)),
    Node(
        "T",
        "Điểm thưởng",
        children=(
            Node("T1", "Đăng cai", "bonus", D(3), {"per_unit": "2"}),
            Node("T2", "Vượt mức", "bonus", D(5), {"needs_full": "I"}),
        ),
    ),
    Node("P", "Điểm trừ", children=(Node("P1", "Vắng họp", "deduction", None, {"per_unit": "1"}),)),
)


def entries(target="50", actual="40", direct="20", emulation="30", **extra):
    return {
        "I/1": Entry(D(actual), D(target)),
        "I/2": Entry(D(direct)),
        "II": Entry(D(emulation)),
        **{path.replace("_", "/"): Entry(D(number)) for path, number in extra.items()},
    }


def test_total_is_work_and_bonus_less_deductions():
    total = sheet_total(TABLE, entries(T_T1="2", T_T2="4", P_P1="2"), TableRules())
    assert (total.work, total.bonus, total.deduction) == (D(82), D(3), D(-2))
    assert (total.total, total.percent, total.assigned_max) == (D(83), D(83), D(100))
    assert total.groups == {"I": D(52), "T": D(3), "P": D(-2)}
    assert (total.missing, total.waiting, total.questions) == ((), (), ())


def test_bonus_for_the_full_standard_is_given_only_then():
    full = sheet_total(TABLE, entries(actual="50", T_T2="4"), TableRules())
    assert (full.bonus, full.total) == (D(4), D(94))
    short = sheet_total(TABLE, entries(actual="49", T_T2="4"), TableRules())
    assert (short.bonus, short.total) == (D(0), D("89.2"))


def test_empty_leaf_is_missing_while_zero_is_a_score():
    answered = entries(emulation="0")
    del answered["I/2"]
    total = sheet_total(TABLE, {**answered, "T/T2": Entry(D(1))}, TableRules())
    assert total.missing == ("I/2",)
    assert total.waiting == ("T/T2",)
    assert total.total == D(32)


def test_total_may_exceed_the_scale_unless_the_table_forbids_it():
    most = entries(actual="50", emulation="40", T_T1="2", T_T2="5")
    assert sheet_total(TABLE, most, TableRules(total_max=D(100))).total == D(108)
    cut = sheet_total(TABLE, most, TableRules(total_max=D(100), may_exceed_total=False))
    assert (cut.total, cut.notes) == (D(100), ("Tổng điểm 108, được tính tối đa 100.",))


def test_bonus_and_deduction_stop_at_the_limits_of_the_table():
    rules = TableRules(bonus_cap=D(5), deduction_floor=D(-3), total_floor=D(0))
    total = sheet_total(TABLE, entries(actual="50", T_T1="2", T_T2="5", P_P1="7"), rules)
    assert (total.bonus, total.deduction, total.total) == (D(5), D(-3), D(92))
    assert total.notes == (
        "Điểm thưởng 8, được tính tối đa 5.",
        "Điểm trừ 7, chỉ trừ tối đa 3.",
    )
    nothing = entries(actual="0", direct="0", emulation="0", P_P1="2")
    assert sheet_total(TABLE, nothing, TableRules()).total == D(-2)
    assert sheet_total(TABLE, nothing, rules).total == D(0)


def test_late_papers_are_taken_off_with_the_deductions():
    late = [Adjustment("Nộp báo cáo chậm", D("-1.5"))]
    total = sheet_total(TABLE, entries(P_P1="1"), TableRules(), adjustments=late)
    assert (total.deduction, total.total) == (D("-2.5"), D("79.5"))


@pytest.mark.parametrize(
    ("rules", "work"),
    [
        (TableRules(), D(40) / D(3) + 50),
        (TableRules(decimals=2), D("63.33")),
        (TableRules(step=D("0.25"), round_to_step=True), D("63.25")),
        (TableRules(step=D("0.25")), D(40) / D(3) + 50),
    ],
)
def test_points_are_rounded_only_where_the_table_says_so(rules, work):
    assert sheet_total(TABLE, entries(target="3", actual="1"), rules).work == work


def test_half_is_rounded_away_from_zero():
    total = sheet_total(TABLE, entries(target="1600", actual="1"), TableRules(decimals=2))
    assert total.groups["I"] == D("20.03")


@pytest.mark.parametrize(("target", "work"), (("320", "20.25"), ("321", "20"), ("200", "20.25")))
def test_computed_points_go_to_the_nearest_step(target, work):
    rules = TableRules(step=D("0.25"), round_to_step=True)
    total = sheet_total(TABLE, entries(target=target, actual="1"), rules)
    assert total.groups["I"] == D(work)


def not_assigned(**changes):
    return {**entries(), "I/1": Entry(not_applicable=True), **changes}


@pytest.mark.parametrize(
    ("mode", "total", "percent", "comparable"),
    [
        ("exclude", "50", "83.33", "83.33"),
        ("full", "90", "90", "90"),
        ("rescale", "83.33", "83.33", "83.33"),
    ],
)
def test_leaf_not_assigned_to_a_unit_counts_by_the_mode_of_the_table(
    mode, total, percent, comparable
):
    rules = TableRules(not_applicable=mode, decimals=2, percent_decimals=2)
    found = sheet_total(TABLE, not_assigned(), rules)
    assert (found.total, found.percent, found.comparable) == (D(total), D(percent), D(comparable))


def test_leaf_not_assigned_leaves_the_denominator():
    found = sheet_total(TABLE, not_assigned(), TableRules())
    assert found.outcomes["I/1"] == NotApplicable(D(40))
    assert (found.assigned_max, found.missing) == (D(60), ())


def test_leaf_for_everybody_cannot_be_left_out():
    table = (Node("I", "Ngân sách", "direct", D(10), {"may_be_not_applicable": False}),)
    found = sheet_total(table, {"I": Entry(not_applicable=True)}, TableRules())
    assert found.questions == (
        (
            "I",
            "Tiêu chí này áp dụng cho mọi đơn vị, không được chọn “Không giao chỉ tiêu”.",
        ),
    )


def test_relative_leaf_sees_the_other_units():
    table = (Node("I", "Thu ngân sách", "quantitative", D(10), {"formula": "share_of_best"}),)
    peers = {"I": (Entry(D(30)), Entry(D(40)))}
    assert sheet_total(table, {"I": Entry(D(30))}, TableRules(), peers).total == D("7.5")
    assert sheet_total(table, {"I": Entry(D(30))}, TableRules()).waiting == ("I",)


QUARTERS = st.integers(0, 40).map(lambda number: D(number) / 4)


@st.composite
def trees(draw, depth=3):
    """Tables of any shape whose leaves are worth up to 10 points."""
    count = draw(st.integers(1, 4))
    return tuple(
        Node(str(place), f"Mục {place}", children=draw(trees(depth - 1)))
        if depth > 1 and draw(st.booleans())
        else Node(
            str(place),
            f"Mục {place}",
            draw(st.sampled_from(["direct", "bonus", "deduction"])),
            D(10),
        )
        for place in range(1, count + 1)
    )


@given(trees(), st.data())
def test_total_is_the_sum_of_the_leaves(nodes, data):
    values = {path: data.draw(QUARTERS) for path in leaves(nodes)}
    signs = {path: -1 if leaf.kind == "deduction" else 1 for path, leaf in leaves(nodes).items()}
    total = sheet_total(nodes, {path: Entry(value) for path, value in values.items()}, TableRules())
    expected = sum((values[path] * signs[path] for path in values), D(0))
    assert total.total == total.work + total.bonus + total.deduction == expected
    tops = [path for path in values if "/" not in path]
    tops_of_groups = [path for path in total.groups if "/" not in path]
    assert expected == sum((values[path] * signs[path] for path in tops), D(0)) + sum(
        (total.groups[path] for path in tops_of_groups), D(0)
    )
