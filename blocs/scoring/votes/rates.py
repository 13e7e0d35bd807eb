"""How a rate of votes is printed: never on the other side of its threshold."""

from decimal import Decimal
from fractions import Fraction

from blocs.scoring.terms.numbers import half_up
from blocs.scoring.votes.quorum import Threshold

MOST_DECIMALS = 8


def rate_decimals(part: int, base: int, threshold: Threshold, *, at_least: int = 1) -> int:
    """As many decimals of a percentage as its threshold needs; at least the usual ones.

    8 of 12 against «ít nhất 66,67%» is not enough; 66,7 and 66,67 would look as if it were, 66,667
    does not. A rate that is the threshold itself needs no more: both are rounded alike.
    """
    exact = Fraction(part, base) if base else Fraction(0)
    limit = Fraction(threshold.numerator, threshold.denominator)
    if exact == limit:
        return at_least
    for decimals in range(at_least, MOST_DECIMALS):
        printed = Fraction(half_up(Decimal(part * 100) / (base or 1), decimals)) / 100
        if _reaches(printed, limit, threshold) == _reaches(exact, limit, threshold):
            return decimals
    return MOST_DECIMALS


def _reaches(value: Fraction, limit: Fraction, threshold: Threshold) -> bool:
    return value > limit if threshold.is_strict else value >= limit
