from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse

from blocs.domain.quorum import Threshold
from blocs.domain.tie_rules import stated_tie_sentence
from blocs.enums import (
    COUNCIL_STATES,
    PROVINCE_ROLES,
    REGISTERED,
    SENT_STATES,
    MemberRole,
    TableState,
    YearState,
)
from blocs.models.blocs import Bloc
from blocs.models.seats import standing_of
from blocs.models.units import Unit


class BlocYearQuerySet(models.QuerySet):
    def in_year(self, year):
        return self.filter(year=year)

    def of_units(self, unit_ids):
        """Years in which one of the units takes part."""
        return self.filter(pk__in=YearMember.objects.filter(unit__in=unit_ids).values("bloc_year"))

    def visible_to(self, user):
        """Years the person may see: the list form of `blocs.view_year`."""
        standing = standing_of(user)
        if standing.has(*PROVINCE_ROLES):
            return self
        return self.filter(pk__in=standing.years)

    def with_progress(self):
        """Numbers for the year track: members, sheets sent, sheets appraised."""
        reports = "reports"
        return self.annotate(
            member_count=Count("members", distinct=True),
            sent_count=Count(reports, filter=Q(reports__state__in=SENT_STATES), distinct=True),
            appraised_count=Count(
                reports, filter=Q(reports__state__in=COUNCIL_STATES), distinct=True
            ),
            registered_count=Count(
                "registrations", filter=Q(registrations__state__in=REGISTERED), distinct=True
            ),
            has_table=Count("tables", filter=Q(tables__state=TableState.PUBLISHED), distinct=True),
            conference_state=F("conference__state"),
        )

    def for_page(self):
        """What every page of a bloc year shows around its content."""
        around = ("bloc", "head", "deputy", "second_deputy", "scoring_rules")
        return self.with_progress().select_related(*around)

    def for_list(self):
        return self.for_page().order_by("-year", "bloc__order", "bloc__name", "pk")


class BlocYear(models.Model):
    """One bloc in one year: the spine of the product. All its dates are the bloc's own."""

    bloc = models.ForeignKey(Bloc, models.PROTECT, related_name="years", verbose_name="khối")
    year = models.PositiveSmallIntegerField(
        "năm", validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    state = models.CharField(
        "trạng thái", max_length=20, choices=YearState, default=YearState.PLANNED
    )
    head = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="khối trưởng"
    )
    deputy = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="khối phó"
    )
    second_deputy = models.ForeignKey(
        Unit,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="khối phó thứ hai",
    )
    head_basis = models.CharField("căn cứ giao khối trưởng", max_length=255, blank=True)
    legal_bases = models.TextField(
        "căn cứ pháp lý", blank=True, help_text="Mỗi dòng một căn cứ, in ở đầu các văn bản của năm."
    )
    registration_due = models.DateField("hạn đăng ký thi đua", null=True, blank=True)
    agreement_due = models.DateField("hạn ký giao ước", null=True, blank=True)
    midyear_due = models.DateField("hạn sơ kết", null=True, blank=True)
    report_due = models.DateField("hạn nộp báo cáo, tự chấm", null=True, blank=True)
    appraisal_due = models.DateField("hạn thẩm định", null=True, blank=True)
    conference_due = models.DateField("hạn hội nghị tổng kết", null=True, blank=True)
    proposal_due = models.DateField("hạn gửi đề nghị", null=True, blank=True)
    midyear_note = models.TextField("kết quả sơ kết", blank=True)
    is_illustrative = models.BooleanField(
        "có số liệu minh họa",
        default=False,
        help_text="Hiện dòng «số liệu minh họa» trên màn hình.",
    )

    objects = BlocYearQuerySet.as_manager()

    class Meta:
        verbose_name = "năm thi đua"
        verbose_name_plural = "năm thi đua"
        constraints = (
            models.UniqueConstraint(
                fields=("bloc", "year"),
                name="bloc_year_once",
                violation_error_message="Khối đã có năm thi đua này.",
            ),
            models.CheckConstraint(
                name="bloc_year_open_has_head",
                condition=Q(state=YearState.PLANNED) | Q(head__isnull=False),
                violation_error_message="Năm thi đua đã mở phải có khối trưởng.",
            ),
        )

    def __str__(self):
        return f"{self.bloc} năm {self.year}"

    def get_absolute_url(self):
        return reverse("blocs:year_detail", args=(self.pk,))

    @property
    def deputy_ids(self):
        return {pk for pk in (self.deputy_id, self.second_deputy_id) if pk}


