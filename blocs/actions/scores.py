"""What people do with a score sheet: the unit scores itself, the bloc appraises."""

from collections.abc import Collection, Sequence
from copy import copy
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from blocs.actions.flags import require_open
from blocs.actions.reports import APPRAISABLE, WRITABLE, locked, require_state
from blocs.domain.scoring import Points, Question, SheetTotal
from blocs.domain.sheet_rows import GivenRow, TypedRow, field_in_doubt, given_problems
from blocs.models import Report, Score
from blocs.models.trees import Sheet, SheetRow, as_stored, read_sheet
from thidua.accounts.models import User
from thidua.common.activity import record
from thidua.common.changes import said
from thidua.common.numbers import format_input, two_digits
from thidua.common.permissions import require
from thidua.common.text import nfc

ANSWER = ("target", "value", "choice", "facts", "not_applicable", "note")
APPRAISAL = ("appraised_points", "appraisal_reason")
STAMPS = ("revision", "saved_by", "saved_at")
FOREIGN = "Có tiêu chí không thuộc bảng chấm điểm của báo cáo."
CONFLICT = (
    "Chưa lưu: người khác đã lưu {count} tiêu chí mà anh/chị cũng vừa sửa. Hãy xem nội dung của "
    "người đó ở từng dòng; bấm Lưu lần nữa thì nội dung của anh/chị thay thế."
)


class SheetConflictError(ValidationError):
    """Rows that somebody else saved since the writer opened the sheet; nothing was written."""

    def __init__(self, criteria: Collection[int]) -> None:
        super().__init__(CONFLICT.format(count=two_digits(len(criteria))))
        self.criteria = frozenset(criteria)


@transaction.atomic
def save_scores(report: Report, *, rows: Sequence[TypedRow], actor: User) -> Report:
    """Keep the unit's answers of the changed rows, compute their points and the total.

    All or nothing. Raises SheetConflictError, or ValidationError keyed (criterion id, field) for
    answers to which the rule gives no result. Appraised points of a leaf whose own points change
    are dropped: they judged another result.
    """
    report = locked(report)
    require(actor, "blocs.edit_report", report)
    require_state(report, WRITABLE)
    sheet = read_sheet(report)
    changed = _changed(sheet, rows, _answer_of)
    require_open(report, [row.criterion.pk for row, _ in changed])
    total = sheet.self_total({row.path: typed.entry for row, typed in changed})
    _refuse_questions(changed, total)
    written = {row.criterion.pk: _written(row, _answer_of(typed), actor) for row, typed in changed}
    _score_again(sheet, total, written)
    report.self_total = as_stored(total.total)
    _finish(
        report,
        sheet,
        written,
        (*ANSWER, "self_points", *APPRAISAL),
        actor,
        action="blocs.save_scores",
        label="Lưu điểm tự chấm",
    )
    return report


@transaction.atomic
def save_appraisal(report: Report, *, rows: Sequence[GivenRow], actor: User) -> Report:
    """Keep appraised points and reasons of the changed rows beside the unit's own.

    All or nothing. Raises SheetConflictError, or ValidationError keyed (criterion id, field) for
    points out of range or without the reason they need. Nobody appraises an own unit.
    """
    report = locked(report)
    require(actor, "blocs.prepare_appraisal", report)
    require_state(report, APPRAISABLE)
    sheet = read_sheet(report)
    changed = _changed(sheet, rows, _appraisal_of)
    _refuse_points(sheet, changed)
    written = {}
    for row, given in changed:
        score = written[row.criterion.pk] = _written(row, _appraisal_of(given), actor)
        score.appraised_by = None if given.points is None else actor
    report.appraised_total = as_stored(_replaced(sheet, written).appraised_total().total)
    _finish(
        report,
        sheet,
        written,
        (*APPRAISAL, "appraised_by"),
        actor,
        action="blocs.save_appraisal",
        label="Lưu điểm thẩm định",
    )
    return report


def _answer_of(typed: TypedRow) -> dict:
    entry = typed.entry
    return {
        "target": entry.target,
        "value": entry.value,
        "choice": entry.choice,
        "facts": dict(entry.facts),
        "not_applicable": entry.not_applicable,
        "note": nfc(typed.note).strip(),
    }


def _appraisal_of(given: GivenRow) -> dict:
    return {"appraised_points": given.points, "appraisal_reason": nfc(given.reason).strip()}


