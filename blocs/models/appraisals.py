"""Several appraisers of one sheet, flagged leaves, appeals, and frozen versions of a sheet."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from blocs.enums import AppealState, VersionKind
from blocs.models.criteria import POINTS, Criterion
from blocs.models.reports import Report
from blocs.models.units import Unit


def author(verbose_name, **options):
    """A person who acted; people who acted are never deleted."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=verbose_name,
        **options,
    )


class Assignment(models.Model):
    """A unit that has to mark one sheet in one round; its marks count once it is done."""

    report = models.ForeignKey(
        Report, models.CASCADE, related_name="assignments", verbose_name="báo cáo năm"
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="assignments", verbose_name="đơn vị chấm"
    )
    round = models.PositiveSmallIntegerField("vòng", default=1)
    done_at = models.DateTimeField("chấm xong lúc", null=True, blank=True)
    done_by = author("người xác nhận", null=True, blank=True)

    class Meta:
        verbose_name = "phân công chấm điểm"
        verbose_name_plural = "phân công chấm điểm"
        ordering = ("round", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("report", "unit", "round"),
                name="assignment_once_per_round",
                violation_error_message="Đơn vị đã được phân công chấm bảng điểm này.",
            ),
        )

    def __str__(self):
        return f"{self.unit} chấm {self.report}"

    @property
    def bloc_year(self):
        return self.report.bloc_year


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


class Flag(models.Model):
    """A leaf to be corrected: while it is open, only it may be changed in a returned report."""

    report = models.ForeignKey(
        Report, models.CASCADE, related_name="flags", verbose_name="báo cáo năm"
    )
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, related_name="flags", verbose_name="tiêu chí"
    )
    asked_by_unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="đơn vị yêu cầu"
    )
    asked_by = author("người yêu cầu")
    reason = models.TextField("yêu cầu sửa")
    asked_at = models.DateTimeField("yêu cầu lúc")
    answered_at = models.DateTimeField("nộp lại lúc", null=True, blank=True)
    checked_at = models.DateTimeField("kiểm tra lại lúc", null=True, blank=True)

    class Meta:
        verbose_name = "yêu cầu sửa tiêu chí"
        verbose_name_plural = "yêu cầu sửa tiêu chí"
        ordering = ("asked_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("report", "criterion"),
                condition=Q(answered_at=None),
                name="flag_open_once_per_leaf",
                violation_error_message="Tiêu chí này đang được yêu cầu sửa.",
            ),
        )

    def __str__(self):
        return f"Yêu cầu sửa {self.criterion}"


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
    raised_by = author("người gửi kiến nghị", null=True, blank=True)
    points_before = models.DecimalField("điểm trước khi trả lời", null=True, blank=True, **POINTS)
    points_after = models.DecimalField("điểm sau khi trả lời", null=True, blank=True, **POINTS)
    answer = models.TextField("trả lời", blank=True)
    answered_at = models.DateTimeField("trả lời lúc", null=True, blank=True)
    answered_by = author("người trả lời", null=True, blank=True)

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
        return reverse("blocs:appeal_list", args=(self.report_id,))

    @property
    def bloc_year(self):
        return self.report.bloc_year

    @property
    def unit_id(self):
        return self.report.unit_id


class SheetVersion(models.Model):
    """A sheet as it was at one moment, frozen: figures are corrected by a newer version."""

    report = models.ForeignKey(
        Report, models.PROTECT, related_name="versions", verbose_name="báo cáo năm"
    )
    number = models.PositiveSmallIntegerField("phiên bản")
    kind = models.CharField("loại", max_length=12, choices=VersionKind)
    reason = models.TextField("lý do", blank=True)
    rows = models.JSONField("số liệu")
    self_total = models.DecimalField("tổng điểm tự chấm", null=True, blank=True, **POINTS)
    appraised_total = models.DecimalField("tổng điểm thẩm định", null=True, blank=True, **POINTS)
    fingerprint = models.CharField("mã băm", max_length=64)
    taken_at = models.DateTimeField("lập lúc")
    taken_by = author("người lập")

    class Meta:
        verbose_name = "phiên bản bảng điểm"
        verbose_name_plural = "phiên bản bảng điểm"
        ordering = ("report", "-number")
        constraints = (
            models.UniqueConstraint(
                fields=("report", "number"),
                name="sheet_version_once",
                violation_error_message="Phiên bản này đã có.",
            ),
        )

    def __str__(self):
        return f"{self.report}, phiên bản {self.number}"

    def get_absolute_url(self):
        return reverse("blocs:version_detail", args=(self.report_id, self.number))
