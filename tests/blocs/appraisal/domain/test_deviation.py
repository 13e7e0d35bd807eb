"""Only what lies beyond the threshold is marked, whichever way it lies."""

from decimal import Decimal

import pytest

from blocs.appraisal.domain.deviation import Against, Deviation, LeafPoints, deviations_of, middle

D = Decimal
SHARE = D(20)
OWN, LAST, MEDIAN = Against.OWN, Against.LAST, Against.MEDIAN


def leaf(own=None, given=None, last=None, median=None, maximum="10"):
    numbers = (own, given, last, median, maximum)
    return LeafPoints(*(None if one is None else D(one) for one in numbers))


# Twenty prepared rows: (points, what is marked).
ROWS = (
    (leaf("9", "9", "9", "9"), ()),
    (leaf("9", "7", "8", "8"), ()),
    (leaf("9", "6.99", "8", "8"), ((OWN, "-2.01"),)),
    (leaf("7", "9.01", "9", "9"), ((OWN, "2.01"),)),
    (leaf("9", "9", "7", "9"), ()),
    (leaf("9", "9", "6.5", "9"), ((LAST, "2.5"),)),
    (leaf("5", "5", "8", "5"), ((LAST, "-3"),)),
    (leaf("9", "9", "9", "6"), ((MEDIAN, "3"),)),
    (leaf("5", "5", "5", "8"), ((MEDIAN, "-3"),)),
    (leaf("10", "5", "9", "8"), ((OWN, "-5"), (LAST, "-4"), (MEDIAN, "-3"))),
    (leaf("9", None, "9", "9"), ()),
    (leaf("9", None, "6", "9"), ((LAST, "3"),)),
    (leaf(None, "9", None, None), ()),
    (leaf(None, None, "9", "9"), ()),
    (leaf("0", "0", "0", "0"), ()),
    (leaf("0", "2.5", None, "0"), ((OWN, "2.5"), (MEDIAN, "2.5"))),
    (leaf("-1", "-1", "-5", "-4", None), ()),
    (leaf("-1", "-1.5", "-1", "-1", None), ((OWN, "-0.5"),)),
    (leaf("1", "1.5", None, None, "0"), ((OWN, "0.5"),)),
    (leaf("0.4", "0.5", "0.5", "0.5", "0.5"), ()),
)


@pytest.mark.parametrize(("points", "expected"), ROWS)
def test_twenty_rows(points, expected):
    marks = tuple(Deviation(side, D(number)) for side, number in expected)
    assert deviations_of(points, SHARE, 2) == marks


def test_a_difference_is_that_of_the_figures_beside_it():
    points = LeafPoints(D("9"), D("9.125"), median=D("9.1254"), maximum=None)
    assert deviations_of(points, SHARE, 2) == (Deviation(OWN, D("0.13")),)
    assert deviations_of(points, SHARE, 0) == ()


@pytest.mark.parametrize(
    ("points", "expected"),
    (((), None), ((None,), None), (("3", "1", "2"), "2"), (("1", None, "2"), "1.5")),
)
def test_middle(points, expected):
    known = [None if one is None else D(one) for one in points]
    assert middle(known) == (None if expected is None else D(expected))
