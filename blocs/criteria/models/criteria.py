from decimal import Decimal

from django.conf import settings as site
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from blocs.criteria.models.groups import UnitGroup
from blocs.states import TableState
from blocs.units.models.blocs import bloc_matching
from blocs.units.models.names import named_reference
from blocs.units.models.units import Unit
from blocs.years.models.regulation import POINTS
from blocs.years.models.years import BlocYear
from thidua.common.fields import reference
from thidua.common.vietnamese.lookups import matching


class ScoringTableQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Tables the person may see: the list form of `criteria.view_table`."""
        return self.filter(bloc_year__in=BlocYear.objects.visible_to(user))

    def search(self, query):
        """Tables of which the title, or a name of the bloc, has all the words."""
        return self.filter(matching(query, "title") | bloc_matching(query, "bloc_year__bloc__"))

    def in_force(self, bloc_year):
        return self.filter(bloc_year=bloc_year, state=TableState.PUBLISHED)


class ScoringTable(models.Model):
    """A scoring table of a bloc's year: that of a group, or the common one of all other units.

    A published version never changes.
    """

    bloc_year = models.ForeignKey(
        BlocYear, models.PROTECT, related_name="tables", verbose_name="năm thi đua"
    )
    group = models.ForeignKey(
        UnitGroup,
        models.PROTECT,
        related_name="tables",
        null=True,
        blank=True,
        verbose_name="nhóm đơn vị",
    )
    version = models.PositiveSmallIntegerField("phiên bản", default=1)
    title = models.CharField("tên bảng", max_length=255)
    total_max = models.DecimalField("tổng điểm tối đa", **POINTS)
    bonus_cap = models.DecimalField("trần điểm thưởng", null=True, blank=True, **POINTS)
    state = models.CharField(
        "trạng thái", max_length=20, choices=TableState, default=TableState.DRAFT
    )
    settings = models.JSONField("quy tắc tính", default=dict, blank=True)
    published_at = models.DateTimeField("ban hành lúc", null=True, blank=True)
    fingerprint = models.CharField("mã băm", max_length=64, blank=True)
    amends = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="amendments",
        null=True,
        blank=True,
        verbose_name="sửa đổi phiên bản",
    )
    amendment = models.PositiveSmallIntegerField("lần sửa đổi", default=0)
    amendment_reason = models.TextField("lý do sửa đổi", blank=True)
    amendment_basis = models.CharField("căn cứ sửa đổi", max_length=255, blank=True)
    # Frozen on publication: rows of [where, what, before, after] that the units are told of.
    amendment_changes = models.JSONField("nội dung sửa đổi", default=list, blank=True)

    objects = ScoringTableQuerySet.as_manager()

    class Meta:
        verbose_name = "bảng chấm điểm"
        verbose_name_plural = "bảng chấm điểm"
        ordering = ("bloc_year", "-version")
        constraints = (
            # Two of each: to a database no group is never the same as no group.
            models.UniqueConstraint(
                fields=("bloc_year", "version"),
                condition=Q(group=None),
                name="table_version_once",
                violation_error_message="Phiên bản bảng chấm điểm này đã có.",
            ),
            models.UniqueConstraint(
                fields=("group", "version"),
                condition=Q(group__isnull=False),
                name="group_table_version_once",
                violation_error_message="Phiên bản bảng chấm điểm này của nhóm đã có.",
            ),
            models.UniqueConstraint(
                fields=("bloc_year",),
                condition=Q(state=TableState.PUBLISHED, group=None),
                name="table_in_force_once",
                violation_error_message="Năm thi đua đã có bảng chấm điểm chung đang áp dụng.",
            ),
            models.UniqueConstraint(
                fields=("group",),
                condition=Q(state=TableState.PUBLISHED, group__isnull=False),
                name="group_table_in_force_once",
                violation_error_message="Nhóm đơn vị đã có bảng chấm điểm đang áp dụng.",
            ),
            models.CheckConstraint(
                name="table_published_is_frozen",
                condition=Q(state=TableState.DRAFT)
                | (Q(published_at__isnull=False) & ~Q(fingerprint="")),
                violation_error_message="Bảng đã ban hành phải có thời điểm và mã băm.",
            ),
            models.CheckConstraint(
                name="table_amendment_has_reason",
                condition=Q(amends=None, amendment=0)
                | (Q(amends__isnull=False, amendment__gt=0) & ~Q(amendment_reason="")),
                violation_error_message="Bản sửa đổi phải có lần sửa đổi và lý do.",
            ),
        )

    def __str__(self):
        return f"{self.title} – {self.bloc_year}"

    def get_absolute_url(self):
        return reverse("criteria:table_detail", args=(self.pk,))

    @property
    def version_words(self):
        """«phiên bản 2 (sửa đổi lần 1)», as people speak of it."""
        words = f"phiên bản {self.version}"
        return f"{words} (sửa đổi lần {self.amendment})" if self.amendment else words

    @property
    def group_words(self):
        """«nhóm “Doanh nghiệp”»: whom the table is for; empty for the common table."""
        return f"nhóm “{self.group}”" if self.group_id else ""

    @property
    def sisters(self):
        """All versions for the same units of the same year, this one with them."""
        return ScoringTable.objects.filter(bloc_year=self.bloc_year_id, group=self.group_id)

    @property
    def earlier(self):
        """The version in force that this one would replace; None where there is none."""
        return self.sisters.filter(state=TableState.PUBLISHED).exclude(pk=self.pk).first()


class AmendmentReading(models.Model):
    """A person has taken note of an amendment; until then the home page tells of it."""

    table = models.ForeignKey(
        ScoringTable, models.CASCADE, related_name="readings", verbose_name="bảng chấm điểm"
    )
    user = reference(site.AUTH_USER_MODEL, "người xem")
    read_at = models.DateTimeField("xem lúc", auto_now_add=True)

    class Meta:
        verbose_name = "lượt xem bản sửa đổi"
        verbose_name_plural = "lượt xem bản sửa đổi"
        constraints = (
            models.UniqueConstraint(
                fields=("table", "user"),
                name="amendment_read_once",
                violation_error_message="Người này đã xem bản sửa đổi.",
            ),
        )

    def __str__(self):
        return f"{self.user} đã xem {self.table}"


class Criterion(models.Model):
    """A node of the table: a group, or a leaf of some kind with its rule as data."""

    table = models.ForeignKey(
        ScoringTable, models.CASCADE, related_name="criteria", verbose_name="bảng chấm điểm"
    )
    parent = models.ForeignKey(
        "self",
        models.CASCADE,
        related_name="children",
        null=True,
        blank=True,
        verbose_name="thuộc nhóm",
    )
    order = models.PositiveSmallIntegerField("thứ tự", default=0)
    code = models.CharField("mã", max_length=30)
    # As issued where that cannot be the code: a bullet, «1/», nothing; None where it is the code.
    label = models.CharField(  # noqa: DJ001 - an empty label is one, too
        "ký hiệu", max_length=60, null=True, blank=True
    )
    name = models.TextField("nội dung")
    # The kinds are the keys of blocs.scoring: adding one is not a migration.
    kind = models.CharField("cách chấm", max_length=30, default="group")
    max_points = models.DecimalField("điểm tối đa", default=0, **POINTS)
    measure = models.CharField("đơn vị tính", max_length=60, blank=True)
    rule = models.JSONField("quy tắc", default=dict, blank=True)
    needs_evidence = models.BooleanField("phải có minh chứng", default=False)

    class Meta:
        verbose_name = "tiêu chí"
        verbose_name_plural = "tiêu chí"
        ordering = ("order", "pk")
        constraints = (
            models.CheckConstraint(
                name="criterion_max_not_negative",
                condition=Q(max_points__gte=0),
                violation_error_message="Điểm tối đa không được âm.",
            ),
        )

    def __str__(self):
        return f"{self.issued}. {self.name}" if self.issued else self.name

    @property
    def issued(self):
        """The number or bullet before the line as the table was issued; may be empty."""
        return self.code if self.label is None else self.label

    @property
    def is_group(self):
        return self.kind == "group"


class CompetentBody(models.Model):
    """A unit that appraises certain leaves of every sheet of the year."""

    bloc_year = models.ForeignKey(
        BlocYear, models.CASCADE, related_name="bodies", verbose_name="năm thi đua"
    )
    unit = named_reference(Unit, "đơn vị")
    criteria = models.ManyToManyField(Criterion, related_name="+", verbose_name="tiêu chí")
    share = models.DecimalField(
        "tỷ trọng khi nhiều cơ quan chấm một tiêu chí (%)",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01")), MaxValueValidator(Decimal(100))],
    )

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
