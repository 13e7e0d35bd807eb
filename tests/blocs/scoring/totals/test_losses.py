"""A deduction larger than its item is asked about: neither taken nor cut without a word."""

from decimal import Decimal

import pytest

from blocs.scoring import Entry, Leaf, Node, Points, Question, TableRules, leaf_points, sheet_total

D = Decimal
RULES = TableRules()


def group(rule=None, name="Kỷ cương"):
    """Ten points of work beside violations of two points each."""
    lines = (
        Node("1", "Chấp hành", kind="direct", max_points=D(10)),
        Node("2", "Vi phạm", kind="deduction", rule={"per_unit": "2"}),
    )
    return (Node("I", name, max_points=D(10), rule=rule or {}, children=lines),)


def total(gained, times, rule=None):
    entries = {"I/1": Entry(value=D(gained)), "I/2": Entry(value=D(times))}
    return sheet_total(group(rule), entries, RULES)


@pytest.mark.parametrize(
    ("gained", "times", "points", "asked"),
    [
        ("6", "3", "0", ""),
        ("6", "2", "2", ""),
        ("6", "4", "-2", "trừ 8 lớn hơn 6 điểm đạt được của mục"),
        ("0", "1", "-2", "trừ 2 lớn hơn 0 điểm đạt được của mục"),
    ],
)
def test_a_group_that_loses_more_than_it_has_is_asked_about(gained, times, points, asked):
    found = total(gained, times)
    assert found.total == D(points)
    words = tuple(
        f"“Kỷ cương”: {asked}; quy định không nêu có trừ quá điểm của mục hay không, đang tính −2."
        for _ in range(bool(asked))
    )
    assert (found.asked, found.notes) == (words, words)


@pytest.mark.parametrize(("floor", "points"), [("0", "0"), ("-1", "-1")])
def test_a_stated_floor_answers_the_question(floor, points):
    found = total("6", "4", {"floor": floor})
    assert (found.total, found.asked) == (D(points), ())


def test_deductions_of_a_group_of_their_own_are_not_asked_about():
    lines = (Node("1", "Vi phạm", kind="deduction", rule={"per_unit": "2"}),)
    nodes = (Node("P", "Điểm trừ", children=lines),)
    found = sheet_total(nodes, {"P/1": Entry(value=D(4))}, RULES)
    assert (found.total, found.asked) == (D(-8), ())


@pytest.mark.parametrize(
    ("value", "outcome"),
    [
        ("2", Points(D(-2))),
        (
            "2.5",
            Question("Điểm trừ 2,5 lớn hơn mức trừ nhiều nhất 2 của mục. Hãy ghi không quá 2."),
        ),
    ],
)
def test_typed_points_beyond_the_line_are_asked_about(value, outcome):
    leaf = Leaf("P/1", "deduction", None, {"cap": "2"})
    assert leaf_points(leaf, Entry(value=D(value))) == outcome
