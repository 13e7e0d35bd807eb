from collections.abc import Iterator

from django.db import models
from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from blocs.criteria.models.criteria import Criterion, ScoringTable
from blocs.reports.models.evidence import Evidence
from blocs.scoring import KINDS
from blocs.states import (
    COUNCIL_STATES,
    OPEN_STATES,
    PRIVATE_STATES,
    WHOLE_SHEET_MODES,
    ReportState,
    SeatRole,
)
from blocs.units.models.names import named_reference
from blocs.units.models.seats import standing_of, within
from blocs.units.models.units import Unit
from blocs.years.models.regulation import POINTS
from blocs.years.models.years import BlocYear, headed_by, of_year
from thidua.common.fields import author, reference
from thidua.common.models import RestsOnFacts, Returnable, number_of
from thidua.papers.models import SignedCopy
from thidua.papers.numbers import NumberedPaper, with_copies

# An answered leaf has no points yet: other units have not answered.
WAITS = Q(self_points=None, value__isnull=False, not_applicable=False)
# `SheetRow.is_filled` as SQL.
FILLED = Q(self_points__isnull=False) | Q(not_applicable=True) | WAITS


class ReportQuerySet(models.QuerySet):
    def in_year(self, year):
        return self.filter(of_year(year, "bloc_year__"))

    def visible_to(self, user):
        """Reports the person may read: the list form of `reports.view_report`."""
        standing = standing_of(user)
        seen = Q(pk__in=())
        if standing.units:
            seen |= Q(pk__in=self.model.objects.read_in_units(standing))
        if standing.oversees:
            seen |= within(standing.oversees, "bloc_year__bloc") & ~Q(state__in=PRIVATE_STATES)
        if standing.has(SeatRole.COUNCIL, SeatRole.CHAIR):
            seen |= Q(state__in=COUNCIL_STATES)
        return self.filter(seen)

    def read_in_units(self, standing):
        """Keys of what the person's units let read: their own, led, agreed and marked sheets.

        A union reads each by its index; their OR would be asked of every report of the province.
        """
        units, sent = standing.units, self.exclude(state__in=PRIVATE_STATES)
        found = (
            sent.filter(headed_by(units)),
            self.filter(bloc_year__in=standing.years, state__in=OPEN_STATES),
            sent.marked_by(units),
        )
        own = self.filter(unit__in=units).values("pk")
        return own.union(*(rows.values("pk") for rows in found))

    def marked_by(self, units):
        """Sheets that these units have to mark as a whole."""
        return self.filter(
            assignments__unit__in=units,
            bloc_year__regulation__appraisal_mode__in=WHOLE_SHEET_MODES,
        )

    def for_list(self):
        found = self.select_related(
            "unit", "bloc_year__bloc", "bloc_year__regulation", "bloc_year__conference"
        )
        year = ("-bloc_year__year", "bloc_year__bloc__order", "bloc_year__bloc__name", "bloc_year")
        return found.with_waiting().order_by(*year, "unit__name", "pk")

    def with_waiting(self):
        """Each with `waits_for_others`: an answered leaf has no points yet, the total lacks it."""
        open_leaves = Score.objects.filter(WAITS, report=OuterRef("pk"))
        return self.annotate(waits_for_others=Exists(open_leaves))

    def for_page(self):
        """One report with all that its pages and the arithmetic of its sheet ask for."""
        return self.select_related(
            "unit",
            "table",
            "sent_table",
            "copy",
            "bloc_year__bloc",
            "bloc_year__head",
            "bloc_year__deputy",
            "bloc_year__regulation",
        )

    def with_member(self):
        """Each with `member`, what the unit is in the year of the report; None where it is none."""
        of_year = Q(unit__years__bloc_year=F("bloc_year"))
        member = FilteredRelation("unit__years", condition=of_year)
        return self.annotate(member=member).select_related("member")

    def with_leaf_counts(self):
        """Each with `due_count`, leaves that need an answer, and `filled_count`, those with one.

        The form of `Sheet.missing()` for a bar of progress: where an empty leaf counts 0 by the
        rules of the year it is still one that nobody filled in.
        """
        answered = [code for code, kind in KINDS.items() if kind.needs_answer]
        due = Criterion.objects.filter(kind__in=answered)
        filled = Score.objects.filter(FILLED, criterion__kind__in=answered)
        rows = due.filter(table=OuterRef("table")).order_by().values("table")
        return self.annotate(
            due_count=Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0),
            filled_count=number_of(filled, "report"),
        )

    def proved_by(self, evidence):
        """Reports in which a file proves something."""
        return self.filter(pk__in=evidence.scores.values("report"))


