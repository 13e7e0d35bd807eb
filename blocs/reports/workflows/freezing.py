"""Keeping a sheet as it stands at a moment of its life; nothing of it is ever written over."""

from django.db.models import Max
from django.utils import timezone

from blocs.reports.domain.sheet_versions import fingerprint
from blocs.reports.models.sheets import read_sheet
from blocs.reports.models.versions import SheetVersion, frozen_rows


def freeze_sheet(report, *, kind, actor, reason=""):
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
