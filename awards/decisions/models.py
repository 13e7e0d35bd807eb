from collections.abc import Iterator

from django.db import models
from django.db.models import Q
from django.urls import reverse

from awards.board.models import Opinion
from awards.decisions.enums import DecisionState
from awards.proposals.enums import ItemState
from awards.proposals.models.basis import facts_of_lines
from awards.proposals.models.left_out import COUNCIL, UNSPOKEN
from awards.proposals.models.proposals import ProposalItem
from blocs.states import SeatRole
from blocs.units.models.seats import standing_of
from blocs.units.models.unit_years import UNIT_AWARDS, UnitAward
from blocs.units.models.units import Unit
from thidua.common.basis import BasisFact, rests_on
from thidua.common.models import RestsOnFacts, number_of
from thidua.common.vietnamese.numbers import two_digits
from thidua.common.vietnamese.text import low_first
from thidua.papers.numbers import number_key

# What pages and papers tell of an item, with the year that says what its unit was called.
OF_AN_ITEM = (
    "award",
    "unit",
    "proposal__bloc_year__bloc",
    "proposal__bloc_year__conference",
)


class DecisionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Decisions the person may read: the list form of `decisions.view_decision`."""
        standing = standing_of(user)
        if standing.oversees.everywhere or standing.has(SeatRole.CHAIR):
            return self
        return self.published()

    def published(self):
        return self.filter(state=DecisionState.PUBLISHED)

    def for_list(self):
        counted = self.annotate(item_count=number_of(ProposalItem.objects, "decision"))
        return counted.order_by("-year", "-signed_on", "-pk")


class Decision(RestsOnFacts):
    """A commendation decision of the Chairman; it changes no more once it is signed."""

    year = models.PositiveSmallIntegerField("năm thi đua")
    title = models.CharField("trích yếu", max_length=500)
    state = models.CharField(
        "trạng thái", max_length=20, choices=DecisionState, default=DecisionState.DRAFT
    )
    number = models.CharField("số quyết định", max_length=60, blank=True)
    # Which number of which year it is, whatever way it is written.
    number_key = models.CharField("số trong năm", max_length=80, blank=True, editable=False)
    signed_on = models.DateField("ngày ký", null=True, blank=True)
    signer_name = models.CharField("người ký", max_length=150, blank=True)
    signer_title = models.CharField("chức vụ", max_length=150, default="Chủ tịch")
    legal_bases = models.TextField("căn cứ", blank=True, help_text="Mỗi dòng một căn cứ.")
    published_at = models.DateTimeField("công bố lúc", null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "quyết định khen thưởng"
        verbose_name_plural = "quyết định khen thưởng"
        constraints = (
            models.CheckConstraint(
                name="decision_signed_has_number_and_day",
                condition=Q(state=DecisionState.DRAFT)
                | (~Q(number="") & Q(signed_on__isnull=False)),
                violation_error_message="Quyết định đã ký phải có số và ngày.",
            ),
            models.CheckConstraint(
                name="decision_published_has_time",
                condition=~Q(state=DecisionState.PUBLISHED) | Q(published_at__isnull=False),
                violation_error_message="Quyết định đã công bố phải có thời điểm.",
            ),
            models.UniqueConstraint(
                fields=("number_key",),
                condition=~Q(number_key=""),
                name="decision_number_once_a_year",
                violation_error_message="Số quyết định này đã dùng.",
            ),
        )

    def save(self, *args, **kwargs):
        """Which number it takes follows from number and day, whoever writes the row."""
        if self.number and self.signed_on:
            self.number_key = number_key(self.number, self.signed_on)
        super().save(*args, **kwargs)

    def __str__(self):
        return f"Quyết định số {self.number}" if self.number else self.title

    def get_absolute_url(self):
        return reverse("decisions:decision_detail", args=(self.pk,))


@rests_on("decisions.decision")
def facts_of_decision(decision: Decision) -> Iterator[BasisFact]:
    """What the lines of a draft rest on: results of their units, opinions of the council."""
    items = ProposalItem.objects.filter(decision=decision).for_page().order_by("pk")
    opinions = opinions_said(decision)
    for item, facts in facts_of_lines(items):
        yield facts.of_unit(item.unit_id, str(item.unit))
        name = f"Ý kiến Hội đồng về “{item}”"
        yield BasisFact(f"opinions-{item.pk}", name, opinions.get(item.pk, ""))


def council_words(decision: Decision) -> str:
    """Whether the council spoke of the lines: of none, of some; empty where of all."""
    count, spoken = decision.items.count(), len(opinions_said(decision))
    if spoken == count:
        return ""
    if not spoken:
        return UNSPOKEN
    return f"{COUNCIL} chỉ có ý kiến về {two_digits(spoken)}/{two_digits(count)} tập thể"


def opinions_said(decision: Decision) -> dict[int, str]:
    """«03 đồng ý, 01 không đồng ý» for each line of the decision that the council spoke of."""
    rows = Opinion.objects.filter(item__decision=decision).values_list("item", "agrees")
    found: dict[int, list[bool]] = {}
    for item, agrees in rows:
        found.setdefault(item, []).append(agrees)
    return {
        item: f"{sum(given):02d} đồng ý, {len(given) - sum(given):02d} không đồng ý"
        for item, given in found.items()
    }


@UNIT_AWARDS.add
def awards_of_unit(unit: Unit) -> list[UnitAward]:
    """What published decisions granted a unit; everybody may know it."""
    granted = ProposalItem.objects.filter(
        unit=unit, state=ItemState.GRANTED, decision__state=DecisionState.PUBLISHED
    )
    rows = granted.select_related("award", "decision", "proposal__bloc_year")
    return [
        UnitAward(
            item.bloc_year.year,
            item.bloc_year.span,
            f"{item.award}, {low_first(str(item.decision))}",
            reverse("decisions:public_detail", args=(item.decision_id,)),
        )
        for item in rows.order_by("award__order", "pk")
    ]
