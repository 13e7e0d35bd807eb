"""A printed rate stands on its own side of the threshold, with no more decimals than that takes."""

import pytest

from blocs.scoring.votes.quorum import Threshold
from blocs.scoring.votes.rates import rate_decimals

HALF, MORE_THAN_HALF = Threshold(1, 2), Threshold(1, 2, is_strict=True)
TWO_THIRDS = Threshold(2, 3)
PERCENT = Threshold.of_percent


@pytest.mark.parametrize(
    ("part", "base", "threshold", "decimals"),
    (
        # 66,666… is less than 66,67, and rounds to it.
        (8, 12, Threshold(6667, 10000), 3),
        (8, 12, TWO_THIRDS, 1),
        (8, 12, Threshold(2, 3, is_strict=True), 1),
        (7, 8, PERCENT(80), 1),
        (4, 8, HALF, 1),
        (4, 8, MORE_THAN_HALF, 1),
        # 49,968… is less than a half, and would be printed as one.
        (780, 1561, HALF, 2),
        # 50,032… is more than a half, and would be printed as one.
        (781, 1561, MORE_THAN_HALF, 2),
        (781, 1561, HALF, 1),
        (1, 3, Threshold(333, 1000), 1),
        (1, 3, Threshold(333, 1000, is_strict=True), 2),
        (0, 0, HALF, 1),
    ),
)
def test_decimals_that_a_rate_needs(part, base, threshold, decimals):
    assert rate_decimals(part, base, threshold) == decimals


def test_more_decimals_are_kept_where_more_are_usual():
    assert rate_decimals(7, 8, HALF, at_least=2) == 2
