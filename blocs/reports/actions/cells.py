"""Saving what somebody is still typing: each row for itself, every few seconds.

What may be written is written; a row that is wrong, or that somebody else saved meanwhile, stays
with its writer and keeps no other row from being saved.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from blocs.reports.actions.reports import APPRAISABLE, WRITABLE, locked, require_state
from blocs.reports.actions.score_rows import (
    Sifted,
    judge_answers,
    judge_points,
    write_answers,
    write_points,
)
from blocs.reports.domain.sheet_rows import GivenRow, TypedRow
from blocs.reports.models.one_cell import OneCell, OpenReport, Sums
from blocs.reports.models.reports import Report
from blocs.reports.models.sheet_row import SheetRow
from blocs.reports.models.sheets import Sheet, read_sheet
from blocs.states import ReportState
from thidua.accounts.models import User
from thidua.common.permissions import require


@dataclass(frozen=True)
class Kept:
    """What became of posted rows.

    `saved` are rows as they are stored now, `stale` rows as somebody else stored them, `wrong`
    sentences by (criterion id, field). `sheet` is the sheet as it is stored now, or `sums` what
    one cell changed of it; both None where nothing was read but the row.
    """

    at: datetime
    saved: tuple[SheetRow, ...] = ()
    stale: tuple[SheetRow, ...] = ()
    wrong: Mapping[tuple[int, str], str] = field(default_factory=dict)
    sheet: Sheet | None = None
    sums: Sums | None = None


@transaction.atomic
def autosave_scores(opened: OpenReport, *, rows: Sequence[TypedRow], actor: User) -> Kept:
    """Keep the unit's answers row by row; raises only where the report takes none at all."""
    opened = opened.held()
    require(actor, "reports.edit_report", opened.report)
    require_state(opened.report, WRITABLE)
    sheet = sheet_of_rows(opened, rows)
    judged = judge_answers(sheet, rows)
    return kept_of(judged, write_answers(sheet, judged, actor))


def sheet_of_rows(opened: OpenReport, rows: Sequence[TypedRow]) -> Sheet:
    """What these rows have to be judged on: the whole sheet, or the cell alone where it can be."""
    kept, state = opened.kept, opened.report.state
    # What a returned report takes depends on the leaves that were sent back with it.
    is_one = len(rows) == 1 and state != ReportState.RETURNED
    if is_one and kept.stands_alone and rows[0].criterion_id in kept.rows:
        return opened.cell(rows[0].criterion_id)
    return read_sheet(locked(opened.report))


@transaction.atomic
def autosave_appraisal(report: Report, *, rows: Sequence[GivenRow], actor: User) -> Kept:
    """Keep appraised points row by row; raises only where the report takes none at all."""
    report = locked(report)
    require(actor, "reports.prepare_appraisal", report)
    require_state(report, APPRAISABLE)
    sheet = read_sheet(report)
    judged = judge_points(sheet, rows)
    return kept_of(judged, write_points(sheet, judged, actor))


def kept_of(judged: Sifted, sheet: Sheet) -> Kept:
    """What became of the judged rows; `sheet` holds them as they are stored now."""
    fine = {row.criterion.pk for row, _ in judged.good} | {row.criterion.pk for row in judged.same}
    found = Kept(
        at=timezone.now(),
        saved=tuple(row for row in sheet.rows if row.criterion.pk in fine),
        stale=tuple(judged.stale),
        wrong=judged.wrong,
    )
    if not isinstance(sheet, OneCell):
        return replace(found, sheet=sheet)
    return replace(found, sums=sheet.sums(judged.total)) if judged.good else found
