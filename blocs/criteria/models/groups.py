"""Groups of units inside one bloc: each has a scoring table of its own, with its own maximum."""

from django.db import models

from blocs.years.models.years import BlocYear, YearMember
from thidua.common.fields import NameField


class UnitGroup(models.Model):
    """Units of one bloc year that are scored by a table of their own, such as its enterprises."""

    bloc_year = models.ForeignKey(
        BlocYear, models.CASCADE, related_name="unit_groups", verbose_name="năm thi đua"
    )
    name = NameField("tên nhóm", max_length=120)
    order = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = "nhóm đơn vị"
        verbose_name_plural = "nhóm đơn vị"
        ordering = ("order", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("bloc_year", "name"),
                name="unit_group_name_once",
                violation_error_message="Năm thi đua đã có nhóm đơn vị mang tên này.",
            ),
        )

    def __str__(self):
        return self.name


class GroupedMember(models.Model):
    """A member of a bloc year in its group; who has no such row is scored by the common table."""

    member = models.OneToOneField(
        YearMember, models.CASCADE, related_name="grouping", verbose_name="thành viên"
    )
    group = models.ForeignKey(
        UnitGroup, models.CASCADE, related_name="grouped", verbose_name="nhóm đơn vị"
    )

    class Meta:
        verbose_name = "đơn vị trong nhóm"
        verbose_name_plural = "đơn vị trong nhóm"
        ordering = ("group", "pk")

    def __str__(self):
        return f"{self.member} – {self.group}"
