"""Steps of values with stated open and closed ends; what lies between two steps is undefined."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from blocs.scoring.terms import reading
from blocs.scoring.terms.numbers import (
    SHOWN_PLACES,
    RuleError,
    half_up,
    number,
    optional_number,
    show,
)

ENDS = ("[]", "[)", "(]", "()")


@dataclass(frozen=True)
class Band:
    """Points for the values between two ends; a missing end is without limit."""

    low: Decimal | None
    high: Decimal | None
    ends: str
    points: Decimal

    @property
    def is_void(self) -> bool:
        """Whether no value at all can lie in the band."""
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and self.ends != "[]")

    def holds(self, value: Decimal) -> bool:
        """Whether the value lies in the band, its ends included only where closed."""
        return self._is_above_low(value) and self._is_below_high(value)

    def _is_above_low(self, value: Decimal) -> bool:
        if self.low is None:
            return True
        return value >= self.low if self.ends[0] == "[" else value > self.low

    def _is_below_high(self, value: Decimal) -> bool:
        if self.high is None:
            return True
        return value <= self.high if self.ends[1] == "]" else value < self.high

    def __str__(self) -> str:
        words = []
        if self.low is not None:
            words.append(("từ " if self.ends[0] == "[" else "trên ") + show(self.low))
        if self.high is not None:
            words.append(("đến " if self.ends[1] == "]" else "dưới ") + show(self.high))
        return " ".join(words) or "mọi giá trị"


def bands(rule: Mapping[str, Any]) -> list[Band]:
    """The bands of a rule, as stated; RuleError when one is incomplete or two overlap."""
    found = [
        _band(row, place)
        for place, row in enumerate(reading.rows(rule, "bands", "các bậc"), start=1)
    ]
    if not found:
        raise RuleError("Quy tắc chưa nêu bậc điểm nào.")
    _refuse_overlap(found)
    return found


def _band(row: Mapping[str, Any], place: int) -> Band:
    name = f"bậc thứ {place}"
    if row.get("ends") not in ENDS:
        raise RuleError(f"Cần nêu rõ {name} lấy hay không lấy giá trị ở hai đầu.")
    band = Band(
        low=optional_number(row, "from", f"đầu dưới của {name}"),
        high=optional_number(row, "to", f"đầu trên của {name}"),
        ends=row["ends"],
        points=number(row, "points", f"điểm của {name}"),
    )
    if band.is_void:
        raise RuleError(f"Không có giá trị nào thuộc {name} ({band}).")
    return band


def _refuse_overlap(found: Sequence[Band]) -> None:
    for place, first in enumerate(found):
        for second in found[place + 1 :]:
            if _overlap(first, second):
                raise RuleError(f"Bậc “{first}” và bậc “{second}” trùng nhau.")


def _overlap(first: Band, second: Band) -> bool:
    lows = [band.low for band in (first, second) if band.low is not None]
    highs = [band.high for band in (first, second) if band.high is not None]
    if not lows or not highs:
        return True
    low, high = max(lows), min(highs)
    # At one shared end both bands must be closed there, else no value is in both.
    return low < high or (low == high and first.holds(low) and second.holds(low))


def bands_words(rule: Mapping[str, Any]) -> str:
    """The bands with their points, in the order of the rule."""
    return "; ".join(f"{band} được {show(band.points)} điểm" for band in bands(rule))


def in_band_words(band: Band, value: Decimal) -> str:
    """«94,5 thuộc bậc từ 90 đến 95»: the value with as many decimals as keep it inside."""
    most = 2 * SHOWN_PLACES
    places = (one for one in range(SHOWN_PLACES, most) if band.holds(half_up(value, one)))
    return f"{show(value, next(places, most))} thuộc bậc {band}"


def band_of(found: Sequence[Band], value: Decimal) -> Band | None:
    """The band that holds the value; None in a hole."""
    return next((band for band in found if band.holds(value)), None)
