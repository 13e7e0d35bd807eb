from django.db import models


class AwardKind(models.Model):
    """A title or commendation a bloc may propose; the office keeps this list."""

    code = models.SlugField("mã", unique=True)
    name = models.CharField("tên hình thức", max_length=255)
    is_flag = models.BooleanField("là cờ thi đua", default=False)
    is_national = models.BooleanField("cấp Nhà nước", default=False)
    legal_basis = models.CharField("căn cứ", max_length=255, blank=True)
    bonus_multiple = models.DecimalField(
        "mức tiền thưởng (lần lương cơ sở)", max_digits=6, decimal_places=2, null=True, blank=True
    )
    order = models.PositiveSmallIntegerField("thứ tự", default=0)
    is_active = models.BooleanField("đang dùng", default=True)

    class Meta:
        verbose_name = "hình thức khen thưởng"
        verbose_name_plural = "hình thức khen thưởng"
        ordering = ("order", "pk")

    def __str__(self):
        return self.name
