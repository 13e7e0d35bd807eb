from datetime import date

from django.db import models
from django.db.models import F, Q

from blocs.legal.models import paper_day
from blocs.states import AskedAward


class AwardKindQuerySet(models.QuerySet):
    def for_units(self, day: date | None = None):
        """What a unit may be proposed for: in use, valid that day (today), not of persons alone."""
        day = paper_day(day)
        begun = Q(valid_from=None) | Q(valid_from__lte=day)
        lasting = Q(valid_to=None) | Q(valid_to__gte=day)
        return self.filter(begun, lasting).filter(is_active=True, is_personal=False)


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
    is_of_unit = models.BooleanField(
        "cấp cơ quan, đơn vị",
        default=False,
        help_text="Do thủ trưởng cơ quan, đơn vị hoặc Chủ tịch UBND cấp xã tặng.",
    )
    is_for_persons = models.BooleanField("tặng cả cá nhân", default=False)
    is_for_households = models.BooleanField("tặng cả hộ gia đình", default=False)
    occasions = models.CharField(
        "loại hình khen thưởng",
        max_length=150,
        blank=True,
        help_text="Ví dụ: công trạng; chuyên đề; đột xuất.",
    )
    valid_from = models.DateField("áp dụng từ ngày", null=True, blank=True)
    valid_to = models.DateField("áp dụng đến hết ngày", null=True, blank=True)
    is_compared = models.BooleanField(
        "đã đối chiếu văn bản",
        default=False,
        help_text="Chưa chọn thì danh mục ghi “chưa đối chiếu văn bản” ở hình thức này.",
    )
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
                name="award_kind_one_level",
                condition=Q(is_national=False) | Q(is_of_unit=False),
                violation_error_message="Hình thức cấp Nhà nước không do cơ quan, đơn vị tặng.",
            ),
            models.CheckConstraint(
                name="award_kind_ends_after_it_began",
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                violation_error_message="Ngày áp dụng cuối cùng không được trước ngày đầu tiên.",
            ),
            models.CheckConstraint(
                name="award_kind_compared_with_basis",
                condition=Q(is_compared=False) | ~Q(legal_basis=""),
                violation_error_message="Đã đối chiếu thì phải ghi căn cứ.",
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

        An award of the State or of a unit's own head is none: no share of the rules is about it.
        """
        is_other = self.is_flag or self.is_title or self.is_personal
        return not (is_other or self.is_national or self.is_of_unit)

    @property
    def audience_words(self):
        """«Tập thể, cá nhân, hộ gia đình»: to whom it is given."""
        first = "cá nhân" if self.is_personal else "tập thể"
        persons = ["cá nhân"] if self.is_for_persons and not self.is_personal else []
        households = ["hộ gia đình"] if self.is_for_households else []
        return ", ".join([first, *persons, *households])

    @property
    def sort_words(self):
        """«Cờ thi đua, cấp Nhà nước»: what it is, as the catalogue says it."""
        plain = "Danh hiệu" if self.is_title else "Bằng khen và hình thức khác"
        sort = "Cờ thi đua" if self.is_flag else plain
        more = {
            "chỉ tặng cá nhân": self.is_personal,
            "cấp Nhà nước": self.is_national,
            "cấp cơ quan, đơn vị": self.is_of_unit,
        }
        return ", ".join([sort, *(words for words, holds in more.items() if holds)])

    @property
    def asked(self):
        """What sort of question a vote on this award is."""
        if self.is_flag and not self.is_national:
            return AskedAward.FLAG
        return AskedAward.CERTIFICATE if self.is_certificate else AskedAward.OTHER
