from datetime import datetime, time

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils import timezone

from thidua.common.fields import author
from thidua.common.vietnamese.dates import short_date
from thidua.common.vietnamese.text import filled_lines


class Paper(models.Model):
    """A paper as it was printed: bytes, hash, the data behind it and the version of its form."""

    kind = models.CharField("loại văn bản", max_length=40)
    title = models.CharField("tên văn bản", max_length=500)
    subject_type = models.ForeignKey(ContentType, models.PROTECT, verbose_name="loại đối tượng")
    subject_id = models.PositiveBigIntegerField("mã đối tượng")
    subject = GenericForeignKey("subject_type", "subject_id")
    number = models.CharField("số, ký hiệu", max_length=60, blank=True)
    version = models.CharField("phiên bản mẫu", max_length=20)
    data = models.JSONField("dữ liệu")
    file = models.FileField("tệp PDF", upload_to="van-ban/%Y")
    sha256 = models.CharField("mã băm", max_length=64)
    made_by = author("người lập")
    made_at = models.DateTimeField("lập lúc", auto_now_add=True)

    class Meta:
        verbose_name = "văn bản"
        verbose_name_plural = "văn bản"
        ordering = ("-made_at", "-pk")
        indexes = (models.Index(fields=("subject_type", "subject_id", "kind")),)

    def __str__(self):
        return self.title


class SignedCopy(models.Model):
    """A paper that was signed by hand: its number, day and signers as it says them, and the scan.

    What was recorded is never changed: a better scan is recorded after it, and the last one counts.
    """

    kind = models.CharField("loại văn bản", max_length=40)
    subject_type = models.ForeignKey(
        ContentType, models.PROTECT, related_name="+", verbose_name="loại đối tượng"
    )
    subject_id = models.PositiveBigIntegerField("mã đối tượng")
    subject = GenericForeignKey("subject_type", "subject_id")
    number = models.CharField("số, ký hiệu", max_length=60, blank=True)
    signed_on = models.DateField("ngày ký")
    received_on = models.DateField("ngày nhận", null=True, blank=True)
    signers = models.TextField("người ký")
    file = models.FileField("bản quét", upload_to="ban-giay/%Y")
    name = models.CharField("tên tệp", max_length=255)
    content_type = models.CharField("loại tệp", max_length=100)
    size = models.PositiveBigIntegerField("dung lượng")
    sha256 = models.CharField("mã băm", max_length=64)
    recorded_by = author("người ghi nhận")
    recorded_at = models.DateTimeField("ghi nhận lúc", auto_now_add=True)

    class Meta:
        verbose_name = "bản giấy đã ký"
        verbose_name_plural = "bản giấy đã ký"
        ordering = ("-recorded_at", "-pk")
        indexes = (models.Index(fields=("subject_type", "subject_id", "kind")),)
        constraints = (
            models.CheckConstraint(
                name="signed_copy_names_signers",
                condition=~models.Q(signers=""),
                violation_error_message="Bản giấy đã ký phải có tên người ký.",
            ),
        )

    def __str__(self):
        return self.words

    def get_absolute_url(self):
        return reverse("papers:signed_copy_file", args=(self.pk,))

    @property
    def words(self):
        """«bản giấy số 05/BB-KTĐ5 ký ngày 12/12/2026», as pages and papers name it.

        With «, nhận ngày 14/12/2026» where the day it was received is known.
        """
        number = f" số {self.number}" if self.number else ""
        received = f", nhận ngày {short_date(self.received_on)}" if self.received_on else ""
        return f"bản giấy{number} ký ngày {short_date(self.signed_on)}{received}"

    @property
    def signed_at(self) -> datetime:
        """The first moment of the day in Vietnam: a paper names no hour."""
        return timezone.make_aware(datetime.combine(self.signed_on, time()))

    @property
    def signer_lines(self):
        """The signers one by one, as they were typed a line each."""
        return filled_lines(self.signers)
