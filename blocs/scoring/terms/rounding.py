"""Whole numbers out of shares: how many awards, how many units of a class."""

from enum import StrEnum
from fractions import Fraction
from math import floor


class Rounding(StrEnum):
    """What becomes of a part of a whole: 20 % of 7 units is 1 or 2."""

    DOWN = "down"
    HALF_UP = "half_up"
    UP = "up"


ROUNDING_WORDS = {
    Rounding.DOWN: "làm tròn xuống",
    Rounding.HALF_UP: "làm tròn từ 0,5 trở lên",
    Rounding.UP: "làm tròn lên",
}


def rounded(value: Fraction, rounding: Rounding | str) -> int:
    """A whole number out of an exact share (≥ 0); half_up lifts from 0.5 on."""
    whole = floor(value)
    lifts = {
        Rounding.DOWN: False,
        Rounding.HALF_UP: value - whole >= Fraction(1, 2),
        Rounding.UP: value > whole,
    }
    return whole + lifts[Rounding(rounding)]
