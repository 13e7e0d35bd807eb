"""Files that prove a result: attached to a leaf, taken off it, opened by readers of the report."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from blocs.criteria.models import Criterion
from blocs.reports.actions.notices import note_notice
from blocs.reports.actions.reports import WRITABLE, locked, require_open, require_state
from blocs.reports.models.evidence import Evidence
from blocs.reports.models.reports import Report, Score
from blocs.units.models import Unit
from blocs.units.models.seats import standing_of
from thidua.accounts.models import User
from thidua.common.activity import record
from thidua.common.files import MEGABYTE, FileFacts, examine
from thidua.common.files.kept import put_kept
from thidua.common.log_book.models import LogLine
from thidua.common.log_book.openings import EVIDENCE, SHEET, note_opening
from thidua.common.permissions import require

FOREIGN = "Tiêu chí không thuộc bảng chấm điểm của báo cáo."
ALREADY = "Tệp này đã có ở tiêu chí, với tên “{name}”."
OVER_SHARE = (
    "Năm {year} đơn vị đã tải lên gần hết {share} MB được phép, không còn chỗ cho tệp này. Hãy xóa "
    "tệp không dùng trong kho minh chứng hoặc đề nghị người quản trị hệ thống nới mức."
)
NOT_THERE = "Tệp không còn ở tiêu chí này."


@transaction.atomic
def attach_evidence(
    report: Report, *, criterion: Criterion, upload: UploadedFile, actor: User
) -> Evidence:
    """Keep a file of the unit and attach it to a leaf of its sheet.

    The same content is stored once per unit, whatever it is called. Raises ValidationError at
    the field `file` for a file that is not accepted or is there already.
    """
    hold_share(report.unit)
    report = locked(report)
    require(actor, "reports.edit_report", report)
    require_state(report, WRITABLE)
    score = score_at(report, criterion)
    try:
        facts = examine(upload)
    except ValidationError as error:
        raise ValidationError({"file": error.messages}) from error
    evidence = stored_file(report.unit, facts, upload, actor)
    if score.evidence.filter(pk=evidence.pk).exists():
        raise ValidationError({"file": ALREADY.format(name=evidence.name)})
    score.evidence.add(evidence)
    note_change(
        report, criterion, actor, "reports.attach_evidence", "Thêm minh chứng", after=evidence
    )
    return evidence


@transaction.atomic
def remove_evidence(
    report: Report, *, criterion: Criterion, evidence: Evidence, actor: User
) -> Report:
    """Take a file off a leaf; the unit keeps it, for other leaves and other years."""
    report = locked(report)
    require(actor, "reports.edit_report", report)
    require_state(report, WRITABLE)
    score = score_at(report, criterion)
    if not score.evidence.filter(pk=evidence.pk).exists():
        raise ValidationError(NOT_THERE)
    score.evidence.remove(evidence)
    note_change(
        report, criterion, actor, "reports.remove_evidence", "Gỡ minh chứng", before=evidence
    )
    return report


def note_download(evidence: Evidence, *, actor: User, report: Report | None = None) -> None:
    """Write into the log book who opened a file, and in which report it was seen; once a day."""
    require(actor, "reports.open_evidence", evidence)
    note = str(report) if report else ""
    note_opening(actor, EVIDENCE, evidence, label="Mở minh chứng", note=note)


def note_reading(report: Report, *, actor: User, known: Iterable[LogLine] = ()) -> bool:
    """Write into the log book who opened the sheet; of its own unit, who took note of news.

    `known` and the answer are those of `note_opening`.
    """
    require(actor, "reports.view_report", report)
    if report.unit_id in standing_of(actor).units:
        return note_notice(report, actor=actor, known=known)
    return note_opening(actor, SHEET, report, label="Mở bảng điểm", known=known)


def score_at(report: Report, criterion: Criterion) -> Score:
    """The row of a leaf; made if nothing was entered there yet."""
    if criterion.table_id != report.table_id or criterion.is_group:
        raise ValidationError(FOREIGN)
    require_open(report, [criterion.pk])
    return Score.objects.get_or_create(report=report, criterion=criterion)[0]


def stored_file(
    unit: Unit,
    facts: FileFacts,
    upload: UploadedFile,
    actor: User,
    *,
    expires_on: date | None = None,
) -> Evidence:
    """The unit's file of this content; the same content is stored once, whatever its name.

    Raises ValidationError at the field `file` where the unit has uploaded its share of the year, or
    the disk takes nothing.
    """
    known = Evidence.objects.filter(unit=unit, sha256=facts.sha256).first()
    if known:
        return known
    require_share(unit, facts.size)
    evidence = Evidence(
        unit=unit,
        name=facts.name,
        content_type=facts.content_type,
        size=facts.size,
        sha256=facts.sha256,
        uploaded_by=actor,
        expires_on=expires_on,
    )
    # On the disk the file is called by its hash: nothing a person typed becomes a path.
    try:
        put_kept(evidence.file, f"{facts.sha256}{facts.suffix}", upload, name=facts.name)
    except ValidationError as error:
        raise ValidationError({"file": error.messages}) from error
    evidence.save()
    return evidence


def hold_share(unit: Unit) -> None:
    """Nobody else uploads for the unit until the transaction ends: two would fit where one does.

    Called before the report is locked. Rows that only name the unit do not wait.
    """
    Unit.objects.select_for_update(of=("self",), no_key=True).values_list("pk").get(pk=unit.pk)


def require_share(unit: Unit, size: int) -> None:
    """Refuse what would take the unit over its megabytes of this calendar year (a setting)."""
    year = timezone.localdate().year
    share = settings.UNIT_QUOTA_MB
    if Evidence.objects.size_of_year(unit, year) + size > share * MEGABYTE:
        raise ValidationError({"file": OVER_SHARE.format(year=year, share=share)})


def note_change(
    report: Report,
    criterion: Criterion,
    actor: User,
    action: str,
    label: str,
    *,
    before: Evidence | None = None,
    after: Evidence | None = None,
) -> None:
    """Write into the log book of a report which file a leaf gained or lost."""
    change = {
        "code": criterion.issued,
        "name": criterion.name,
        "field": "evidence",
        "before": before.name if before else None,
        "after": after.name if after else None,
    }
    for file in filter(None, (before, after)):
        told = change | {"sha256": file.sha256}
        record(actor, action, report, label=f"{label}: “{file.name}”", changes=[told])
