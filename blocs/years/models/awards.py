from django.db import models
from django.db.models import Q

from blocs.states import AskedAward


class AwardKindQuerySet(models.QuerySet):
    def for_units(self):
        """What a unit may be voted or proposed for now: in use, and not of persons alone."""
        return self.filter(is_active=True, is_personal=False)


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
    is_personal = models.BooleanField(
        "chỉ tặng cá nhân",
        default=False,
        help_text="Ví dụ Chiến sĩ thi đua: không bỏ phiếu, không đề nghị cho đơn vị.",
    )
    is_national = models.BooleanField("cấp Nhà nước", default=False)
    legal_basis = models.CharField("căn cứ", max_length=255, blank=True)
    bonus_multiple = models.DecimalField(
        "mức tiền thưởng (lần lương cơ sở)", max_digits=6, decimal_places=2, null=True, blank=True
    )
    order = models.PositiveSmallIntegerField("thứ tự", default=0)
    is_active = models.BooleanField("đang dùng", default=True)

    objects = AwardKindQuerySet.as_manager()

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
            models.CheckConstraint(
                name="award_kind_flag_of_units",
                condition=Q(is_flag=False) | Q(is_personal=False),
                violation_error_message="Cờ thi đua tặng đơn vị, không tặng cá nhân.",
            ),
        )

    def __str__(self):
        return self.name

    @property
    def is_certificate(self):
        """What the share of certificates is about, whatever place it has in the list.

        An order or certificate of the State is none: no share of a bloc's rules is about it.
        """
        return not (self.is_flag or self.is_title or self.is_personal or self.is_national)

    @property
    def sort_words(self):
        """«Cờ thi đua, cấp Nhà nước»: what it is, as the catalogue says it."""
        plain = "Danh hiệu" if self.is_title else "Bằng khen và hình thức khác"
        sort = "Cờ thi đua" if self.is_flag else plain
        more = {"chỉ tặng cá nhân": self.is_personal, "cấp Nhà nước": self.is_national}
        return ", ".join([sort, *(words for words, holds in more.items() if holds)])

    @property
    def asked(self):
        """What sort of question a vote on this award is."""
        if self.is_flag and not self.is_national:
            return AskedAward.FLAG
        return AskedAward.CERTIFICATE if self.is_certificate else AskedAward.OTHER
