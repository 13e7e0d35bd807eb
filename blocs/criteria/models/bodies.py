"""Competent bodies: units that appraise the leaves of their own field in every sheet of a year."""

from django.db import models

from blocs.criteria.models.criteria import Criterion
from blocs.units.models.units import Unit
from blocs.years.models.years import BlocYear


class CompetentBody(models.Model):
    """A unit that appraises certain leaves of every sheet of the year."""

    bloc_year = models.ForeignKey(
        BlocYear, models.CASCADE, related_name="bodies", verbose_name="năm thi đua"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị")
    criteria = models.ManyToManyField(Criterion, related_name="+", verbose_name="tiêu chí")

    class Meta:
        verbose_name = "cơ quan thẩm định theo lĩnh vực"
        verbose_name_plural = "cơ quan thẩm định theo lĩnh vực"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("bloc_year", "unit"),
                name="competent_body_once",
                violation_error_message="Đơn vị đã có trong danh sách cơ quan thẩm định.",
            ),
        )

    def __str__(self):
        return str(self.unit)
