"""What people chose between units that are equal over the last award of a quota."""

from django.db import models
from django.db.models import Q

from blocs.scoring.ranking.quota_edge import Tie
from blocs.units.models import Unit
from blocs.units.models.names import named_reference
from blocs.years.models.awards import AwardKind
from thidua.common.fields import author, reference


class TieChoice(models.Model):
    """The choice between equal units, with its reason and the tie that was before the people.

    It answers exactly that tie: where points or quota have changed since, the question is open
    again.
    """

    proposal = models.ForeignKey(
        "proposals.Proposal", models.CASCADE, related_name="tie_choices", verbose_name="đề nghị"
    )
    award = reference(AwardKind, "hình thức")
    place = models.PositiveSmallIntegerField("hạng")
    seats = models.PositiveSmallIntegerField("số còn lại")
    reason = models.TextField("lý do chọn")
    chosen_by = author("người ghi")
    chosen_at = models.DateTimeField("ghi lúc", auto_now=True)

    class Meta:
        verbose_name = "lựa chọn giữa các đơn vị cùng hạng"
        verbose_name_plural = "lựa chọn giữa các đơn vị cùng hạng"
        ordering = ("award__order", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("proposal", "award"),
                name="tie_choice_once_per_award",
                violation_error_message="Hình thức này đã có lựa chọn giữa các đơn vị cùng hạng.",
            ),
            models.CheckConstraint(
                name="tie_choice_has_reason",
                condition=~Q(reason=""),
                violation_error_message="Lựa chọn giữa các đơn vị cùng hạng phải nêu lý do.",
            ),
        )

    def __str__(self):
        return f"{self.award}, các đơn vị cùng hạng {self.place}"

    @property
    def tie(self) -> Tie:
        """The tie this choice answers."""
        units = frozenset(row.unit_id for row in self.units.all())
        return Tie(self.award.is_flag, self.place, units, self.seats)

    @property
    def chosen(self) -> frozenset[int]:
        return frozenset(row.unit_id for row in self.units.all() if row.is_chosen)


class TieUnit(models.Model):
    """One of the equal units, chosen or not."""

    choice = models.ForeignKey(
        TieChoice, models.CASCADE, related_name="units", verbose_name="lựa chọn"
    )
    unit = named_reference(Unit, "đơn vị", day_by="choice.proposal.bloc_year")
    is_chosen = models.BooleanField("được chọn", default=False)

    class Meta:
        verbose_name = "đơn vị cùng hạng"
        verbose_name_plural = "đơn vị cùng hạng"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("choice", "unit"),
                name="tie_unit_once",
                violation_error_message="Mỗi đơn vị cùng hạng chỉ có một dòng.",
            ),
        )

    def __str__(self):
        return str(self.unit)
