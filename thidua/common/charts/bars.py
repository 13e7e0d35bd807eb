"""Stacked bars on one scale: parts above zero to the right, those below it to the left."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from thidua.common.charts.scales import Scale, figure

WIDTH, HEIGHT = 240, 18
# A figure is printed in a part that has so many pixels for each of its letters.
LETTER = 8
# How many patterns there are; what takes points away has one of its own.
PATTERNS, MINUS = 3, "minus"


@dataclass(frozen=True)
class Piece:
    """A part of a bar: where it begins, how long it is, its pattern, its words and figure."""

    x: int
    width: int
    pattern: str
    words: str
    text: str

    @property
    def middle(self) -> int:
        """Where its figure stands."""
        return self.x + self.width // 2


@dataclass(frozen=True)
class Bar:
    """What components/chart_bar.html draws for one row; `words` say all its parts."""

    pieces: Sequence[Piece]
    zero: int
    words: str
    width: int = WIDTH
    height: int = HEIGHT


def stacked_bars(labels: Sequence[str], rows: Sequence[Sequence[Decimal]]) -> list[Bar]:
    """A bar for each row of values, one value for each label; all bars have the same scale."""
    ends = [(sum(v for v in row if v < 0), sum(v for v in row if v > 0)) for row in rows]
    low = min((Decimal(below) for below, _ in ends), default=Decimal(0))
    high = max((Decimal(above) for _, above in ends), default=Decimal(0))
    scale = Scale(low, high if high > low else low + 1, Decimal(1), 0, WIDTH)
    return [bar_of(labels, row, scale) for row in rows]


def bar_of(labels: Sequence[str], row: Sequence[Decimal], scale: Scale) -> Bar:
    """One row; a part of 0 is not drawn and still told."""
    told = [f"{label} {figure(value)}" for label, value in zip(labels, row, strict=True)]
    return Bar(list(pieces_of(told, row, scale)), scale.at(Decimal(0)), ", ".join(told))


def pieces_of(told: Sequence[str], row: Sequence[Decimal], scale: Scale) -> Iterator[Piece]:
    """The parts in their order, each beginning where the one before it ended."""
    above = below = Decimal(0)
    for number, (words, value) in enumerate(zip(told, row, strict=True)):
        if not value:
            continue
        begin = above if value > 0 else below + value
        x = scale.at(begin)
        width = max(1, scale.at(begin + abs(value)) - x)
        text = figure(value)
        pattern = MINUS if value < 0 else str(number % PATTERNS + 1)
        yield Piece(x, width, pattern, words, text if width >= LETTER * len(text) else "")
        above, below = above + max(value, Decimal(0)), below + min(value, Decimal(0))
