"""Figures of lines of the table that the condition of a class may ask for."""

from decimal import Decimal

import pytest

from blocs.scoring import ClassBand, Node, TableRules, check_bands
from blocs.scoring.ranking.classification import unknown_lines
from blocs.scoring.ranking.line_figures import counts_of, line_figures, line_label
from blocs.scoring.totals.given import given_table

D = Decimal
NODES = (
    Node(
        "I",
        "Nhiệm vụ",
        children=(
            Node("1", "Việc một", "direct", D(40)),
            Node("2", "Việc hai", "direct", D(40)),
        ),
    ),
    Node("II", "Phong trào", children=(Node("1", "Việc ba", "direct", D(10)),)),
    Node("III", "Cải cách", "direct", D(10)),
    Node("T", "Thưởng", children=(Node("1", "Sáng kiến", "bonus", D(5), {"per_unit": "1"}),)),
    Node(
        "P",
        "Trừ",
        children=(Node("3", "Vi phạm", "deduction", None, {"per_unit": "0.5"}),),
    ),
)
PLAN = given_table(NODES, TableRules()).plan
GIVEN = {"I/1": D(40), "I/2": D(20), "II/1": D(4), "III": D(9), "T/1": D(2), "P/3": D("-1.5")}


def figures(*names, given=None, left_out=(), counts=None):
    total = given_table(NODES, TableRules()).total(given or GIVEN, left_out)
    return line_figures(names, total, PLAN, counts or {})


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("points:I", D(60)),
        ("points:I/2", D(20)),
        ("share:I", D(75)),
        ("share:III", D(90)),
        ("points:T", D(2)),
        # Points of deductions by their size, of a leaf and of a group of nothing else.
        ("points:P/3", D("1.5")),
        ("points:P", D("1.5")),
        # Group II has 4 of 10; bonus and deduction have no maximum to be a part of.
        ("least_group", D(40)),
        ("least_leaf", D(40)),
    ],
)
def test_a_line_is_measured_by_points_or_by_the_share_of_its_maximum(name, expected):
    assert figures(name) == {name: expected}


@pytest.mark.parametrize("name", ["share:P", "share:T/1", "points:IX", "count:I/1"])
def test_a_figure_that_does_not_exist_is_left_out(name):
    assert figures(name) == {}


def test_a_leaf_that_was_not_assigned_counts_in_no_share():
    given = {path: points for path, points in GIVEN.items() if path not in ("I/2", "II/1")}
    found = figures("share:I", "least_group", "share:II", given=given, left_out={"I/2", "II/1"})
    assert found == {"share:I": D(100), "least_group": D(90)}


@pytest.mark.parametrize(
    ("value", "own", "given", "expected"),
    [
        (D(3), D("-1.5"), D("-1.5"), {"P/3": D(3)}),
        # The appraisal changed the points: nobody wrote how often that was.
        (D(3), D("-1.5"), D("-1"), {}),
        (D(3), D("-1.5"), D(0), {"P/3": D(0)}),
        (None, None, D(0), {"P/3": D(0)}),
    ],
)
def test_occurrences_count_as_far_as_the_appraised_points_say(value, own, given, expected):
    values = {} if value is None else {"P/3": value}
    mine = {} if own is None else {"P/3": own}
    assert counts_of(PLAN, values, mine, {"P/3": given}) == expected


@pytest.mark.parametrize(
    ("path", "label"),
    [("III", "III"), ("P/3", "P.3"), ("I/I.2/I.2.1", "I.2.1"), ("A/1/b", "A.1.b")],
)
def test_a_path_is_read_as_people_write_it(path, label):
    assert line_label(path) == label


def test_conditions_on_lines_are_checked_against_the_table():
    bands = (ClassBand("Tốt", (("points:P/3", "=", "0"), ("share:IV", ">=", "50"))),)
    assert check_bands(bands) == []
    assert unknown_lines(bands, PLAN.lines) == [
        "Mức xếp loại “Tốt” xét mục IV, bảng chấm điểm không có mục này."
    ]


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        (
            ("least_group", "<=", "50"),
            "Mức xếp loại “Tốt”: “mọi nhóm đạt” chỉ dùng được với “từ” hoặc “trên”.",
        ),
        (
            ("weight:III", ">=", "50"),
            "Mức xếp loại “Tốt”: Điều kiện dùng dữ kiện “weight:III” chưa được khai báo.",
        ),
    ],
)
def test_conditions_that_nobody_can_mean_are_refused(condition, sentence):
    assert check_bands((ClassBand("Tốt", (condition,)),)) == [sentence]