class Report(RestsOnFacts, Returnable):
    """A unit's yearly report with its score sheet: one per unit and year."""

    bloc_year = models.ForeignKey(
        BlocYear, models.PROTECT, related_name="reports", verbose_name="năm thi đua"
    )
    unit = named_reference(Unit, "đơn vị", related_name="reports")
    table = models.ForeignKey(
        ScoringTable, models.PROTECT, related_name="reports", verbose_name="bảng chấm điểm"
    )
    state = models.CharField(
        "trạng thái", max_length=20, choices=ReportState, default=ReportState.DRAFT
    )
    results = models.TextField("kết quả thực hiện nhiệm vụ", blank=True)
    movements = models.TextField("tổ chức phong trào thi đua", blank=True)
    shortcomings = models.TextField("hạn chế, nguyên nhân", blank=True)
    explanation = models.TextField("giải trình của đơn vị", blank=True)
    answer = models.TextField("trả lời giải trình", blank=True)
    # The editor has put it before the leader, who sends it in or gives it back.
    put_up_at = models.DateTimeField("trình lãnh đạo lúc", null=True, blank=True)
    put_up_by = author("người trình lãnh đạo", optional=True)
    first_submitted_at = models.DateTimeField("nộp lần đầu lúc", null=True, blank=True)
    submitted_at = models.DateTimeField("nộp lúc", null=True, blank=True)
    copy = reference(SignedCopy, "nộp theo bản giấy", optional=True)
    sent_table = reference(ScoringTable, "nộp theo bảng", optional=True)
    sent_rules = models.PositiveSmallIntegerField("nộp theo sửa đổi quy định số", default=0)
    appraised_at = models.DateTimeField("thẩm định xong lúc", null=True, blank=True)
    waived_at = models.DateTimeField("ghi không kiến nghị lúc", null=True, blank=True)
    waived_by = author("người ghi không kiến nghị", optional=True)
    is_late = models.BooleanField("nộp chậm", default=False)
    self_total = models.DecimalField("tổng điểm tự chấm", null=True, blank=True, **POINTS)
    appraised_total = models.DecimalField("tổng điểm thẩm định", null=True, blank=True, **POINTS)
    # Read once for the object, by `sheet_of` and `corrections_of`.
    known_sheet = None
    known_corrections = None

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo năm"
        verbose_name_plural = "báo cáo năm"
        # Counted by year and state without their texts.
        indexes = (models.Index(fields=("bloc_year", "state"), name="report_by_year_and_state"),)
        constraints = (
            models.UniqueConstraint(
                fields=("bloc_year", "unit"),
                name="report_one_per_unit_and_year",
                violation_error_message="Đơn vị đã có báo cáo năm này.",
            ),
            models.CheckConstraint(
                name="report_submitted_has_time",
                condition=Q(state__in=(ReportState.DRAFT, ReportState.RETURNED))
                | Q(submitted_at__isnull=False),
                violation_error_message="Báo cáo đã nộp phải có thời điểm nộp.",
            ),
            models.CheckConstraint(
                name="report_appraised_has_total",
                condition=~Q(state__in=(ReportState.AGREED, ReportState.LOCKED))
                | Q(appraised_total__isnull=False),
                violation_error_message="Báo cáo đã thống nhất phải có tổng điểm thẩm định.",
            ),
        )

    def __str__(self):
        return f"Báo cáo {self.bloc_year.words} – {self.unit}"

    def get_absolute_url(self):
        return reverse("reports:report_detail", args=(self.pk,))


def numbered_reports(report: Report) -> Iterator[NumberedPaper]:
    """The other reports of the unit that were signed by hand with a number."""
    rows = Report.objects.filter(unit=report.unit_id, copy__isnull=False).exclude(pk=report.pk)
    rows = rows.select_related("bloc_year__bloc", "unit")
    return with_copies("report", (NumberedPaper(one, str(one)) for one in rows))


class Score(models.Model):
    """One leaf of one sheet: what the unit says and, beside it, what the bloc finds."""

    report = models.ForeignKey(
        Report, models.CASCADE, related_name="scores", verbose_name="báo cáo năm"
    )
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, related_name="scores", verbose_name="tiêu chí"
    )
    not_applicable = models.BooleanField("không giao chỉ tiêu", default=False)
    target = models.DecimalField("chỉ tiêu", null=True, blank=True, **POINTS)
    value = models.DecimalField("kết quả", null=True, blank=True, **POINTS)
    choice = models.CharField("mức", max_length=100, blank=True)
    facts = models.JSONField("số liệu kèm theo", default=dict, blank=True)
    note = models.TextField("thuyết minh", blank=True)
    self_points = models.DecimalField("điểm tự chấm", null=True, blank=True, **POINTS)
    appraised_points = models.DecimalField("điểm thẩm định", null=True, blank=True, **POINTS)
    appraisal_reason = models.TextField("lý do điều chỉnh", blank=True)
    appraised_by = author("người thẩm định", optional=True)
    evidence = models.ManyToManyField(
        Evidence, related_name="scores", blank=True, verbose_name="minh chứng"
    )
    revision = models.PositiveIntegerField("lần lưu", default=0)
    saved_by = author("người lưu", optional=True)
    saved_at = models.DateTimeField("lưu lúc", null=True, blank=True)

    # Its evidence, newest first, where a sheet has read it.
    known_files: tuple[Evidence, ...] | None = None

    class Meta:
        verbose_name = "điểm tiêu chí"
        verbose_name_plural = "điểm tiêu chí"
        # Few leaves wait; without it a list of reports reads the scores of all years.
        indexes = (
            models.Index(fields=("report",), name="score_waits_for_others", condition=WAITS),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("report", "criterion"),
                name="score_one_per_leaf",
                violation_error_message="Tiêu chí này đã có điểm.",
            ),
            models.CheckConstraint(
                name="score_difference_has_reason",
                # Own points that are unknown equal nothing; an answer may wait for other units.
                condition=Q(appraised_points=None)
                | ~Q(appraisal_reason="")
                | Q(self_points__isnull=False, self_points=models.F("appraised_points"))
                | Q(self_points=None, value__isnull=False),
                violation_error_message=(
                    "Điểm thẩm định khác điểm tự chấm, hoặc cho khi đơn vị không tự chấm, thì phải "
                    "nêu lý do."
                ),
            ),
        )

    def __str__(self):
        return f"{self.criterion} – {self.report}"