def _changed(sheet: Sheet, rows: Sequence, values_of) -> list[tuple[SheetRow, object]]:
    """Rows whose values differ from the stored ones; refused where another saved them since."""
    by_id = {row.criterion.pk: row for row in sheet.rows}
    if not {typed.criterion_id for typed in rows} <= by_id.keys():
        raise ValidationError(FOREIGN)
    pairs = [(by_id[typed.criterion_id], typed) for typed in rows]
    pairs = [(row, typed) for row, typed in pairs if _differs(row, values_of(typed))]
    stale = [row.criterion.pk for row, typed in pairs if _revision(row) != typed.revision]
    if stale:
        raise SheetConflictError(stale)
    return pairs


def _differs(row: SheetRow, values: dict) -> bool:
    stored = row.score or Score()
    return any(getattr(stored, name) != value for name, value in values.items())


def _revision(row: SheetRow) -> int:
    return row.score.revision if row.score else 0


def _refuse_questions(changed: list, total: SheetTotal) -> None:
    """A value without a result in the rule goes back to the person who typed it."""
    found = {}
    for row, typed in changed:
        outcome = total.outcomes[row.path]
        if isinstance(outcome, Question):
            field = field_in_doubt(row.criterion.kind, row.criterion.rule, typed.entry)
            found[row.criterion.pk, field] = outcome.sentence
    if found:
        raise ValidationError(found)


def _refuse_points(sheet: Sheet, changed: list) -> None:
    found = {}
    for row, given in changed:
        problems = given_problems(
            row.criterion.kind,
            row.criterion.max_points,
            row.score.self_points if row.score else None,
            given,
            step=sheet.rules.step,
            is_open=row.waits,
        )
        found |= {(row.criterion.pk, field): words for field, words in problems.items()}
    if found:
        raise ValidationError(found)


def _written(row: SheetRow, values: dict, actor: User) -> Score:
    """A copy of the stored row with new values; the stored one stays for the log book."""
    score = _copy(row)
    for name, value in values.items():
        setattr(score, name, value)
    score.revision += 1
    score.saved_by, score.saved_at = actor, timezone.now()
    return score


def _copy(row: SheetRow) -> Score:
    return copy(row.score) if row.score else Score(criterion=row.criterion)


def _score_again(sheet: Sheet, total: SheetTotal, written: dict[int, Score]) -> None:
    """New points for every leaf whose points changed, also those that depend on another leaf."""
    for row in sheet.rows:
        outcome = total.outcomes[row.path]
        points = outcome.points if isinstance(outcome, Points) else None
        stored = row.score.self_points if row.score else None
        # What a row nobody touched cannot be computed for keeps its points.
        if points == stored or (points is None and row.criterion.pk not in written):
            continue
        score = written.setdefault(row.criterion.pk, _copy(row))
        score.self_points = points
        score.appraised_points, score.appraisal_reason = None, ""


def _replaced(sheet: Sheet, written: dict[int, Score]) -> Sheet:
    rows = tuple(
        SheetRow(
            row.path,
            row.outline,
            row.criterion,
            written.get(row.criterion.pk, row.score),
            row.label,
        )
        for row in sheet.rows
    )
    return Sheet(sheet.report, sheet.tree, rows)


def _finish(report, sheet, written, columns, actor, *, action, label):
    """Write all rows in one statement, the total and the log book."""
    if not written:
        return
    # A new row and a changed one are the same statement, so the number of queries is constant;
    # without its key a copy meets the stored row at (report, criterion).
    fresh = [_without_key(score, report) for score in written.values()]
    Score.objects.bulk_create(
        fresh,
        update_conflicts=True,
        unique_fields=("report", "criterion"),
        update_fields=(*columns, *STAMPS),
    )
    report.save(update_fields=("self_total", "appraised_total"))
    changes = _changes(sheet, written, columns)
    count = len({change["code"] for change in changes})
    record(actor, action, report, label=f"{label}: {two_digits(count)} tiêu chí", changes=changes)


def _without_key(score: Score, report: Report) -> Score:
    score.pk, score.report, score._state.adding = None, report, True
    return score


def _changes(sheet: Sheet, written: dict[int, Score], columns: Sequence[str]) -> list[dict]:
    """What changed at each leaf, before and after, in the words people use."""
    empty = Score()
    return [
        {
            "code": row.label,
            "name": row.criterion.name,
            "field": str(Score._meta.get_field(name).verbose_name),
            "before": _said(before),
            "after": _said(after),
        }
        for row in sheet.rows
        if (score := written.get(row.criterion.pk))
        for name in columns
        if name != "appraised_by"
        and (before := getattr(row.score or empty, name)) != (after := getattr(score, name))
    ]


def _said(value):
    if isinstance(value, Decimal):
        return format_input(value)
    return value if isinstance(value, dict) else said(value)
