"""What the sealed rankings of a unit's years say: its place and points among its bloc."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, Func, JSONField, OuterRef

from blocs.ranking.models.seals import RankingSeal
from blocs.years.domain.names import year_span
from blocs.years.models.years import BlocYear


class Results(Func):
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
        told=Results("proof"),
    )
    return [past_year(row, unit) for row in found.order_by("bloc_year__year", "pk")]


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
