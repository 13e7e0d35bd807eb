from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from thidua.common.fields import author


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
