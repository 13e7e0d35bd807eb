"""Answers in words, and the limits of what an appraiser may give."""

from decimal import Decimal

import pytest

from blocs.reports.domain.sheet_rows import (
    allowed_points,
    answer_words,
    doubt_words,
    field_in_doubt,
    may_be_left_out,
)
from blocs.scoring import Entry, Leaf

D = Decimal
SHARED = {"target": "20"}
LEVELS = {"levels": [{"label": "Tốt", "points": "5"}]}
FACTS = {
    "facts": [
        {"key": "a", "label": "Tỷ lệ"},
        {"key": "b", "label": "Có chậm", "type": "yes_no"},
        {"key": "c", "label": "Ngày gửi", "type": "date"},
    ]
}


@pytest.mark.parametrize(
    ("kind", "rule", "entry", "words"),
    (
        ("direct", {}, Entry(value=D("9.5000")), "9,5"),
        ("direct", {}, Entry(value=D(0)), "0"),
        ("direct", {}, Entry(), ""),
        ("direct", LEVELS, Entry(choice="Tốt"), "Tốt"),
        ("quantitative", {}, Entry(value=D(95), target=D(100)), "95 / 100 %"),
        ("quantitative", {}, Entry(target=D(100)), "chỉ tiêu 100"),
        ("quantitative", {"target": "80"}, Entry(value=D(95)), "95 / 80 %"),
        ("per_occurrence", {}, Entry(value=D(3)), "3 %"),
        ("pass_fail", {}, Entry(value=D(1)), "Đạt"),
        ("pass_fail", {}, Entry(value=D(0)), "Không đạt"),
        ("quantitative", {}, Entry(not_applicable=True), "Không giao chỉ tiêu"),
        (
            "clauses",
            FACTS,
            Entry(facts={"a": "97.5", "b": False, "c": "2026-12-05"}),
            "Tỷ lệ: 97,5; Có chậm: không; Ngày gửi: 05/12/2026",
        ),
        ("unknown", {}, Entry(value=D(1)), ""),
    ),
)
def test_answer_in_words(kind, rule, entry, words):
    assert answer_words(kind, rule, "%", entry) == words


@pytest.mark.parametrize(
    ("kind", "rule", "entry", "field"),
    (
        ("direct", {}, Entry(value=D(99)), "value"),
        ("direct", LEVELS, Entry(choice="Lạ"), "choice"),
        ("quantitative", {}, Entry(value=D(1), target=D(0)), "target"),
        ("quantitative", {}, Entry(value=D(-1), target=D(5)), "value"),
        ("clauses", FACTS, Entry(facts={"a": "x"}), "f-a"),
        ("quantitative", {}, Entry(not_applicable=True), "na"),
    ),
)
def test_question_is_shown_where_the_answer_was_typed(kind, rule, entry, field):
    assert field_in_doubt(kind, rule, entry) == field


@pytest.mark.parametrize(
    ("kind", "rule", "expected"),
    (
        ("quantitative", {}, True),
        ("quantitative", {"may_be_not_applicable": False}, False),
        ("direct", {}, False),
        ("direct", {"may_be_not_applicable": True}, True),
        ("bonus", {"may_be_not_applicable": True}, False),
    ),
)
def test_leaf_is_left_out_only_where_it_is_assigned(kind, rule, expected):
    assert may_be_left_out(kind, rule) is expected


@pytest.mark.parametrize(
    ("kind", "points", "more", "sentence"),
    (
        ("direct", "5", {}, ""),
        ("direct", "11", {}, "Điểm 11 nằm ngoài khoảng từ 0 đến 10."),
        ("direct", "-1", {"own": None}, "Điểm −1 nằm ngoài khoảng từ 0 đến 10."),
        ("clauses", "11", {"own": "12"}, ""),
        ("clauses", "-1", {"own": "-2"}, ""),
        ("direct", "4.1", {"step": "0.25"}, "Điểm 4,1 không theo bước 0,25 điểm."),
        ("direct", "4.25", {"step": "0.25"}, ""),
        (
            "direct",
            "4.25",
            {"step": "0.25", "rule": {"step": "0.5"}},
            "Điểm 4,25 không theo bước 0,5 điểm.",
        ),
        ("quantitative", "4.1", {"step": "0.25"}, ""),
        ("bonus", "20", {"maximum": "0"}, ""),
        ("bonus", "-1", {"maximum": "0"}, "Điểm −1 là số âm."),
        ("bonus", "11", {}, "Điểm 11 nằm ngoài khoảng từ 0 đến 10."),
        ("deduction", "-3", {"own": "-1"}, ""),
        ("deduction", "-11", {"own": "-1"}, "Điểm trừ nhiều nhất là −10."),
        ("deduction", "-11", {"own": "-12"}, ""),
        ("deduction", "-11", {"maximum": "0"}, ""),
        ("deduction", "1", {"own": "-1"}, "Điểm trừ viết bằng số âm, ví dụ −1."),
        ("unknown", "11", {}, "Điểm 11 nằm ngoài khoảng từ 0 đến 10."),
    ),
)
def test_limits_of_points_that_people_give(kind, points, more, sentence):
    facts = {"own": "5", "maximum": "10", "step": None, "rule": {}} | more
    own, step = (None if facts[name] is None else D(facts[name]) for name in ("own", "step"))
    leaf = Leaf("I/1", kind, D(facts["maximum"]), facts["rule"])
    assert allowed_points(leaf, own, D(points), step) == sentence


@pytest.mark.parametrize(
    ("rule", "measure", "entry", "words"),
    (
        ({}, "% kế hoạch", Entry(value=D("999")), "Gấp khoảng 10 lần mức 100: có đúng không?"),
        ({}, "% kế hoạch", Entry(value=D("499.99")), ""),
        ({}, "tỷ đồng", Entry(value=D("999")), ""),
        ({}, "tỷ đồng", Entry(value=D(500), target=D(100)), "Gấp khoảng 5 lần chỉ tiêu 100"),
        ({}, "tỷ đồng", Entry(value=D("499.9"), target=D(100)), ""),
        (SHARED, "%", Entry(value=D(2000)), "Gấp khoảng 100 lần chỉ tiêu 20"),
        (SHARED, "%", Entry(value=D(2000), target=D(1900)), ""),
        ({}, "%", Entry(target=D(5)), ""),
        ({}, "việc", Entry(value=D(9), target=D(0)), ""),
    ),
)
def test_a_figure_far_beyond_its_target_is_asked_about(rule, measure, entry, words):
    found = doubt_words("quantitative", rule, measure, entry)
    assert found.startswith(words)
    assert bool(found) == bool(words)


def test_points_and_counts_have_no_target_to_be_far_from():
    assert doubt_words("direct", {}, "%", Entry(value=D(999))) == ""
    assert doubt_words("per_occurrence", {}, "%", Entry(value=D(999))) == ""
