"""The evidence locker of a unit: a file is kept once, used by leaves of any year, deleted last."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from blocs.criteria.models import Criterion
from blocs.reports.actions.evidence import (
    ALREADY,
    hold_share,
    note_change,
    score_at,
    stored_file,
)
from blocs.reports.actions.reports import WRITABLE, locked, require_state
from blocs.reports.models.evidence import Evidence
from blocs.reports.models.reports import Report
from blocs.units.models import Unit
from thidua.accounts.models import User
from thidua.common.activity import record
from thidua.common.files import examine
from thidua.common.files.kept import remove_kept
from thidua.common.permissions import require
from thidua.common.stamps import overwrite
from thidua.common.vietnamese.dates import short_date

KNOWN = "Kho đã có tệp này với tên “{name}”, tải lên ngày {day}. Không lưu thêm bản nữa."
FOREIGN = "Tệp không thuộc kho của đơn vị lập báo cáo."
IN_USE = "Tệp đang là minh chứng ở {count} tiêu chí, không xóa được. Hãy gỡ tệp ở đó trước: {uses}."


@transaction.atomic
def keep_file(
    unit: Unit, *, upload: UploadedFile, expires_on: date | None, actor: User
) -> Evidence:
    """Put a file into the unit's locker.

    Raises ValidationError at the field `file` for a file that is not accepted, or whose content
    the locker has already, under whatever name.
    """
    require(actor, "reports.keep_evidence", unit)
    try:
        facts = examine(upload)
    except ValidationError as error:
        raise ValidationError({"file": error.messages}) from error
    hold_share(unit)
    known = Evidence.objects.filter(unit=unit, sha256=facts.sha256).first()
    if known:
        words = KNOWN.format(name=known.name, day=short_date(known.uploaded_at))
        raise ValidationError({"file": words})
    evidence = stored_file(unit, facts, upload, actor, expires_on=expires_on)
    record(actor, "reports.keep_evidence", evidence, label="Cất tệp vào kho minh chứng")
    return evidence


@transaction.atomic
def use_evidence(
    report: Report, *, criterion: Criterion, evidence: Evidence, actor: User
) -> Evidence:
    """Let a file of the unit's locker prove one more leaf."""
    report = locked(report)
    require(actor, "reports.edit_report", report)
    require_state(report, WRITABLE)
    if evidence.unit_id != report.unit_id:
        raise ValidationError(FOREIGN)
    score = score_at(report, criterion)
    if score.evidence.filter(pk=evidence.pk).exists():
        raise ValidationError({"evidence": ALREADY.format(name=evidence.name)})
    score.evidence.add(evidence)
    note_change(
        report, criterion, actor, "reports.attach_evidence", "Thêm minh chứng", after=evidence
    )
    return evidence


@transaction.atomic
def set_expiry(
    evidence: Evidence, *, expires_on: date | None, actor: User, seen: str | None = None
) -> Evidence:
    """Say until when the file proves anything; None: without end."""
    evidence = Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)
    require(actor, "reports.keep_evidence", evidence)
    changes = overwrite(evidence, {"expires_on": expires_on}, "reports.set_expiry", seen=seen)
    if changes:
        evidence.save(update_fields=("expires_on",))
        record(actor, "reports.set_expiry", evidence, label="Sửa thời hạn của tệp", changes=changes)
    return evidence


@transaction.atomic
def delete_evidence(evidence: Evidence, *, actor: User) -> Unit:
    """Delete a file that nothing uses; refused with the list of what uses it.

    The bytes go when the transaction has held.
    """
    require(actor, "reports.keep_evidence", evidence)
    evidence = Evidence.objects.select_for_update().select_related("unit").get(pk=evidence.pk)
    if uses := uses_of(evidence):
        places = "; ".join(f"{score.criterion.issued} – {score.report}" for score in uses)
        raise ValidationError(IN_USE.format(count=f"{len(uses):02d}", uses=places))
    record(
        actor,
        "reports.delete_evidence",
        evidence.unit,
        label=f"Xóa tệp “{evidence.name}” khỏi kho minh chứng",
        changes=[{"field": "mã băm", "before": evidence.sha256, "after": ""}],
    )
    file, unit = evidence.file, evidence.unit
    evidence.delete()
    transaction.on_commit(lambda: remove_kept(file))
    return unit


def uses_of(evidence: Evidence) -> list:
    """The leaves that the file proves, with their reports, the newest year first."""
    found = evidence.scores.select_related("criterion", "report__unit", "report__bloc_year__bloc")
    return list(found.order_by("-report__bloc_year__year", "criterion__order", "pk"))
