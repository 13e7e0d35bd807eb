"""Several appraisers of one sheet, leaves to correct, appeals, and frozen versions of a sheet."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from blocs.criteria.models.criteria import Criterion
from blocs.reports.models.assignments import Assignment
from blocs.reports.models.reports import Report
from blocs.states import AppealState
from blocs.years.models.regulation import POINTS
from thidua.common.fields import author


class Mark(models.Model):
    """What one appraising unit gives one leaf; the bloc's points come from all marks."""

    assignment = models.ForeignKey(
        Assignment, models.CASCADE, related_name="marks", verbose_name="phân công"
    )
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, related_name="marks", verbose_name="tiêu chí"
    )
    points = models.DecimalField("điểm", null=True, blank=True, **POINTS)
    reason = models.TextField("lý do", blank=True)
    revision = models.PositiveIntegerField("lần lưu", default=0)
    saved_by = author("người lưu")
    saved_at = models.DateTimeField("lưu lúc")

    class Meta:
        verbose_name = "điểm của người chấm"
        verbose_name_plural = "điểm của người chấm"
        constraints = (
            models.UniqueConstraint(
                fields=("assignment", "criterion"),
                name="mark_one_per_leaf",
                violation_error_message="Tiêu chí này đã được chấm.",
            ),
        )

    def __str__(self):
        return f"{self.criterion} – {self.assignment}"


class Appeal(models.Model):
    """The unit's objection to the appraised points of one leaf, and what became of it."""

    report = models.ForeignKey(
        Report, models.CASCADE, related_name="appeals", verbose_name="báo cáo năm"
    )
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, related_name="appeals", verbose_name="tiêu chí"
    )
    text = models.TextField("nội dung kiến nghị")
    asked_points = models.DecimalField("điểm đề nghị", null=True, blank=True, **POINTS)
    state = models.CharField(
        "trạng thái", max_length=10, choices=AppealState, default=AppealState.DRAFT
    )
    raised_at = models.DateTimeField("gửi kiến nghị lúc", null=True, blank=True)
    raised_by = author("người gửi kiến nghị", optional=True)
    points_before = models.DecimalField("điểm trước khi trả lời", null=True, blank=True, **POINTS)
    points_after = models.DecimalField("điểm sau khi trả lời", null=True, blank=True, **POINTS)
    answer = models.TextField("trả lời", blank=True)
    answered_at = models.DateTimeField("trả lời lúc", null=True, blank=True)
    answered_by = author("người trả lời", optional=True)

    class Meta:
        verbose_name = "kiến nghị về điểm"
        verbose_name_plural = "kiến nghị về điểm"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("report", "criterion"),
                condition=~Q(state=AppealState.WITHDRAWN),
                name="appeal_once_per_leaf",
                violation_error_message="Tiêu chí này đã có kiến nghị.",
            ),
            models.CheckConstraint(
                name="appeal_raised_has_time",
                condition=Q(state__in=(AppealState.DRAFT, AppealState.WITHDRAWN))
                | Q(raised_at__isnull=False),
                violation_error_message="Kiến nghị đã gửi phải có thời điểm gửi.",
            ),
            models.CheckConstraint(
                name="appeal_answered_has_text",
                condition=~Q(state__in=(AppealState.ACCEPTED, AppealState.REJECTED))
                | ~Q(answer=""),
                violation_error_message="Kiến nghị đã giải quyết phải có nội dung trả lời.",
            ),
        )

    def __str__(self):
        return f"Kiến nghị về {self.criterion}"

    def get_absolute_url(self):
        return reverse("appraisal:appeal_list", args=(self.report_id,))

    @property
    def bloc_year(self):
        return self.report.bloc_year

    @property
    def bloc_year_id(self):
        return self.report.bloc_year_id

    @property
    def unit_id(self):
        return self.report.unit_id
