from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse

from blocs.states import (
    COUNCIL_STATES,
    PROVINCE_ROLES,
    REGISTERED,
    SENT_STATES,
    MemberRole,
    TableState,
    YearState,
)
from blocs.units.models.blocs import Bloc
from blocs.units.models.seats import standing_of
from blocs.units.models.units import Unit
from blocs.years.domain.names import year_span, year_words
from blocs.years.models.progress import facts_of
from thidua.common.fields import reference


class BlocYearQuerySet(models.QuerySet):
    def in_year(self, year):
        """Years of this calendar year; a school year belongs to both in which it lies."""
        return self.filter(Q(year=year) | Q(is_school_year=True, year=year - 1))

    def visible_to(self, user):
        """Years the person may see: the list form of `years.view_year`."""
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

    def with_facts(self):
        """What was done beside the counts, and who is waited for; see `facts_of`."""
        return self.annotate(**facts_of(self.model))

    def for_page(self):
        """What every page of a bloc year shows around its content."""
        around = ("bloc", "head", "deputy", "second_deputy", "regulation")
        return self.with_progress().with_facts().select_related(*around)

    def for_list(self):
        return self.for_page().order_by("-year", "bloc__order", "bloc__name", "pk")


class BlocYear(models.Model):
    """One bloc in one year: the spine of the product. All its dates are the bloc's own."""

    bloc = models.ForeignKey(Bloc, models.PROTECT, related_name="years", verbose_name="khối")
    year = models.PositiveSmallIntegerField(
        "năm", validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    # A school year begins in `year` and ends in the next.
    is_school_year = models.BooleanField("theo năm học", default=False)
    state = models.CharField(
        "trạng thái", max_length=20, choices=YearState, default=YearState.PLANNED
    )
    head = reference(Unit, "khối trưởng", optional=True)
    deputy = reference(Unit, "khối phó", optional=True)
    second_deputy = reference(Unit, "khối phó thứ hai", optional=True)
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
        return f"{self.bloc} {self.words}"

    def get_absolute_url(self):
        return reverse("years:year_detail", args=(self.pk,))

    @property
    def span(self):
        """«2026» or «2026–2027»."""
        return year_span(self.year, is_school_year=self.is_school_year)

    @property
    def words(self):
        """«năm 2026» or «năm học 2026–2027»: the one place that words a year."""
        return year_words(self.year, is_school_year=self.is_school_year)

    @property
    def title_words(self):
        """The same at the beginning of a line."""
        return self.words[0].upper() + self.words[1:]

    def words_after(self, years):
        """How the year so many years later is called, where the bloc goes on as it does now."""
        return year_words(self.year + years, is_school_year=self.is_school_year)

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
    # Votes in the award ballot, where a list was asked for them.
    votes = None

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
