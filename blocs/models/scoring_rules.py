"""The regulation of a bloc year about scores: classes, late papers, who appraises and how."""

from datetime import date

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from blocs.domain.scoring import (
    ROUND_MODES,
    ClassBand,
    Counted,
    LateRule,
    class_bands,
)
from blocs.enums import AppraisalMode, SeatRole
from blocs.models.counts import rules_of_year
from blocs.models.criteria import POINTS, Criterion
from blocs.models.seats import standing_of
from blocs.models.units import Unit
from blocs.models.years import BlocYear


class ScoringRules(models.Model):
    """What the bloc's regulation says beside the table; a year without a row has the defaults."""

    bloc_year = models.OneToOneField(
        BlocYear, models.CASCADE, related_name="scoring_rules", verbose_name="năm thi đua"
    )
    class_bands = models.JSONField("mức xếp loại", default=list, blank=True)
    late_grace_days = models.PositiveSmallIntegerField("số ngày nộp chậm không tính", default=0)
    late_after_grace = models.BooleanField(
        "chỉ tính số ngày sau thời gian không tính", default=False
    )
    late_in_working_days = models.BooleanField("tính theo ngày làm việc", default=True)
    late_fixed = models.DecimalField(
        "điểm trừ một lần khi nộp chậm", null=True, blank=True, **POINTS
    )
    late_per_day = models.DecimalField("điểm trừ mỗi ngày chậm", null=True, blank=True, **POINTS)
    late_cap = models.DecimalField("điểm trừ nộp chậm tối đa", null=True, blank=True, **POINTS)
    last_on = models.DateField("hạn cuối cùng, quá hạn không xét", null=True, blank=True)
    appraisal_mode = models.CharField(
        "cách thẩm định", max_length=10, choices=AppraisalMode, default=AppraisalMode.HEAD
    )
    scorers_per_sheet = models.PositiveSmallIntegerField(
        "số đơn vị chấm mỗi bảng điểm", default=2, validators=[MinValueValidator(1)]
    )
    rounds = models.PositiveSmallIntegerField(
        "số vòng chấm", default=1, validators=[MinValueValidator(1)]
    )
    round_mode = models.CharField(
        "cách gộp điểm nhiều người chấm, nhiều vòng",
        max_length=30,
        choices=tuple(ROUND_MODES.items()),
        default="mean",
    )
    is_blind = models.BooleanField("chưa chấm xong thì không xem điểm của người khác", default=True)
    appeal_days = models.PositiveSmallIntegerField(
        "số ngày làm việc được kiến nghị", null=True, blank=True, default=5
    )
    deviation_share = models.DecimalField(
        "đánh dấu khi lệch quá (% điểm tối đa)", max_digits=5, decimal_places=2, default=20
    )
    spread_share = models.DecimalField(
        "cảnh báo khi các đơn vị chỉ chênh nhau (% điểm tối đa)",
        max_digits=5,
        decimal_places=2,
        default=2,
    )

    class Meta:
        verbose_name = "quy định chấm điểm"
        verbose_name_plural = "quy định chấm điểm"

    def __str__(self):
        return f"Quy định chấm điểm {self.bloc_year}"

    @property
    def bands(self) -> tuple[ClassBand, ...]:
        """The classes of the year, best first."""
        return class_bands(self.class_bands)

    @property
    def late_rule(self) -> LateRule | None:
        """The rule on late reports; None where the year has no due day."""
        due: date | None = self.bloc_year.report_due
        if due is None:
            return None
        return LateRule(
            due_on=due,
            counts=Counted(rules_of_year(self.bloc_year).counted_submission),
            grace_days=self.late_grace_days,
            is_counted_after_grace=self.late_after_grace,
            in_working_days=self.late_in_working_days,
            fixed=self.late_fixed,
            per_day=self.late_per_day,
            cap=self.late_cap,
            last_on=self.last_on,
        )


def scoring_rules_of(bloc_year: BlocYear) -> ScoringRules:
    """The scoring rules of a year; one with the defaults, not saved, where none were set."""
    try:
        return bloc_year.scoring_rules
    except ScoringRules.DoesNotExist:
        return ScoringRules(bloc_year=bloc_year)


class Holiday(models.Model):
    """A day that is no working day, or a weekend day that is worked instead (làm bù)."""

    day = models.DateField("ngày", unique=True)
    name = models.CharField("tên", max_length=150)
    is_worked = models.BooleanField("ngày làm bù", default=False)

    class Meta:
        verbose_name = "ngày nghỉ, ngày làm bù"
        verbose_name_plural = "ngày nghỉ, ngày làm bù"
        ordering = ("day",)

    def __str__(self):
        return f"{self.day:%d/%m/%Y} – {self.name}"


class CompetentBody(models.Model):
    """A unit that appraises certain leaves of every sheet of the year."""

    bloc_year = models.ForeignKey(
        BlocYear, models.CASCADE, related_name="bodies", verbose_name="năm thi đua"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị")
    criteria = models.ManyToManyField(Criterion, related_name="+", verbose_name="tiêu chí")

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


class GroundQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Grounds the person may read: the list form of `blocs.view_ground`."""
        standing = standing_of(user)
        if standing.has(SeatRole.OFFICE):
            return self
        heading = (
            Q(bloc_year__head__in=standing.units)
            | Q(bloc_year__deputy__in=standing.units)
            | Q(bloc_year__second_deputy__in=standing.units)
        )
        return self.filter(Q(unit__in=standing.units) | heading)


class Ground(models.Model):
    """A ground of the table found for one unit this year, with the paper that says so."""

    bloc_year = models.ForeignKey(
        BlocYear, models.PROTECT, related_name="grounds", verbose_name="năm thi đua"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="grounds", verbose_name="đơn vị")
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
        return reverse("blocs:ground_list", args=(self.bloc_year_id,))
