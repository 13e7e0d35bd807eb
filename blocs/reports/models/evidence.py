from django.db import models
from django.db.models import Sum
from django.urls import reverse

from blocs.units.models.seats import standing_of
from blocs.units.models.units import Unit
from thidua.common.fields import author
from thidua.common.models import number_of
from thidua.common.vietnamese.lookups import closest, closest_first, matching


class EvidenceQuerySet(models.QuerySet):
    def kept_for(self, user):
        """The locker of the person's units: files used somewhere or nowhere."""
        return self.filter(unit__in=standing_of(user).units)

    def search(self, text):
        return closest_first(self.filter(matching(text, "name")), closest(text, "name"))

    def size_of_year(self, unit, year):
        """Bytes of what the unit uploaded in a calendar year and still keeps."""
        found = self.filter(unit=unit, uploaded_at__year=year).aggregate(total=Sum("size"))
        return found["total"] or 0

    def for_list(self):
        """With the number of leaves that use each file."""
        return (
            self.select_related("unit", "uploaded_by")
            .annotate(use_count=number_of(self.model.scores.through.objects, "evidence"))
            .order_by("-uploaded_at", "-pk")
        )


class Evidence(models.Model):
    """A file of the unit that proves a result; one file may serve several leaves."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="evidence", verbose_name="đơn vị")
    file = models.FileField("tệp", upload_to="minh-chung/%Y/%m")
    name = models.CharField("tên tệp", max_length=255)
    content_type = models.CharField("loại tệp", max_length=100)
    size = models.PositiveBigIntegerField("dung lượng")
    sha256 = models.CharField("mã băm", max_length=64)
    uploaded_by = author("người tải lên")
    uploaded_at = models.DateTimeField("tải lên lúc", auto_now_add=True)
    expires_on = models.DateField(
        "hết giá trị ngày", null=True, blank=True, help_text="Để trống nếu tệp không có thời hạn."
    )

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = "minh chứng"
        verbose_name_plural = "minh chứng"
        ordering = ("-uploaded_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "sha256"),
                name="evidence_once_per_unit",
                violation_error_message="Đơn vị đã có tệp này.",
            ),
        )

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("reports:locker_detail", args=(self.pk,))
