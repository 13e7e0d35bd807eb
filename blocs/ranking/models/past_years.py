"""What the sealed rankings of a unit's years say: its place and points among its bloc."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, Func, JSONField, OuterRef
from django.urls import reverse

from blocs.ranking.models.seals import RankingSeal
from blocs.ranking.models.stated import StatedPlace
from blocs.units.models.unit_years import UNIT_RESULTS, UnitResult
from blocs.units.models.units import Unit
from blocs.years.domain.names import year_span
from blocs.years.models.years import BlocYear
from thidua.common.charts.years import YearValue
from thidua.common.vietnamese.numbers import format_trimmed

# More places than any points have.
DECIMALS = 4


class ProofResults(Func):
    """The result of each unit of a proof in its order, without the leaves of the sheets."""

    output_field = JSONField()

    def as_postgresql(self, compiler, connection, **context):
        text = "jsonb_path_query_array(%(expressions)s, '$.units[*].result')"
        return self.as_sql(compiler, connection, template=text, **context)

    def as_sqlite(self, compiler, connection, **context):
        each = "json_each(%(expressions)s, '$.units')"
        text = f"(SELECT json_group_array(json_extract(value, '$.result')) FROM {each})"
        return self.as_sql(compiler, connection, template=text, **context)


@dataclass(frozen=True)
class SealedResult:
    """Place and points of one unit; `points` are percent where the year compares percent."""

    place: int
    points: Decimal


@dataclass(frozen=True)
class PastYear:
    """A sealed year of a unit: its own result, None without a place, and those of all units."""

    bloc_year: int
    year: int
    span: str
    by_percent: bool
    own: SealedResult | None
    results: Mapping[int, SealedResult]

    @property
    def points(self) -> list[Decimal]:
        """The points of all units with a place."""
        return [one.points for one in self.results.values()]

    @property
    def value(self) -> YearValue:
        """The year as a line over years takes it: the unit with the band of its bloc."""
        low, high = (min(self.points), max(self.points)) if self.points else (None, None)
        own = self.own.points if self.own else None
        return YearValue(self.span, own, low, high, self.place_words)

    @property
    def place_words(self) -> str:
        """«hạng 3/8»; a unit without a place says so."""
        return f"hạng {self.own.place}/{len(self.results)}" if self.own else "không xếp hạng"


def past_years(unit: int, user) -> list[PastYear]:
    """The years of a unit whose agreed ranking is sealed and the person may see, oldest first.

    One query. `visible_to` is the list form of `ranking.view_ranking`: a bloc's points are for its
    members and the province. What was not sealed is told by the page of its ranking alone.
    """
    later = RankingSeal.objects.filter(
        bloc_year=OuterRef("bloc_year"), number__gt=OuterRef("number")
    )
    seen = BlocYear.objects.visible_to(user).filter(members__unit=unit)
    rows = RankingSeal.objects.filter(~Exists(later), bloc_year__in=seen.values("pk"))
    found = rows.filter(proof__is_agreed=True).values(
        "bloc_year_id",
        "units",
        year=F("bloc_year__year"),
        is_school_year=F("bloc_year__is_school_year"),
        by_percent=F("rules__by_percent"),
        told=ProofResults("proof"),
    )
    return [past_year(row, unit) for row in found.order_by("bloc_year__year", "pk")]


@UNIT_RESULTS.add
def results_of_unit(unit: Unit, user) -> list[UnitResult]:
    """What the page of a unit tells of its places: sealed years, else what minutes state."""
    sealed = past_years(unit.pk, user)
    seen = BlocYear.objects.visible_to(user).exclude(pk__in=[one.bloc_year for one in sealed])
    stated = StatedPlace.objects.filter(unit=unit, bloc_year__in=seen.values("pk"))
    return [
        *(sealed_result(one) for one in sealed),
        *(stated_result(row) for row in stated.select_related("bloc_year").order_by("pk")),
    ]


def sealed_result(one: PastYear) -> UnitResult:
    """A sealed year; its points as they are, percent with their sign."""
    sign = "%" if one.by_percent else ""
    points = f"{format_trimmed(one.own.points, DECIMALS)}{sign}" if one.own else ""
    value = None if one.by_percent else one.value
    return UnitResult(one.year, one.span, one.place_words, points, page_of(one.bloc_year), value)


def stated_result(row: StatedPlace) -> UnitResult:
    """What minutes say: a place or a class, no points."""
    year = row.bloc_year
    return UnitResult(year.year, year.span, row.words, "", page_of(year.pk))


def page_of(bloc_year: int) -> str:
    """The page of the ranking of a year."""
    return reverse("ranking:ranking", args=(bloc_year,))


def past_year(row: Mapping[str, Any], unit: int) -> PastYear:
    """A row of the query as values; a school year is called by both its years."""
    by_percent = bool(row["by_percent"])
    figure = "compared" if by_percent else "total"
    results = {
        pk: SealedResult(told["place"], Decimal(told[figure]))
        for pk, told in zip(row["units"], row["told"], strict=True)
        if told["place"] is not None
    }
    span = year_span(row["year"], is_school_year=row["is_school_year"])
    return PastYear(row["bloc_year_id"], row["year"], span, by_percent, results.get(unit), results)
