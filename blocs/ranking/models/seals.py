"""What a ranking was when it was sealed: rules, days and results, each sealing kept for good."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import models
from django.db.models import Q

from blocs.years.models.years import BlocYear
from thidua.common.fields import author
from thidua.common.models import RestsOnFacts


class RankingSeal(RestsOnFacts):
    """The ranking as the signed minutes hold it, or a later set beside it with its reason.

    `rules` are read by every later ranking of the year, so that neither a moved last day nor a new
    holiday changes a point; `proof` is the whole ranking of that moment (`ranking-proof/1`), and
    `units` are the keys of its units in their order. The last seal is the ranking of the year:
    what changes in sheets or grounds afterwards waits for somebody who seals anew.
    """

    bloc_year = models.ForeignKey(
        BlocYear, models.PROTECT, related_name="ranking_seals", verbose_name="năm thi đua"
    )
    number = models.PositiveSmallIntegerField("lần chốt", default=1)
    sealed_at = models.DateTimeField("chốt lúc")
    sealed_by = author("người chốt", optional=True)
    reason = models.TextField("lý do chốt lại", blank=True)
    rules = models.JSONField("quy tắc đã dùng")
    proof = models.JSONField("xếp hạng lúc chốt")
    units = models.JSONField("đơn vị theo thứ tự", default=list, blank=True)

    class Meta:
        verbose_name = "xếp hạng đã chốt"
        verbose_name_plural = "xếp hạng đã chốt"
        ordering = ("bloc_year", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("bloc_year", "number"),
                name="ranking_seal_number_once",
                violation_error_message="Lần chốt này đã có.",
            ),
            models.CheckConstraint(
                name="ranking_seal_again_has_reason",
                condition=Q(number=1) | ~Q(reason=""),
                violation_error_message="Chốt lại xếp hạng phải nêu lý do.",
            ),
        )

    def __str__(self):
        return f"Xếp hạng đã chốt lần {self.number} {self.bloc_year}"


def seals_newest_first(bloc_year: BlocYear) -> models.QuerySet[RankingSeal]:
    """The seals of the year; the first one holds its ranking."""
    return RankingSeal.objects.filter(bloc_year=bloc_year).order_by("-number")


def last_seal(bloc_year: BlocYear) -> RankingSeal | None:
    """The seal that holds the ranking of the year; None before the minutes were signed."""
    return seals_newest_first(bloc_year).first()


def seals_of(bloc_year: BlocYear) -> list[RankingSeal]:
    """Every seal of the year, that of the minutes first; one query."""
    return list(RankingSeal.objects.filter(bloc_year=bloc_year).order_by("number"))


@dataclass(frozen=True)
class SealedPlace:
    """What the signed minutes rank: place, own total, total and class of a unit at that moment."""

    unit: str
    place: int
    own: Decimal
    total: Decimal
    class_label: str = ""


def sealed_places(bloc_year: BlocYear, reason: str = "") -> list[SealedPlace]:
    """The ranked units as the minutes were signed, whatever was corrected since; empty before.

    `reason` is that of the further sitting whose minutes are meant; without it the first ones are.
    """
    seals = RankingSeal.objects.filter(bloc_year=bloc_year, reason=reason).order_by("number")
    proof = seals.values_list("proof", flat=True).first()
    return [
        SealedPlace(
            unit["name"],
            found["place"],
            Decimal(found["own_total"]),
            Decimal(found["total"]),
            found["class"] or "",
        )
        for unit in (proof or {"units": []})["units"]
        if (found := unit["result"])["place"] is not None
    ]
