from django.db import models
from django.db.models import Q

from blocs.states import AskedAward


class AwardKind(models.Model):
    """A title or commendation a bloc may propose; the office keeps this list."""

    code = models.SlugField("mã", unique=True)
    name = models.CharField("tên hình thức", max_length=255)
    is_flag = models.BooleanField("là cờ thi đua", default=False)
    is_title = models.BooleanField(
        "là danh hiệu",
        default=False,
        help_text="Danh hiệu thi đua không tính vào số Bằng khen.",
    )
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
        constraints = (
            models.CheckConstraint(
                name="award_kind_flag_or_title",
                condition=Q(is_flag=False) | Q(is_title=False),
                violation_error_message="Một hình thức không vừa là cờ thi đua vừa là danh hiệu.",
            ),
        )

    def __str__(self):
        return self.name

    @property
    def is_certificate(self):
        """Neither flag nor title, whatever place it has in the list."""
        return not self.is_flag and not self.is_title

    @property
    def asked(self):
        """What sort of question a vote on this award is."""
        if self.is_flag and not self.is_national:
            return AskedAward.FLAG
        return AskedAward.CERTIFICATE if self.is_certificate else AskedAward.OTHER
