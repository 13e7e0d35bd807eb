"""Who marks what, and how several marks become one, without a database."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blocs.appraisal.domain.appraisal import (
    combined,
    combining_words,
    leaves_below,
    matrix_of_group,
    matrix_problems,
    mean_of,
    spread_of,
)
from blocs.scoring import Question, cross_scoring


def numbers(*texts):
    return [None if text is None else Decimal(text) for text in texts]


def test_group_marks_every_sheet_but_its_own():
    assert matrix_of_group("ABCD", "AC") == {
        "A": ("C",),
        "B": ("A", "C"),
        "C": ("A",),
        "D": ("A", "C"),
    }


@given(st.integers(3, 30), st.integers(1, 2))
def test_drawn_matrix_has_no_problem(units, per_sheet):
    drawn = cross_scoring(range(units), per_sheet)
    assert matrix_problems(drawn.scorers, range(units), per_sheet) == []


@given(
    st.integers(4, 30),
    st.sets(st.sets(st.integers(0, 3), min_size=2, max_size=2).map(frozenset), max_size=3),
)
def test_drawn_matrix_with_conflicts_has_no_problem_or_none_is_drawn(units, conflicts):
    drawn = cross_scoring(range(units), 2, conflicts)
    if not drawn.problems:
        assert matrix_problems(drawn.scorers, range(units), 2, conflicts) == []


@pytest.mark.parametrize(
    ("matrix", "conflicts", "problems"),
    (
        (
            {"A": "A", "B": "C", "C": "B"},
            (),
            ["“A” không được chấm bảng điểm của chính mình."],
        ),
        (
            {"A": "B", "B": "C", "C": "A"},
            ["BA"],
            ["“B” không được chấm bảng điểm của “A”: hai đơn vị không chấm nhau."],
        ),
        (
            {"A": "BC", "B": "", "C": "A"},
            (),
            [
                "Bảng điểm của “A” có 2 đơn vị chấm, trong khi cần 1.",
                "Bảng điểm của “B” có 0 đơn vị chấm, trong khi cần 1.",
            ],
        ),
        (
            {"A": "B", "B": "A", "C": "B"},
            (),
            [
                "Chưa chia đều: “B” chấm 2 bảng điểm, “C” chấm 0; chênh lệch nhiều nhất là 1.",
            ],
        ),
    ),
)
def test_matrix_set_by_hand_keeps_the_same_rules(matrix, conflicts, problems):
    assert matrix_problems(matrix, "ABC", 1, conflicts) == problems


def test_chosen_group_stands_for_the_leaves_below_it():
    leaves = ["I/1", "I/2/a", "I/2/b", "II", "III/1"]
    assert leaves_below(leaves, {"I/2", "II", "I"[:0]}) == ["I/2/a", "I/2/b", "II"]


@pytest.mark.parametrize(
    ("rounds", "mode", "points"),
    (
        ([numbers("9.5", "9", "8.5")], "mean", "9.00"),
        ([numbers("9.5", "9", "9")], "mean", "9.17"),
        ([numbers("9.5", "9", "8")], "mean_without_extremes", "9.00"),
        ([numbers("10", "9", "8", "1")], "mean_without_extremes", "8.50"),
        ([numbers("8", "8"), numbers("9", "10")], "last", "9.50"),
        ([numbers("8", "8"), numbers("9", "10")], "mean", "8.75"),
        # Rounded once at the end: the rounds are 9,1666… and 9,3333….
        ([numbers("9.5", "9", "9"), numbers("9.5", "9.5", "9")], "mean", "9.25"),
        ([numbers("8.125", "8.126")], "mean", "8.13"),
    ),
)
def test_marks_become_one(rounds, mode, points):
    assert combined(rounds, mode, 2) == Decimal(points)


@pytest.mark.parametrize(
    ("rounds", "mode", "step", "sentence"),
    (
        (
            [numbers("9", "8")],
            "mean_without_extremes",
            None,
            "Cần ít nhất 3 người chấm để bỏ điểm cao nhất và điểm thấp nhất. "
            "Vui lòng cho biết cách tính.",
        ),
        (
            [numbers("-1", None, None)],
            "mean",
            None,
            "Chỉ 1 trong 3 người chấm cho điểm tiêu chí này. Vui lòng cho biết điểm thống nhất.",
        ),
        (
            [numbers("9.5", "9", "9")],
            "mean",
            Decimal("0.5"),
            "Điểm gộp 9,17 không theo bước 0,5 điểm. Vui lòng cho biết điểm thống nhất.",
        ),
    ),
)
def test_what_the_regulation_leaves_open_is_asked(rounds, mode, step, sentence):
    assert combined(rounds, mode, 2, step) == Question(sentence)


def test_leaf_that_nobody_marked_has_no_points():
    assert combined([[None, None]], "mean", 2) is None
    assert combined([], "mean", 2) is None


@pytest.mark.parametrize(
    ("rounds", "mode", "words"),
    (
        (
            [numbers("9.5", "9", "8.5")],
            "mean",
            "Trung bình của 3 người chấm: 9,5; 9,0; 8,5.",
        ),
        ([numbers("9", "8")], "last", "Trung bình của 2 người chấm: 9; 8."),
        ([numbers("9.25")], "mean", "Điểm của người chấm: 9,25."),
        (
            [numbers("9.5", "9", "8.5")],
            "mean_without_extremes",
            "Trung bình của 3 người chấm, bỏ một điểm cao nhất và một điểm thấp nhất: "
            "9,5; 9,0; 8,5.",
        ),
        (
            [numbers("8", "8"), numbers("9", "10")],
            "last",
            "Vòng 2. Trung bình của 2 người chấm: 9; 10.",
        ),
        (
            [numbers("8", "8"), numbers("9", "9.5")],
            "mean",
            "Trung bình 2 vòng, mỗi vòng là trung bình của 2 người chấm: "
            "vòng 1 (8; 8); vòng 2 (9,0; 9,5).",
        ),
        ([[None]], "mean", ""),
    ),
)
def test_words_tell_how_the_points_came_about(rounds, mode, words):
    assert combining_words(rounds, mode) == words


def test_mean_and_spread_are_of_the_marks_that_were_given():
    assert mean_of(numbers("9", None, "8")) == Decimal("8.5")
    assert spread_of(numbers("9", None, "8")) == 1
    assert (mean_of([None]), spread_of(numbers("9", None))) == (None, None)
