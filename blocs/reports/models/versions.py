"""A sheet as it stands, in the words and exact numbers in which it is frozen."""

from django.db import models
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from blocs.reports.domain.sheet_rows import answer_words
from blocs.reports.domain.sheet_versions import fingerprint
from blocs.reports.models.reports import Report, Score
from blocs.reports.models.sheet_row import SheetRow
from blocs.reports.models.sheets import Sheet, read_sheet
from blocs.scoring.terms.numbers import exact_text
from blocs.states import VersionKind
from blocs.years.models.regulation import POINTS
from blocs.years.models.years import BlocYear
from thidua.common.fields import author


class SheetVersion(models.Model):
    """A sheet as it was at one moment, frozen: figures are rectified by a newer version."""

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
        return reverse("reports:version_detail", args=(self.report_id, self.number))


def freeze_sheet(report: Report, *, kind: str, actor, reason: str = "") -> SheetVersion:
    """Add the next version of the sheet as it is stored now; the report row must be locked."""
    rows = frozen_rows(read_sheet(report))
    last = report.versions.aggregate(last=Max("number"))["last"] or 0
    return SheetVersion.objects.create(
        report=report,
        number=last + 1,
        kind=kind,
        reason=reason,
        rows=rows,
        self_total=report.self_total,
        appraised_total=report.appraised_total,
        fingerprint=fingerprint(rows),
        taken_at=timezone.now(),
        taken_by=actor,
    )


def frozen_rows(sheet: Sheet) -> list[dict]:
    """Every leaf of the sheet with what the unit entered and what was given, as plain JSON."""
    return [frozen_row(row) for row in sheet.rows]


def frozen_row(row: SheetRow) -> dict:
    """One leaf: number and name as printed, the entry, the points, their reason, the files."""
    score, node, entry = row.score or Score(), row.criterion, row.entry
    return {
        "path": row.path,
        "label": row.label,
        "name": node.name,
        "max": exact_text(node.max_points),
        "entry": {
            "value": exact_text(entry.value),
            "target": exact_text(entry.target),
            "choice": entry.choice,
            "facts": dict(entry.facts),
            "not_applicable": entry.not_applicable,
        },
        "answer": answer_words(node.kind, node.rule, node.measure, entry),
        "note": score.note,
        "own": exact_text(score.self_points),
        "given": exact_text(score.appraised_points),
        "reason": score.appraisal_reason,
        "files": [{"name": file.name, "sha256": file.sha256} for file in row.files],
    }


def last_version(report: Report) -> SheetVersion | None:
    return report.versions.order_by("-number").first()


def rectifications_of(bloc_year: BlocYear) -> list[SheetVersion]:
    """Rectifications of agreed points in a year, oldest first, each with its unit."""
    found = SheetVersion.objects.filter(report__bloc_year=bloc_year, kind=VersionKind.RECTIFIED)
    return list(found.select_related("report__unit").order_by("taken_at", "pk"))


def midyear_versions(bloc_year: BlocYear) -> dict[int, SheetVersion]:
    """The last figures of the mid-year review by unit."""
    found = SheetVersion.objects.filter(report__bloc_year=bloc_year, kind=VersionKind.MIDYEAR)
    rows = found.select_related("report", "taken_by").order_by("number")
    return {version.report.unit_id: version for version in rows}
