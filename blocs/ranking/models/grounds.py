"""Grounds on which a unit is out, held, limited in its award, or loses points."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from blocs.units.models.names import named_reference
from blocs.units.models.seats import standing_of, within
from blocs.units.models.units import Unit
from blocs.years.models.years import BlocYear, headed_by


class GroundQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Grounds the person may read: the list form of `ranking.view_ground`."""
        standing = standing_of(user)
        seen = within(standing.oversees, "bloc_year__bloc") | Q(unit__in=standing.units)
        return self.filter(seen | headed_by(standing.units))


class Ground(models.Model):
    """A ground of the table found for one unit this year, with the paper that says so."""

    bloc_year = models.ForeignKey(
        BlocYear, models.PROTECT, related_name="grounds", verbose_name="năm thi đua"
    )
    unit = named_reference(Unit, "đơn vị", related_name="grounds")
    code = models.CharField("mã điều kiện", max_length=30)
    basis = models.TextField("căn cứ", help_text="Văn bản, kết luận nêu sự việc.")
    found_on = models.DateField("ghi nhận ngày")
    lifted_on = models.DateField("hết hiệu lực ngày", null=True, blank=True)
    lift_basis = models.TextField("căn cứ chấm dứt", blank=True)

    objects = GroundQuerySet.as_manager()

    class Meta:
        verbose_name = "điều kiện loại đã ghi nhận"
        verbose_name_plural = "điều kiện loại đã ghi nhận"
        ordering = ("found_on", "pk")

    def __str__(self):
        return f"{self.code} – {self.unit}"

    def get_absolute_url(self):
        return reverse("ranking:ground_list", args=(self.bloc_year_id,))
