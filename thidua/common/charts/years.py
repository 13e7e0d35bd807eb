"""A line over years: the own value with the place below it, and the band of the whole bloc."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from thidua.common.charts.scales import Scale, figure, scale_over

WIDTH, HEIGHT = 360, 210
LEFT, RIGHT, TOP, BOTTOM = 34, 352, 22, 158
# So many years have room beside each other; the table holds them all.
MOST_YEARS = 6
# How far the band of a year that stands alone reaches to both sides, and a value from its point.
ALONE, ABOVE, BELOW = 14, 9, 17
COLUMNS = ("Năm", "Điểm", "Hạng", "Thấp nhất", "Cao nhất")


@dataclass(frozen=True)
class YearValue:
    """One year: its name, the own value, the lowest and the highest of the bloc; any may lack.

    `under` stands below the year («hạng 3/8»). `is_open`: the value is not final yet.
    """

    label: str
    own: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    under: str = ""
    is_open: bool = False


@dataclass(frozen=True)
class Tick:
    """A round value on the axis, and how far down it is."""

    y: int
    text: str


@dataclass(frozen=True)
class YearMark:
    """One year on the picture; `y` is None where it has no own value, `text_y` is its figure's."""

    x: int
    label: str
    under: str
    y: int | None
    text_y: int
    text: str
    is_open: bool


@dataclass(frozen=True)
class Stroke:
    """From one point to the next; dashed where the next is not final or years lie between."""

    x1: int
    y1: int
    x2: int
    y2: int
    is_dashed: bool


@dataclass(frozen=True)
class YearsChart:
    """What components/chart_years.html draws, and the same figures as a table."""

    ticks: Sequence[Tick]
    bands: Sequence[str]
    lines: Sequence[Stroke]
    marks: Sequence[YearMark]
    rows: Sequence[Sequence[str]]
    columns: Sequence[str] = COLUMNS
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    label_y: int = BOTTOM + 22
    under_y: int = BOTTOM + 40


def years_chart(years: Sequence[YearValue]) -> YearsChart | None:
    """The picture of these years, oldest first; None where no year has a value.

    The last six are drawn, the table tells all.
    """
    shown = years[-MOST_YEARS:]
    values = [value for one in shown for value in (one.own, one.low, one.high) if value is not None]
    if not values:
        return None
    scale = scale_over(values, BOTTOM, TOP)
    places = places_of(len(shown))
    marks = [mark_of(one, x, scale) for one, x in zip(shown, places, strict=True)]
    return YearsChart(
        ticks=[Tick(scale.at(value), figure(value)) for value in scale.ticks],
        bands=list(bands_of(shown, places, scale)),
        lines=list(lines_of(marks)),
        marks=marks,
        rows=[row_of(one) for one in years],
    )


def places_of(count: int) -> list[int]:
    """Where each of so many years stands from left to right; one alone in the middle."""
    room = RIGHT - LEFT
    return [LEFT + room * (2 * number + 1) // (2 * count) for number in range(count)]


def mark_of(one: YearValue, x: int, scale: Scale) -> YearMark:
    """A year with its point; the figure stands below the point where the band is above it."""
    if one.own is None:
        return YearMark(x, one.label, one.under, None, 0, "", one.is_open)
    y = scale.at(one.own)
    is_lowest = one.low is not None and one.low == one.own != one.high
    text_y = y + BELOW if is_lowest and y + BELOW <= BOTTOM else y - ABOVE
    return YearMark(x, one.label, one.under, y, text_y, figure(one.own), one.is_open)


def bands_of(years: Sequence[YearValue], places: Sequence[int], scale: Scale) -> Iterable[str]:
    """Corners of each stretch of years whose lowest and highest are known, as SVG takes them."""
    run: list[tuple[int, int, int]] = []
    for one, x in zip(years, places, strict=True):
        if one.low is not None and one.high is not None:
            run.append((x, scale.at(one.high), scale.at(one.low)))
            continue
        if run:
            yield corners(run)
        run = []
    if run:
        yield corners(run)


def corners(run: Sequence[tuple[int, int, int]]) -> str:
    """The upper edge from left to right, the lower one back."""
    if len(run) == 1:
        ((x, high, low),) = run
        run = [(x - ALONE, high, low), (x + ALONE, high, low)]
    upper = [(x, high) for x, high, _ in run]
    lower = [(x, low) for x, _, low in reversed(run)]
    return " ".join(f"{x},{y}" for x, y in (*upper, *lower))


def lines_of(marks: Sequence[YearMark]) -> Iterable[Stroke]:
    """Between each two points that follow each other."""
    pointed = [(number, one) for number, one in enumerate(marks) if one.y is not None]
    for (before, first), (after, second) in pairwise(pointed):
        is_dashed = first.is_open or second.is_open or after - before > 1
        yield Stroke(first.x, first.y or 0, second.x, second.y or 0, is_dashed)


def row_of(one: YearValue) -> tuple[str, ...]:
    """The year as a line of the table; what is not known is a dash."""
    own, low, high = (figure(v) if v is not None else "–" for v in (one.own, one.low, one.high))
    return one.label, own, one.under or "–", low, high
