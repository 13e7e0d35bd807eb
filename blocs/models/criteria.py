from django.db import models
from django.db.models import Q
from django.urls import reverse

from blocs.enums import TableState
from blocs.models.years import BlocYear

POINTS = {"max_digits": 12, "decimal_places": 4}


class ScoringTableQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Tables the person may see: the list form of `blocs.view_table`."""
        return self.filter(bloc_year__in=BlocYear.objects.visible_to(user))

    def in_force(self, bloc_year):
        """The published table of a year."""
        return self.filter(bloc_year=bloc_year, state=TableState.PUBLISHED)


class ScoringTable(models.Model):
    """The bloc's scoring table of a year. A published version never changes."""

    bloc_year = models.ForeignKey(
        BlocYear, models.PROTECT, related_name="tables", verbose_name="năm thi đua"
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

    objects = ScoringTableQuerySet.as_manager()

    class Meta:
        verbose_name = "bảng chấm điểm"
        verbose_name_plural = "bảng chấm điểm"
        ordering = ("bloc_year", "-version")
        constraints = (
            models.UniqueConstraint(
                fields=("bloc_year", "version"),
                name="table_version_once",
                violation_error_message="Phiên bản bảng chấm điểm này đã có.",
            ),
            models.UniqueConstraint(
                fields=("bloc_year",),
                condition=Q(state=TableState.PUBLISHED),
                name="table_in_force_once",
                violation_error_message="Năm thi đua đã có bảng chấm điểm đang áp dụng.",
            ),
            models.CheckConstraint(
                name="table_published_is_frozen",
                condition=Q(state=TableState.DRAFT)
                | (Q(published_at__isnull=False) & ~Q(fingerprint="")),
                violation_error_message="Bảng đã ban hành phải có thời điểm và mã băm.",
            ),
        )

    def __str__(self):
        return f"{self.title} – {self.bloc_year}"

    def get_absolute_url(self):
        return reverse("blocs:table_detail", args=(self.pk,))


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
    name = models.TextField("nội dung")
    # The kinds are the keys of blocs.domain.scoring: adding one is not a migration.
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
        return f"{self.code}. {self.name}"

    @property
    def is_group(self):
        return self.kind == "group"
