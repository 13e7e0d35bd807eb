"""The points of leaves measured against the best unit are settled once all figures are in."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from blocs.ranking.models.relative import (
    JUDGED_EARLY,
    RelativePoints,
    RelativeRow,
    relative_points,
    settled_totals,
)
from blocs.reports.models import Report, Score
from blocs.reports.models.sheets import read_sheet
from blocs.reports.models.versions import freeze_sheet
from blocs.states import COUNCIL_STATES, OPEN_STATES, VersionKind, YearState
from blocs.years.models import BlocYear
from thidua.accounts.models import User
from thidua.common.activity import record
from thidua.common.permissions import require
from thidua.common.vietnamese.numbers import format_input, two_digits

LABEL = "Tính điểm so với đơn vị dẫn đầu"
NOT_CLOSING = "Chỉ tính trong thời gian tổng kết năm."
SETTLED = "Hội nghị đã thống nhất điểm nên không tính lại."
NOT_DUE = "Chưa hết hạn nộp báo cáo ({due}) nên phải chờ đủ số liệu của các đơn vị."
WAITING = "Còn {count} đơn vị chưa nộp báo cáo: {names}."
NOTHING = "Không có điểm nào thay đổi."


@transaction.atomic
def settle_relative(
    bloc_year: BlocYear, *, actor: User, now: dt.date | dt.datetime, without_missing: bool = False
) -> int:
    """Write the points that the figures of all units give; the number of changed leaves.

    Points an appraiser gave differently, with a reason, stay. Refused (ValidationError) outside
    the closing of the year, once the conference agreed points, and while reports are missing,
    unless they are past their due day and the head leaves them aside knowingly.
    """
    bloc_year = BlocYear.objects.select_for_update(of=("self",)).get(pk=bloc_year.pk)
    require(actor, "ranking.settle_relative", bloc_year)
    reports = list(bloc_year.reports.select_for_update(of=("self",)).order_by("pk"))
    found = relative_points(bloc_year)
    _refuse(bloc_year, reports, found, now, without_missing=without_missing)
    changed = found.changed
    if not changed:
        raise ValidationError(NOTHING)
    by_report: dict[int, list[RelativeRow]] = {}
    for row in changed:
        by_report.setdefault(row.sheet.report.pk, []).append(row)
    for rows in by_report.values():
        _settle(rows, actor)
    names = ", ".join(unit.name for unit in found.waited_for)
    note = f"Không chờ số liệu của: {names}." if names else ""
    label = f"{LABEL}: {two_digits(len(changed))} tiêu chí"
    record(actor, "ranking.settle_relative", bloc_year, label=label, note=note)
    return len(changed)


def _refuse(
    bloc_year: BlocYear,
    reports: Sequence[Report],
    found: RelativePoints,
    now: dt.date | dt.datetime,
    *,
    without_missing: bool,
) -> None:
    if bloc_year.state != YearState.CLOSING:
        raise ValidationError(NOT_CLOSING)
    if any(report.state in OPEN_STATES for report in reports):
        raise ValidationError(SETTLED)
    if not found.waited_for:
        return
    if not without_missing:
        names = ", ".join(unit.name for unit in found.waited_for)
        raise ValidationError(WAITING.format(count=two_digits(len(found.waited_for)), names=names))
    due = bloc_year.deadline("report_due")
    if due and not due.is_past(now):
        raise ValidationError(NOT_DUE.format(due=due))


def _settle(rows: Sequence[RelativeRow], actor: User) -> None:
    """One report: its scores, its totals, a frozen version and a line in the log book."""
    report = rows[0].sheet.report
    changes = [change for row in rows for change in _written(row)]
    settled_totals(report, read_sheet(report))
    report.save(update_fields=("self_total", "appraised_total"))
    is_appraised = report.state in COUNCIL_STATES
    kind = VersionKind.APPRAISED if is_appraised else VersionKind.SUBMITTED
    freeze_sheet(report, kind=kind, actor=actor, reason=f"{LABEL}.")
    label = f"{LABEL}: {two_digits(len(rows))} tiêu chí"
    record(actor, "ranking.settle_relative", report, label=label, changes=changes)


def _written(row: RelativeRow) -> list[dict]:
    """Write one score; appraised points that followed the old ones follow, judged ones stay."""
    score: Score = row.row.score
    before = (score.self_points, score.appraised_points)
    followed = score.self_points is not None and score.appraised_points == score.self_points
    score.self_points = row.points
    if followed:
        score.appraised_points = row.points
    elif score.appraised_points not in (None, row.points) and not score.appraisal_reason:
        score.appraisal_reason = JUDGED_EARLY
    score.revision += 1
    score.save(update_fields=("self_points", "appraised_points", "appraisal_reason", "revision"))
    return [
        {
            "code": row.row.label,
            "name": row.row.criterion.name,
            "field": field,
            "before": _said(old),
            "after": _said(new),
        }
        for field, old, new in (
            ("điểm tự chấm", before[0], score.self_points),
            ("điểm thẩm định", before[1], score.appraised_points),
        )
        if old != new
    ]


def _said(points: Decimal | None) -> str:
    return "" if points is None else format_input(points)
