from django.db import models
from django.db.models import F, Q

from blocs.units.models.names import named_reference
from blocs.units.models.units import Unit
from blocs.years.models.years import BlocYear


class ScoringConflict(models.Model):
    """Two units that must not mark each other's sheets this year, and why."""

    bloc_year = models.ForeignKey(
        BlocYear, models.CASCADE, related_name="scoring_conflicts", verbose_name="năm thi đua"
    )
    first = named_reference(Unit, "đơn vị")
    second = named_reference(Unit, "đơn vị kia")
    reason = models.CharField("lý do", max_length=255, blank=True)

    class Meta:
        verbose_name = "cặp đơn vị không chấm nhau"
        verbose_name_plural = "cặp đơn vị không chấm nhau"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("bloc_year", "first", "second"),
                name="scoring_conflict_once",
                violation_error_message="Cặp đơn vị này đã được ghi.",
            ),
            models.CheckConstraint(
                name="scoring_conflict_of_two",
                condition=~Q(first=F("second")),
                violation_error_message="Hãy chọn hai đơn vị khác nhau.",
            ),
        )

    def __str__(self):
        return f"{self.first} và {self.second}"

    @property
    def pair(self) -> frozenset[int]:
        """Both units, in no order."""
        return frozenset((self.first_id, self.second_id))