class YearMember(models.Model):
    """A unit compared in this bloc year; the composition is fixed when the year opens."""

    bloc_year = models.ForeignKey(
        BlocYear, models.CASCADE, related_name="members", verbose_name="năm thi đua"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="years", verbose_name="đơn vị")
    order = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = "thành viên trong năm"
        verbose_name_plural = "thành viên trong năm"
        ordering = ("order", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("bloc_year", "unit"),
                name="year_member_once",
                violation_error_message="Đơn vị đã có trong năm thi đua này.",
            ),
        )

    def __str__(self):
        return str(self.unit)

    @property
    def role(self):
        """The unit's role this year, read from the year itself."""
        if self.unit_id == self.bloc_year.head_id:
            return MemberRole.HEAD
        if self.unit_id in self.bloc_year.deputy_ids:
            return MemberRole.DEPUTY
        return MemberRole.MEMBER


class YearRules(models.Model):
    """The regulation of this bloc year as data: what differs between provinces is a field."""

    bloc_year = models.OneToOneField(
        BlocYear, models.CASCADE, related_name="rules", verbose_name="năm thi đua"
    )
    decimals = models.PositiveSmallIntegerField(
        "số chữ số thập phân của điểm", default=2, validators=[MaxValueValidator(4)]
    )
    tie_rules = models.JSONField("thứ tự ưu tiên khi bằng điểm", default=list, blank=True)
    quorum_numerator = models.PositiveSmallIntegerField("tỷ lệ họp lệ – tử số", default=2)
    quorum_denominator = models.PositiveSmallIntegerField("tỷ lệ họp lệ – mẫu số", default=3)
    vote_threshold = models.DecimalField(
        "tỷ lệ phiếu tối thiểu (%)", max_digits=5, decimal_places=2, default=50
    )
    vote_is_strict = models.BooleanField(
        "phải quá tỷ lệ này (quá bán)",
        default=False,
        help_text="Chọn thì “trên 1/2”, không chọn thì “ít nhất 1/2”.",
    )
    vote_base = models.CharField(
        "tỷ lệ phiếu tính trên",
        max_length=20,
        choices=(
            ("present", "số đại biểu có mặt"),
            ("all_members", "tổng số đơn vị thành viên"),
            ("valid", "số phiếu hợp lệ"),
        ),
        default="present",
    )
    flags = models.PositiveSmallIntegerField("số Cờ thi đua của khối", default=1)
    certificate_share = models.DecimalField(
        "Bằng khen tối đa (% số đơn vị còn lại)", max_digits=5, decimal_places=2, default=50
    )
    certificate_count = models.PositiveSmallIntegerField(
        "Bằng khen tối đa (số lượng)", null=True, blank=True
    )
    certificate_base = models.CharField(
        "tỷ lệ Bằng khen tính trên",
        max_length=10,
        choices=(("rest", "số đơn vị còn lại"), ("all", "tổng số đơn vị")),
        default="rest",
    )
    rounding = models.CharField(
        "làm tròn số lượng",
        max_length=10,
        choices=(("down", "xuống"), ("half_up", "từ 0,5 trở lên"), ("up", "lên")),
        default="down",
    )
    counted_submission = models.CharField(
        "thời điểm nộp được tính",
        max_length=10,
        choices=(("first", "lần nộp đầu"), ("last", "lần nộp cuối")),
        default="first",
    )
    extra = models.JSONField("quy định khác", default=dict, blank=True)

    class Meta:
        verbose_name = "quy định của năm"
        verbose_name_plural = "quy định của năm"

    def __str__(self):
        return f"Quy định {self.bloc_year}"

    def get_tie_rules_display(self):
        """The tie rules in words, as Django gives them for a choice."""
        return stated_tie_sentence(self.tie_rules)


def rules_of_year(year: BlocYear) -> YearRules:
    """The regulation of the year; a year that was given none follows the usual one."""
    return getattr(year, "rules", None) or YearRules(bloc_year=year)


def quorum_of(year: BlocYear) -> Threshold:
    rules = rules_of_year(year)
    return Threshold(rules.quorum_numerator, rules.quorum_denominator)


def threshold_of(year: BlocYear) -> Threshold:
    """The share of votes that is enough in this year."""
    rules = rules_of_year(year)
    return Threshold.of_percent(rules.vote_threshold, is_strict=rules.vote_is_strict)


def decimals_of(bloc_year: BlocYear) -> int:
    """How many decimals points have in this bloc year; no query where the rules are joined."""
    return rules_of_year(bloc_year).decimals
