"""What the apps above tell of the years of a unit: place and points, awards that are public."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from blocs.units.models.units import Unit
from thidua.common.charts.years import YearsChart, YearValue, years_chart
from thidua.common.registry import Registry


@dataclass(frozen=True)
class UnitResult:
    """Place of a unit in a year and its page; `points` as printed, `value` where a line takes it.

    A year that compares percent, or is known from minutes alone, has no `value`.
    """

    year: int
    span: str
    place: str
    points: str
    url: str
    value: YearValue | None = None


@dataclass(frozen=True)
class UnitAward:
    """An award that was made public, and the page of its decision."""

    year: int
    span: str
    words: str
    url: str


# Each gives what the reader may see of the unit.
UNIT_RESULTS: Registry[Callable[[Unit, object], list[UnitResult]]] = Registry()
UNIT_AWARDS: Registry[Callable[[Unit], list[UnitAward]]] = Registry()


@dataclass(frozen=True)
class UnitYear:
    """One line of the page of a unit."""

    span: str
    result: UnitResult | None
    awards: tuple[UnitAward, ...]


def results_told(unit: Unit, reader: object) -> list[UnitResult]:
    """All results that this reader may know, oldest first."""
    found = (one for told in UNIT_RESULTS for one in told(unit, reader))
    return sorted(found, key=lambda one: one.year)


def unit_years(unit: Unit, results: Iterable[UnitResult]) -> list[UnitYear]:
    """A line for each year with a result or an award, the newest first."""
    by_year = {(one.year, one.span): one for one in results}
    awards: dict[tuple[int, str], list[UnitAward]] = {}
    for told in UNIT_AWARDS:
        for one in told(unit):
            awards.setdefault((one.year, one.span), []).append(one)
    keys = sorted(by_year.keys() | awards.keys(), reverse=True)
    return [UnitYear(key[1], by_year.get(key), tuple(awards.get(key, ()))) for key in keys]


def unit_chart(results: Iterable[UnitResult]) -> YearsChart | None:
    """The line over the years that have points on one scale."""
    return years_chart([one.value for one in results if one.value])
