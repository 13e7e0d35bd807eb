"""How posted rows of a sheet are judged and written; `scores` and `cells` decide what to refuse."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from blocs.reports.actions.reports import NOT_TO_CORRECT
from blocs.reports.domain.sheet_rows import GivenRow, TypedRow, field_in_doubt
from blocs.reports.models.corrections import limited_to
from blocs.reports.models.reports import Report, Score
from blocs.reports.models.sheet_row import SheetRow
from blocs.reports.models.sheets import Sheet, as_stored
from blocs.scoring import Points, Question, SheetTotal
from thidua.accounts.models import User
from thidua.common.activity import record
from thidua.common.changes import said
from thidua.common.stamps import OvertakenRowsError
from thidua.common.vietnamese.numbers import format_input, two_digits
from thidua.common.vietnamese.text import nfc

ANSWER = ("target", "value", "choice", "facts", "not_applicable", "note")
APPRAISAL = ("appraised_points", "appraisal_reason")
STAMPS = ("revision", "saved_by", "saved_at")
SELF_COLUMNS = (*ANSWER, "self_points", *APPRAISAL)
FOREIGN = "Có tiêu chí không thuộc bảng chấm điểm của báo cáo."


@dataclass
class Sifted:
    """Posted rows, sorted out: `good` may be written, `same` says nothing new.

    `stale` were saved by somebody else since they were shown; `wrong` holds a sentence for each
    (criterion id, field) to which the rule or the state of the report says no.
    """

    good: list[tuple[SheetRow, Any]] = field(default_factory=list)
    same: list[SheetRow] = field(default_factory=list)
    stale: list[SheetRow] = field(default_factory=list)
    wrong: dict[tuple[int, str], str] = field(default_factory=dict)
    total: SheetTotal | None = None

    def refuse(self) -> None:
        """All or nothing: raise where a single row cannot be written."""
        if self.stale:
            rows = [row.criterion.pk for row in self.stale]
            writers = {row.score.saved_by_id for row in self.stale if row.score}
            raise OvertakenRowsError(rows, writers.pop() if len(writers) == 1 else None)
        if self.wrong:
            raise ValidationError(dict(self.wrong))

    def put_aside(self, wrong: Mapping[tuple[int, str], str]) -> None:
        """Take rows that are wrong out of the good ones."""
        self.wrong |= wrong
        bad = {pk for pk, _ in wrong}
        self.good = [pair for pair in self.good if pair[0].criterion.pk not in bad]


def answer_of(typed: TypedRow) -> dict[str, Any]:
    """The columns of a Score that the unit's answer fills."""
    entry = typed.entry
    return {
        "target": entry.target,
        "value": entry.value,
        "choice": entry.choice,
        "facts": dict(entry.facts),
        "not_applicable": entry.not_applicable,
        "note": nfc(typed.note).strip(),
    }


def appraisal_of(given: GivenRow) -> dict[str, Any]:
    """The columns of a Score that the appraiser fills."""
    return {"appraised_points": given.points, "appraisal_reason": nfc(given.reason).strip()}


def judge_answers(sheet: Sheet, rows: Sequence[TypedRow]) -> Sifted:
    """What may be written of the unit's answers, and the total it then has."""
    judged = _sifted(sheet, rows, answer_of)
    wanted = limited_to(sheet.report)
    if wanted is not None:
        found = [row.criterion.pk for row, _ in judged.good if row.criterion.pk not in wanted]
        judged.put_aside({(pk, "note"): NOT_TO_CORRECT for pk in found})
    total = _total(sheet, judged)
    if total and (questions := _questions(judged.good, total)):
        judged.put_aside(questions)
        total = _total(sheet, judged)
    judged.total = total
    return judged


def judge_points(sheet: Sheet, rows: Sequence[GivenRow]) -> Sifted:
    """What may be written of the appraiser's points."""
    judged = _sifted(sheet, rows, appraisal_of)
    wrong: dict[tuple[int, str], str] = {}
    for row, given in judged.good:
        problems = row.problems(given.points, given.reason)
        wrong |= {(row.criterion.pk, name): words for name, words in problems.items()}
    judged.put_aside(wrong)
    return judged


def _sifted(sheet: Sheet, rows: Sequence, values_of) -> Sifted:
    by_id = {row.criterion.pk: row for row in sheet.rows}
    if not {typed.criterion_id for typed in rows} <= by_id.keys():
        raise ValidationError(FOREIGN)
    judged = Sifted()
    for typed in rows:
        row = by_id[typed.criterion_id]
        if not differs(row, values_of(typed)):
            judged.same.append(row)
        elif revision_of(row) != typed.revision:
            judged.stale.append(row)
        else:
            judged.good.append((row, typed))
    return judged


def _total(sheet: Sheet, judged: Sifted) -> SheetTotal | None:
    if not judged.good:
        return None
    return sheet.self_total({row.path: typed.entry for row, typed in judged.good})


def _questions(pairs: Sequence, total: SheetTotal) -> dict[tuple[int, str], str]:
    """A value without a result in the rule goes back to the person who typed it."""
    found = {}
    for row, typed in pairs:
        outcome = total.outcomes[row.path]
        if isinstance(outcome, Question):
            name = field_in_doubt(row.criterion.kind, row.criterion.rule, typed.entry)
            found[row.criterion.pk, name] = outcome.sentence
    return found


