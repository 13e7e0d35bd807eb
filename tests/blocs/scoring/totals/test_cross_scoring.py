"""Who scores whom, for blocs of 3 to 30 units."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blocs.scoring import cross_scoring


@st.composite
def blocs(draw):
    """A bloc, how many score each sheet, and a few pairs that must not meet."""
    units = draw(st.integers(3, 30))
    per_sheet = draw(st.integers(1, min(5, units - 1)))
    pairs = st.sets(st.integers(0, units - 1), min_size=2, max_size=2).map(frozenset)
    return range(units), per_sheet, draw(st.sets(pairs, max_size=6))


@pytest.mark.parametrize("units", range(3, 31))
@pytest.mark.parametrize("per_sheet", [1, 2])
def test_without_conflicts_there_is_always_an_even_matrix(units, per_sheet):
    matrix = cross_scoring(range(units), per_sheet)
    assert matrix.problems == ()
    assert set(matrix.loads.values()) == {per_sheet}


@given(blocs())
def test_matrix_keeps_all_rules_or_says_why_there_is_none(bloc):
    units, per_sheet, conflicts = bloc
    matrix = cross_scoring(units, per_sheet, conflicts)
    assert bool(matrix.problems) != bool(matrix.scorers)
    for unit, scorers in matrix.scorers.items():
        assert len(set(scorers)) == len(scorers) == per_sheet
        assert unit not in scorers
        assert not any(frozenset((unit, scorer)) in conflicts for scorer in scorers)
    if matrix.scorers:
        assert list(matrix.scorers) == list(units)
        assert [matrix.loads[unit] for unit in units] == [per_sheet] * len(units)


@given(st.integers(3, 30), st.integers(2, 30), st.integers(1, 3))
def test_loads_of_a_few_scorers_differ_by_one_at_most(units, count, per_sheet):
    scorers = range(min(count, units))
    matrix = cross_scoring(range(units), per_sheet, scorers=scorers)
    loads = [matrix.loads.get(scorer, 0) for scorer in scorers]
    assert max(loads) - min(loads) <= 1
    assert bool(matrix.problems) == (len(scorers) <= per_sheet)


def test_same_input_gives_the_same_matrix():
    assert cross_scoring("ABCD", 2).scorers == {
        "A": ("C", "D"),
        "B": ("A", "D"),
        "C": ("A", "B"),
        "D": ("B", "C"),
    }


@pytest.mark.parametrize(
    ("units", "per_sheet", "conflicts", "problems"),
    [
        ("A", 1, (), ("Cần ít nhất 2 đơn vị để chấm chéo.",)),
        ("AB", 0, (), ("Mỗi phiếu cần ít nhất 1 đơn vị chấm.",)),
        (
            "ABC",
            2,
            [("A", "B")],
            (
                "Phiếu của “A” chỉ có 1 đơn vị được chấm, trong khi cần 2.",
                "Phiếu của “B” chỉ có 1 đơn vị được chấm, trong khi cần 2.",
                "“A” chỉ được chấm 1 phiếu, trong khi mỗi đơn vị phải chấm ít nhất 2.",
                "“B” chỉ được chấm 1 phiếu, trong khi mỗi đơn vị phải chấm ít nhất 2.",
            ),
        ),
        (
            "ABCD",
            1,
            [("A", "B"), ("A", "C"), ("B", "C")],
            (
                "Không chia được 1 đơn vị chấm mỗi phiếu mà khối lượng vẫn đều nhau: "
                "có quá nhiều cặp đơn vị không được chấm nhau.",
            ),
        ),
    ],
)
def test_impossible_matrix_says_why(units, per_sheet, conflicts, problems):
    assert cross_scoring(units, per_sheet, conflicts).problems == problems
