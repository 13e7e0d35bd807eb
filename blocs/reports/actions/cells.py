"""Saving what somebody is still typing: each row for itself, every few seconds.

What may be written is written; a row that is wrong, or that somebody else saved meanwhile, stays
with its writer and keeps no other row from being saved.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from blocs.reports.actions.reports import APPRAISABLE, WRITABLE, locked, require_state
from blocs.reports.actions.score_rows import (
    SELF_COLUMNS,
    Judged,
    answer_of,
    differs,
    finish,
    give_points,
    judge_answers,
    judge_points,
    revision_of,
    rewritten,
    write_answers,
    write_points,
)
from blocs.reports.domain.sheet_rows import GivenRow, TypedRow, field_in_doubt
from blocs.reports.models.one_cell import (
    FrozenTable,
    frozen_table,
    held,
    stored_outcomes,
    stored_row,
)
from blocs.reports.models.reports import Report
from blocs.reports.models.sheets import Sheet, SheetRow, as_stored, read_sheet
from blocs.scoring import Missing, NotApplicable, Outcome, Points, Question, SheetTotal
from blocs.scoring.totals.sheet import outcomes_of
from blocs.scoring.totals.summing import summed
from blocs.states import ReportState
from thidua.accounts.models import User
from thidua.common.permissions import require


@dataclass(frozen=True)
class Sums:
    """What one saved cell changed on the page: sums by the key of a group, and the total.

    A group or sheet without any points has no sum.
    """

    points: Decimal | None
    pending: str
    groups: Mapping[int, Decimal | None]
    total: Decimal | None
    notes: tuple[str, ...]
    answered: int
    asked: int


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
def autosave_scores(report: Report, *, rows: Sequence[TypedRow], actor: User) -> Kept:
    """Keep the unit's answers row by row; raises only where the report takes none at all.

    `report` comes from `lean_report`.
    """
    report = held(report)
    require(actor, "blocs.edit_report", report)
    require_state(report, WRITABLE)
    table = frozen_table(report)
    is_one = len(rows) == 1 and report.state != ReportState.RETURNED
    if table.stands_alone and is_one and rows[0].criterion_id in table.rows:
        return _keep_one(report, table, rows[0], actor)
    sheet = read_sheet(locked(report))
    judged = judge_answers(sheet, rows)
    return _kept(judged, write_answers(sheet, judged, actor))


@transaction.atomic
def autosave_appraisal(report: Report, *, rows: Sequence[GivenRow], actor: User) -> Kept:
    """Keep appraised points row by row; raises only where the report takes none at all."""
    report = locked(report)
    require(actor, "blocs.prepare_appraisal", report)
    require_state(report, APPRAISABLE)
    sheet = read_sheet(report)
    judged = judge_points(sheet, rows)
    return _kept(judged, write_points(sheet, judged, actor))


def _kept(judged: Judged, sheet: Sheet) -> Kept:
    fine = {row.criterion.pk for row, _ in judged.good} | {row.criterion.pk for row in judged.same}
    return Kept(
        at=timezone.now(),
        saved=tuple(row for row in sheet.rows if row.criterion.pk in fine),
        stale=tuple(judged.stale),
        wrong=judged.wrong,
        sheet=sheet,
    )


def _keep_one(report: Report, table: FrozenTable, typed: TypedRow, actor: User) -> Kept:
    """One row of a table without ties between its leaves: no other leaf is scored again."""
    row, now = stored_row(table.rows[typed.criterion_id], report), timezone.now()
    values = answer_of(typed)
    if not differs(row, values):
        return Kept(now, saved=(row,))
    if revision_of(row) != typed.revision:
        return Kept(now, stale=(row,))
    rules = table.rules(report.decimals)
    leaf = table.plan.lines[row.path].leaf
    outcome = outcomes_of({row.path: leaf}, {row.path: typed.entry}, rules)[row.path]
    if isinstance(outcome, Question):
        name = field_in_doubt(row.criterion.kind, row.criterion.rule, typed.entry)
        return Kept(now, wrong={(row.criterion.pk, name): outcome.sentence})
    score = rewritten(row, values, actor)
    points = outcome.points if isinstance(outcome, Points) else None
    if points != score.self_points:
        give_points(score, points)
    outcomes = stored_outcomes(table, report) | {row.path: outcome}
    total = summed(table.plan, outcomes, rules)
    report.self_total = as_stored(total.total)
    one = Sheet(report, table.tree, (row,))
    stored = finish(one, {row.criterion.pk: score}, SELF_COLUMNS, actor, total="self_total")
    return Kept(now, saved=stored.rows, sums=_sums(table, row.path, outcomes, total))


def _sums(
    table: FrozenTable, path: str, outcomes: Mapping[str, Outcome], total: SheetTotal
) -> Sums:
    scored = [at for at, outcome in outcomes.items() if isinstance(outcome, Points)]
    groups, above, outcome = {}, path.rpartition("/")[0], outcomes[path]
    while above:
        has_points = any(at.startswith(f"{above}/") for at in scored)
        groups[table.tree.rows[above].pk] = total.groups[above] if has_points else None
        above = above.rpartition("/")[0]
    asked = [at for at, line in table.plan.lines.items() if line.needs_answer]
    return Sums(
        points=outcome.points if isinstance(outcome, Points) else None,
        pending=outcome.sentence if isinstance(outcome, Missing) else "",
        groups=groups,
        total=total.total if scored else None,
        notes=total.notes,
        answered=sum(isinstance(outcomes[at], Points | NotApplicable) for at in asked),
        asked=len(asked),
    )
