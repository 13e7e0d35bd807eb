"""What a ranking was when the minutes were signed: its rules, days and results, kept for good."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models

from blocs.years.models.years import BlocYear


class RankingSeal(models.Model):
    """The ranking as the signed minutes hold it.

    `rules` are read by every later ranking of the year, so that neither a moved last day nor a new
    holiday changes a point; `proof` is the whole ranking of that moment (`ranking-proof/1`).
    """

    bloc_year = models.OneToOneField(
        BlocYear, models.PROTECT, related_name="ranking_seal", verbose_name="năm thi đua"
    )
    sealed_at = models.DateTimeField("chốt lúc")
    rules = models.JSONField("quy tắc đã dùng")
    proof = models.JSONField("xếp hạng lúc chốt")

    class Meta:
        verbose_name = "xếp hạng đã chốt"
        verbose_name_plural = "xếp hạng đã chốt"

    def __str__(self):
        return f"Xếp hạng đã chốt {self.bloc_year}"


def sealed_rules(bloc_year: BlocYear) -> dict[str, Any] | None:
    """The rules kept with the signed minutes; None before."""
    kept = RankingSeal.objects.filter(bloc_year=bloc_year)
    return kept.values_list("rules", flat=True).first()


@dataclass(frozen=True)
class SealedPlace:
    """What the signed minutes rank: a unit with its place, own total and total of that moment."""

    unit: str
    place: int
    own: Decimal
    total: Decimal


def sealed_places(bloc_year: BlocYear) -> list[SealedPlace]:
    """The ranked units as the minutes were signed, whatever was corrected since; empty before."""
    proof = RankingSeal.objects.filter(bloc_year=bloc_year).values_list("proof", flat=True).first()
    return [
        SealedPlace(
            unit["name"], found["place"], Decimal(found["own_total"]), Decimal(found["total"])
        )
        for unit in (proof or {"units": []})["units"]
        if (found := unit["result"])["place"] is not None
    ]
