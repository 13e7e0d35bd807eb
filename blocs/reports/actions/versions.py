"""Frozen sheets: figures of the mid-year review, and rectifications after the points are agreed."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from blocs.reports.actions.reports import locked, require_state
from blocs.reports.domain.sheet_versions import RectifiedRow, fingerprint
from blocs.reports.models.reports import Report, Score
from blocs.reports.models.sheet_row import SheetRow
from blocs.reports.models.sheets import Sheet, as_stored, read_sheet
from blocs.reports.models.versions import (
    SheetVersion,
    freeze_sheet,
    frozen_rows,
    last_version,
)
from blocs.states import OPEN_STATES, ReportState, VersionKind, YearState
from blocs.years.models import BlocYear
from thidua.accounts.models import User
from thidua.common.activity import record
from thidua.common.permissions import require
from thidua.common.vietnamese.numbers import format_input, two_digits
from thidua.common.vietnamese.text import plain_lines

MIDYEAR_STATES = (YearState.IN_PROGRESS, YearState.MIDYEAR_DONE)
NOT_MIDYEAR = "Chỉ chốt số liệu sơ kết khi năm thi đua đang thực hiện hoặc vừa sơ kết."
EMPTY = "Chưa có tiêu chí nào được nhập nên chưa chốt được số liệu sơ kết."
SAME = "Số liệu chưa thay đổi so với lần chốt sơ kết trước."
NOBODY = "Không có đơn vị nào có số liệu mới để chốt."
NO_REASON = "Vui lòng nêu lý do, căn cứ đính chính."
NO_CHANGE = "Chưa có điểm hoặc kết quả nào khác số đang có."
FOREIGN = "Có tiêu chí không thuộc bảng chấm điểm của báo cáo."
YEAR_ARCHIVED = (
    "Năm thi đua đã bàn giao và lưu nên điểm không đính chính nữa. Kết quả khen thưởng sai thì cơ "
    "quan đã ra quyết định ra quyết định mới để sửa đổi hoặc thu hồi."
)
BEFORE = "Số liệu trước khi đính chính."


@transaction.atomic
def freeze_midyear(report: Report, *, actor: User) -> SheetVersion:
    """Freeze the provisional figures of a unit for the mid-year review; the sheet stays open.

    Refused (ValidationError) outside the months of work, for an empty sheet, and where nothing
    changed since the last time.
    """
    report = locked(report)
    require(actor, "reports.freeze_midyear", report)
    if report.bloc_year.state not in MIDYEAR_STATES or report.state != ReportState.DRAFT:
        raise ValidationError(NOT_MIDYEAR)
    if problem := _nothing_to_freeze(report):
        raise ValidationError(problem)
    return _freeze(report, actor)


@transaction.atomic
def freeze_year_midyear(bloc_year: BlocYear, *, actor: User) -> int:
    """Freeze the provisional figures of every unit that has new ones; how many there were."""
    require(actor, "reports.freeze_midyear", bloc_year)
    if bloc_year.state not in MIDYEAR_STATES:
        raise ValidationError(NOT_MIDYEAR)
    drafts = bloc_year.reports.filter(state=ReportState.DRAFT).order_by("pk")
    reports = [locked(report) for report in drafts]
    fresh = [report for report in reports if not _nothing_to_freeze(report)]
    if not fresh:
        raise ValidationError(NOBODY)
    for report in fresh:
        _freeze(report, actor)
    return len(fresh)


def _nothing_to_freeze(report: Report) -> str:
    """Why there is nothing new to freeze; empty where there is."""
    sheet, last = read_sheet(report), last_version(report)
    if not any(row.is_filled for row in sheet.rows):
        return EMPTY
    is_same = last is not None and last.fingerprint == fingerprint(frozen_rows(sheet))
    return SAME if is_same else ""


def _freeze(report: Report, actor: User) -> SheetVersion:
    report.self_total = as_stored(read_sheet(report).self_total().total)
    version = freeze_sheet(report, kind=VersionKind.MIDYEAR, actor=actor)
    label = f"Chốt số liệu sơ kết (phiên bản {version.number})"
    record(actor, "reports.freeze_midyear", report, label=label)
    return version


@transaction.atomic
def rectify_sheet(
    report: Report, *, rows: Sequence[RectifiedRow], reason: str, actor: User
) -> SheetVersion:
    """Rectify agreed points or results as a new version, with its reason; older ones stay.

    What stood before is frozen first where no version holds it yet. Refused once the year is
    archived, as everything that would follow from other points. Raises ValidationError at
    `reason`, keyed (criterion id, field) for points out of range, and where nothing differs.
    """
    report = locked(report)
    require(actor, "reports.rectify_report", report)
    require_state(report, OPEN_STATES)
    if report.bloc_year.state == YearState.ARCHIVED:
        raise ValidationError(YEAR_ARCHIVED)
    reason = plain_lines(reason)
    if not reason:
        raise ValidationError({"reason": NO_REASON})
    sheet = read_sheet(report)
    changed = _changed(sheet, rows, reason)
    last = last_version(report)
    if last is None or last.fingerprint != fingerprint(frozen_rows(sheet)):
        freeze_sheet(report, kind=VersionKind.APPRAISED, actor=actor, reason=BEFORE)
    changes = [
        change for row, typed in changed for change in _write(report, row, typed, reason, actor)
    ]
    report.appraised_total = as_stored(read_sheet(report).appraised_total().total)
    report.save(update_fields=("appraised_total",))
    version = freeze_sheet(report, kind=VersionKind.RECTIFIED, actor=actor, reason=reason)
    label = f"Đính chính {two_digits(len(changed))} tiêu chí (phiên bản {version.number})"
    record(actor, "reports.rectify_sheet", report, label=label, note=reason, changes=changes)
    return version


def _changed(
    sheet: Sheet, rows: Sequence[RectifiedRow], reason: str
) -> list[tuple[SheetRow, RectifiedRow]]:
    by_id = {row.criterion.pk: row for row in sheet.rows}
    if not {typed.criterion_id for typed in rows} <= by_id.keys():
        raise ValidationError(FOREIGN)
    pairs = [(by_id[typed.criterion_id], typed) for typed in rows]
    pairs = [(row, typed) for row, typed in pairs if _differs(row, typed)]
    if not pairs:
        raise ValidationError(NO_CHANGE)
    problems = {}
    for row, typed in pairs:
        found = row.problems(typed.points, reason)
        problems |= {(row.criterion.pk, field): words for field, words in found.items()}
    if problems:
        raise ValidationError(problems)
    return pairs


def _differs(row: SheetRow, typed: RectifiedRow) -> bool:
    score = row.score or Score()
    return (typed.points is not None and typed.points != score.appraised_points) or (
        typed.value is not None and typed.value != score.value
    )


def _write(report, row: SheetRow, typed: RectifiedRow, reason: str, actor: User) -> list[dict]:
    """Write one leaf; what changed for the log book."""
    score = row.score or Score(report=report, criterion=row.criterion)
    changes = []
    for field, new in (("appraised_points", typed.points), ("value", typed.value)):
        before = getattr(score, field)
        if new is None or new == before:
            continue
        setattr(score, field, new)
        word = str(Score._meta.get_field(field).verbose_name)
        change = {"code": row.label, "name": row.criterion.name, "field": word}
        changes.append(change | {"before": format_input(before), "after": format_input(new)})
    if typed.points is not None:
        score.appraisal_reason, score.appraised_by = reason, actor
    score.revision += 1
    score.saved_by, score.saved_at = actor, timezone.now()
    score.save()
    return changes
