"""The cross-scoring matrix is refused exactly where there is none, found by counting cuts."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from blocs.scoring import cross_scoring


@st.composite
def crowded(draw, largest=8):
    """Small blocs with so many excluded pairs that often no matrix is left."""
    units = range(draw(st.integers(3, largest)))
    pairs = [frozenset(pair) for pair in combinations(units, 2)]
    excluded = draw(st.sets(st.sampled_from(pairs), max_size=len(pairs)))
    return units, draw(st.integers(1, 3)), excluded


def is_possible(units, per_sheet, excluded):
    """Whether everybody can score and be scored `per_sheet` times: no cut is too narrow.

    Work leaves a group of scorers towards sheets that they may score and that still need it.
    """
    whole = len(units) * per_sheet
    for size in range(len(units) + 1):
        for group in combinations(units, size):
            outside = (len(units) - size) * per_sheet
            inside = sum(
                min(
                    per_sheet,
                    sum(one != sheet and frozenset((one, sheet)) not in excluded for one in group),
                )
                for sheet in units
            )
            if outside + inside < whole:
                return False
    return True


@given(crowded())
def test_a_matrix_is_refused_only_where_there_is_none(bloc):
    units, per_sheet, excluded = bloc
    matrix = cross_scoring(units, per_sheet, excluded)
    assert bool(matrix.scorers) == is_possible(units, per_sheet, excluded)
    assert bool(matrix.problems) != bool(matrix.scorers)


@given(
    st.integers(3, 30),
    st.integers(1, 4),
    st.lists(st.integers(0, 29), min_size=3, max_size=12, unique=True),
    st.sets(st.tuples(st.integers(0, 29), st.integers(0, 29)), max_size=20),
)
def test_a_few_scorers_with_exclusions_share_the_work_or_say_why(
    count, per_sheet, chosen, excluded
):
    units = range(count)
    scorers = [one for one in chosen if one < count]
    pairs = {frozenset(pair) for pair in excluded if pair[0] != pair[1]}
    matrix = cross_scoring(units, per_sheet, pairs, scorers=scorers)
    assert bool(matrix.problems) != bool(matrix.scorers)
    if not matrix.scorers:
        return
    assert list(matrix.scorers) == list(units)
    for unit, found in matrix.scorers.items():
        assert len(set(found)) == len(found) == per_sheet
        assert set(found) <= set(scorers) - {unit}
        assert not any(frozenset((unit, one)) in pairs for one in found)
    loads = [matrix.loads.get(one, 0) for one in scorers]
    assert max(loads) - min(loads) <= 1
    assert sum(loads) == count * per_sheet