def differs(row: SheetRow, values: Mapping[str, Any]) -> bool:
    """Whether these columns would change what is stored."""
    stored = row.score or Score()
    return any(getattr(stored, name) != value for name, value in values.items())


def revision_of(row: SheetRow) -> int:
    """How often the row was saved; 0 for one nobody saved yet."""
    return row.score.revision if row.score else 0


def write_answers(sheet: Sheet, judged: Sifted, actor: User) -> Sheet:
    """Write the good rows, every leaf whose points follow from them, and the total."""
    written = {row.criterion.pk: rewritten(row, answer_of(new), actor) for row, new in judged.good}
    if judged.good and judged.total:
        _score_again(sheet, judged.total, written)
        sheet.report.self_total = as_stored(judged.total.total)
    return finish(sheet, written, SELF_COLUMNS, actor, total="self_total")


def write_points(sheet: Sheet, judged: Sifted, actor: User) -> Sheet:
    """Write the appraiser's good rows and the total."""
    written = {}
    for row, given in judged.good:
        score = written[row.criterion.pk] = rewritten(row, appraisal_of(given), actor)
        score.appraised_by = None if given.points is None else actor
    if written:
        total = sheet.with_scores(written).appraised_total().total
        sheet.report.appraised_total = as_stored(total)
    columns = (*APPRAISAL, "appraised_by")
    return finish(sheet, written, columns, actor, total="appraised_total")


def rewritten(row: SheetRow, values: Mapping[str, Any], actor: User) -> Score:
    """A copy of the stored row with new values; the stored one stays for the log book."""
    score = _copy(row)
    for name, value in values.items():
        setattr(score, name, value)
    score.revision += 1
    score.saved_by, score.saved_at = actor, timezone.now()
    return score


def _copy(row: SheetRow) -> Score:
    return copy(row.score) if row.score else Score(criterion=row.criterion)


def give_points(score: Score, points: Decimal | None) -> None:
    """New own points; an appraisal judged another result and is dropped."""
    score.self_points = points
    score.appraised_points, score.appraisal_reason = None, ""


def _score_again(sheet: Sheet, total: SheetTotal, written: dict[int, Score]) -> None:
    """New points for every leaf whose points changed, also those that depend on another leaf."""
    for row in sheet.rows:
        outcome = total.outcomes[row.path]
        points = outcome.points if isinstance(outcome, Points) else None
        stored = row.score.self_points if row.score else None
        # What a row nobody touched cannot be computed for keeps its points.
        if points == stored or (points is None and row.criterion.pk not in written):
            continue
        give_points(written.setdefault(row.criterion.pk, _copy(row)), points)


LABELS = {
    "self_total": ("reports.save_scores", "Lưu điểm tự chấm"),
    "appraised_total": ("reports.save_appraisal", "Lưu điểm thẩm định"),
}


def finish(
    sheet: Sheet, written: Mapping[int, Score], columns: Sequence[str], actor: User, *, total: str
) -> Sheet:
    """Write all rows in one statement, the total (a column of the report) and the log book.

    Returns the sheet as it is stored then.
    """
    if not written:
        return sheet
    _write(sheet, written, columns)
    points = getattr(sheet.report, total)
    Report.objects.filter(pk=sheet.report.pk).update(**{total: points})
    changes = _changes(sheet, written, columns)
    count = two_digits(len({change["code"] for change in changes}))
    action, label = LABELS[total]
    record(actor, action, sheet.report, label=f"{label}: {count} tiêu chí", changes=changes)
    return sheet.with_scores(written)


def _write(sheet: Sheet, written: Mapping[int, Score], columns: Sequence[str]) -> None:
    scores = list(written.values())
    if len(scores) == 1 and scores[0].pk:
        (stored,) = (row.score for row in sheet.rows if row.criterion.pk in written)
        scores[0].save(update_fields=(*_differing(stored, scores[0], columns), *STAMPS))
        return
    # A new row and a changed one are the same statement, so the number of queries is constant;
    # without its key a copy meets the stored row at (report, criterion).
    Score.objects.bulk_create(
        [_without_key(score, sheet.report) for score in scores],
        update_conflicts=True,
        unique_fields=("report", "criterion"),
        update_fields=(*columns, *STAMPS),
    )


def _differing(stored: Score, score: Score, columns: Sequence[str]) -> list[str]:
    """A row has some fifteen columns, and a keystroke changes two of them."""
    stored_as = ((name, Score._meta.get_field(name).attname) for name in columns)
    return [name for name, at in stored_as if getattr(stored, at) != getattr(score, at)]


def _without_key(score: Score, report: Report) -> Score:
    score.pk, score.report, score._state.adding = None, report, True
    return score


def _changes(
    sheet: Sheet, written: Mapping[int, Score], columns: Sequence[str]
) -> list[dict[str, Any]]:
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


def _said(value: Any) -> str | dict[str, Any]:
    if isinstance(value, Decimal):
        return format_input(value)
    return value if isinstance(value, dict) else said(value)
