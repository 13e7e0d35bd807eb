from collections.abc import Iterator

from django.db import models
from django.db.models import Q

from awards.proposals.models.basis import facts_of_item
from awards.proposals.models.proposals import ProposalItem
from thidua.common.basis import BasisFact, rests_on
from thidua.common.fields import author
from thidua.common.models import RestsOnFacts


class Opinion(RestsOnFacts):
    """What one council member says of one item: agrees or not. The council advises."""

    item = models.ForeignKey(
        ProposalItem, models.CASCADE, related_name="opinions", verbose_name="dòng đề nghị"
    )
    member = author("thành viên")
    agrees = models.BooleanField("đồng ý")
    note = models.CharField("ý kiến", max_length=500, blank=True)
    given_at = models.DateTimeField("lúc", auto_now=True)

    class Meta:
        verbose_name = "ý kiến Hội đồng"
        verbose_name_plural = "ý kiến Hội đồng"
        constraints = (
            models.CheckConstraint(
                name="opinion_against_has_reason",
                condition=Q(agrees=True) | ~Q(note=""),
                violation_error_message="Ý kiến không đồng ý phải nêu lý do.",
            ),
            models.UniqueConstraint(
                fields=("item", "member"),
                name="opinion_once",
                violation_error_message="Thành viên đã cho ý kiến về dòng này.",
            ),
        )

    def __str__(self):
        return f"{self.member}: {'đồng ý' if self.agrees else 'không đồng ý'}"


@rests_on("board.opinion")
def facts_of_opinion(opinion: Opinion) -> Iterator[BasisFact]:
    """An opinion is on the line as it stood: its unit, its merit."""
    return facts_of_item(opinion.item)
