"""From values to whole pixels: where a value lies, and which round values an axis names."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from blocs.scoring.terms.numbers import half_up
from thidua.common.vietnamese.numbers import format_trimmed

MOST_STEPS = 4
# More places than any points have: a picture rounds no figure.
PLACES = 4
ROUND = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))


@dataclass(frozen=True)
class Scale:
    """An axis: `low` lies at the pixel `start`, `high` at `end`; it never has no length."""

    low: Decimal
    high: Decimal
    step: Decimal
    start: int
    end: int

    def at(self, value: Decimal) -> int:
        """The pixel of a value, a half rounded away from zero."""
        share = (value - self.low) / (self.high - self.low)
        return self.start + int(half_up(share * (self.end - self.start), 0))

    @property
    def ticks(self) -> list[Decimal]:
        """The round values on the axis, the lowest first."""
        count = int((self.high - self.low) / self.step)
        return [self.low + self.step * number for number in range(count + 1)]


def scale_over(values: Iterable[Decimal], start: int, end: int) -> Scale:
    """An axis with at most five or six round values that holds all of these.

    Equal values, 0 among them, get an axis around them; `values` is never empty.
    """
    found = list(values)
    low, high = min(found), max(found)
    if low == high:
        low, high = low - 1, high + 1
    step = round_step((high - low) / MOST_STEPS)
    below, above = low // step * step, -(-high // step) * step
    # Decimal divides towards zero, an axis goes down to the next round value.
    below = below - step if below > low else below
    above = above + step if above < high else above
    return Scale(below, above, step, start, end)


def round_step(least: Decimal) -> Decimal:
    """The next of …, 0.5, 1, 2, 5, 10, 20, … that is not below `least` (above 0)."""
    power = Decimal(1).scaleb(least.adjusted())
    return next(power * one for one in ROUND if power * one >= least)


def figure(value: Decimal) -> str:
    """A value as a picture prints it: «89,57»."""
    return format_trimmed(value, PLACES)
