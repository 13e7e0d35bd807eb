"""Where points of one leaf lie apart: own, appraised, last year's, the middle of the bloc."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from statistics import median

from blocs.scoring.terms.numbers import HUNDRED, half_up


class Against(StrEnum):
    """With what the points that count are compared."""

    OWN = "own"
    LAST = "last"
    MEDIAN = "median"


AGAINST_WORDS = {
    Against.OWN: "so với tự chấm",
    Against.LAST: "so với năm trước",
    Against.MEDIAN: "so với trung vị các đơn vị",
}


@dataclass(frozen=True)
class LeafPoints:
    """The points of one unit at one leaf; None where nothing is known.

    `maximum` is None or 0 for leaves without a ceiling of their own.
    """

    own: Decimal | None = None
    given: Decimal | None = None
    last: Decimal | None = None
    median: Decimal | None = None
    maximum: Decimal | None = None

    @property
    def counted(self) -> Decimal | None:
        """The points that count now: appraised, else the unit's own."""
        return self.own if self.given is None else self.given


@dataclass(frozen=True)
class Deviation:
    """A difference beyond the threshold; positive: the points that count are higher."""

    against: Against
    difference: Decimal


def middle(points: Iterable[Decimal | None]) -> Decimal | None:
    """The median of the known points; None without any. Of two middles it is their mean."""
    known = [one for one in points if one is not None]
    return median(known) if known else None


def deviations_of(points: LeafPoints, share: Decimal, decimals: int) -> tuple[Deviation, ...]:
    """The differences greater than `share` percent of the leaf's maximum (bloc regulation).

    They lie between the figures with so many decimals, as these stand beside the mark.

    Exactly the threshold is not marked. Without a maximum only a difference from the unit's own
    points is marked, however small: there is nothing to take a share of.
    """
    counted = points.counted
    if counted is None:
        return ()
    pairs = (
        (Against.OWN, points.own),
        (Against.LAST, points.last),
        (Against.MEDIAN, points.median),
    )
    found = []
    for against, other in pairs:
        if other is None or (not points.maximum and against is not Against.OWN):
            continue
        difference = half_up(counted, decimals) - half_up(other, decimals)
        if abs(difference) > (points.maximum or 0) * share / HUNDRED:
            found.append(Deviation(against, difference))
    return tuple(found)
