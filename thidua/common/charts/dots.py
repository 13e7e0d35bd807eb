"""A strip of dots: one unit among its bloc, equal values above each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from thidua.common.charts.scales import Scale, figure, scale_over

WIDTH, LEFT, RIGHT = 360, 16, 344
# Dots that are less far apart stand above each other, so high.
APART, HIGH = 11, 12
TOP, FOOT = 24, 24
COLUMNS = ("Đơn vị", "Điểm")


@dataclass(frozen=True)
class Dotted:
    """A unit with its value; `is_own` is the one the picture is about."""

    name: str
    value: Decimal
    is_own: bool = False


@dataclass(frozen=True)
class Dot:
    """Where a unit stands on the picture; the own one is a diamond with these corners."""

    x: int
    y: int
    name: str
    text: str
    corners: str = ""


@dataclass(frozen=True)
class DotStrip:
    """What components/chart_dots.html draws, and the same figures as a table."""

    dots: Sequence[Dot]
    own: Dot | None
    own_y: int
    axis_y: int
    ticks: Sequence[tuple[int, str]]
    height: int
    rows: Sequence[tuple[str, str]]
    columns: Sequence[str] = COLUMNS
    width: int = WIDTH
    left: int = LEFT
    right: int = RIGHT
    tick_y: int = 0


def dot_strip(units: Sequence[Dotted]) -> DotStrip | None:
    """The picture of these units; None where there is none."""
    if not units:
        return None
    scale = scale_over([one.value for one in units], LEFT, RIGHT)
    levels = levels_of(units, scale)
    axis_y = TOP + HIGH * (max(levels) + 1)
    dots = [
        dot_of(one, scale.at(one.value), axis_y - HIGH * level - HIGH // 2)
        for one, level in zip(units, levels, strict=True)
    ]
    own = next((dot for dot in dots if dot.corners), None)
    best_first = sorted(units, key=lambda one: -one.value)
    return DotStrip(
        dots=[dot for dot in dots if dot is not own],
        own=own,
        own_y=max(12, own.y - 10) if own else 0,
        axis_y=axis_y,
        ticks=[(scale.at(value), figure(value)) for value in scale.ticks],
        height=axis_y + FOOT,
        rows=[(one.name, figure(one.value)) for one in best_first],
        tick_y=axis_y + 18,
    )


def levels_of(units: Sequence[Dotted], scale: Scale) -> list[int]:
    """How many dots each stands above the axis, so that none covers another.

    Of equal ones the own comes last, so that its figure has room.
    """
    last: list[int] = []
    found = [0] * len(units)
    order = sorted(range(len(units)), key=lambda n: (scale.at(units[n].value), units[n].is_own, n))
    for place in order:
        x = scale.at(units[place].value)
        level = next((n for n, taken in enumerate(last) if x - taken >= APART), len(last))
        last[level : level + 1] = [x]
        found[place] = level
    return found


def dot_of(one: Dotted, x: int, y: int) -> Dot:
    """A dot, for the own unit the corners of a diamond."""
    corners = f"{x},{y - 7} {x + 7},{y} {x},{y + 7} {x - 7},{y}" if one.is_own else ""
    return Dot(x, y, one.name, figure(one.value), corners)
