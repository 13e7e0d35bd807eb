"""What an appraising unit gives a sheet, and how all their marks become the bloc's points."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from blocs.appraisal.models.combining import CombinedRow, combined_rows
from blocs.appraisal.models.markings import marked_sheet, marks_of
from blocs.appraisal.models.marks import Mark
from blocs.reports.actions.cells import Kept, kept_of
from blocs.reports.actions.reports import locked, require_state
from blocs.reports.actions.score_rows import appraisal_of, judge_points
from blocs.reports.actions.scores import save_appraisal
from blocs.reports.domain.sheet_rows import GivenRow, labels
from blocs.reports.models import Assignment, Report
from blocs.reports.models.assignments import (
    MARKABLE,
    assignments_of,
    last_round,
    next_round_refusals,
    nobody_words,
    undone,
)
from blocs.reports.models.sheet_row import SheetRow
from blocs.reports.models.sheets import Sheet, read_sheet
from blocs.years.models.regulation import regulation_of
from thidua.accounts.models import User
from thidua.common.activity import record
from thidua.common.permissions import require
from thidua.common.stamps import refuse_overtaken
from thidua.common.vietnamese.numbers import format_input, two_digits

FINISHED = "Đơn vị đã xác nhận chấm xong bảng điểm này nên không sửa được."
MISSING = "Còn {count} tiêu chí chưa chấm: {labels}."
WAITING = "Còn {count} đơn vị chưa chấm xong: {names}."
LEFT = (
    "{unit} không còn tham gia nên không chấm nữa; điểm đã chấm vẫn xem được. Đơn vị đứng đầu chọn "
    "đơn vị khác chấm thay."
)
ROUNDS_LEFT = "Quy định có {count} vòng chấm; mới xong vòng {number}. Hãy mở vòng sau."


@transaction.atomic
def save_marks(assignment: Assignment, *, rows: Sequence[GivenRow], actor: User) -> Assignment:
    """Keep the marks of the changed rows of one appraising unit.

    All or nothing. Raises OvertakenRowsError, or ValidationError keyed (criterion id, field) for
    points out of range or without the reason they need where they differ from the unit's own.
    """
    assignment = _open(assignment, actor)
    _keep(assignment, rows, actor)
    return assignment


@transaction.atomic
def autosave_marks(assignment: Assignment, *, rows: Sequence[GivenRow], actor: User) -> Kept:
    """Keep marks row by row while they are typed; raises only where the sheet takes none at all."""
    assignment = _open(assignment, actor)
    judged = judge_points(marked_sheet(assignment), rows)
    _write(assignment, judged.good, actor)
    return kept_of(judged, marked_sheet(assignment))


@transaction.atomic
def finish_marks(assignment: Assignment, *, rows: Sequence[GivenRow], actor: User) -> Assignment:
    """Keep the changed rows and confirm that the unit has marked all its leaves.

    Refused while a leaf that the reporting unit answered has no mark, or where a mark lost its
    ground because the unit corrected its own points.
    """
    assignment = _open(assignment, actor)
    _keep(assignment, rows, actor)
    sheet = marked_sheet(assignment)
    if missing := sheet.not_appraised():
        raise ValidationError(
            MISSING.format(count=two_digits(len(missing)), labels=labels(missing))
        )
    if groundless := _groundless(sheet):
        raise ValidationError(groundless)
    assignment.done_at, assignment.done_by = timezone.now(), actor
    assignment.save(update_fields=("done_at", "done_by"))
    record(actor, "appraisal.finish_marks", assignment, label="Xác nhận chấm xong")
    return assignment


@transaction.atomic
def combine_marks(
    report: Report,
    *,
    decided: Mapping[int, tuple[Decimal, str]],
    seen: str | None,
    actor: User,
) -> Report:
    """Make the bloc's points from the marks of all appraisers, with who gave what as the reason.

    `decided` holds points and words, by criterion, where the regulation leaves the result open.
    Refused while somebody has not finished, or a round is left. Nobody does it for the own unit.
    """
    report = locked(report)
    require(actor, "reports.appraise_report", report)
    require_state(report, MARKABLE)
    assignments = assignments_of(report)
    if obstacles := combining_obstacles(report, assignments):
        raise ValidationError(obstacles)
    refuse_overtaken(report, seen=seen, stored=combining_words(report, assignments), typed={})
    rows = [
        given
        for one in combined_rows(read_sheet(report), assignments)
        if (given := _result(one, decided)) is not None
    ]
    report = save_appraisal(report, rows=rows, actor=actor)
    count = two_digits(len({one.unit_id for one in assignments}))
    record(actor, "appraisal.combine_marks", report, label=f"Gộp điểm của {count} đơn vị chấm")
    return report


def combining_obstacles(report: Report, assignments: Sequence[Assignment]) -> list[str]:
    """Why the marks of a sheet cannot be made one yet."""
    if not assignments:
        return [nobody_words(report)]
    if waiting := undone(assignments):
        names = "; ".join(one.unit.name for one in waiting)
        return [WAITING.format(count=two_digits(len(waiting)), names=names)]
    number, count = last_round(assignments), regulation_of(report.bloc_year).rounds
    if number < count:
        if refusals := next_round_refusals(assignments):
            return refusals
        return [ROUNDS_LEFT.format(count=two_digits(count), number=number)]
    return []


def combining_words(report: Report, assignments: Sequence[Assignment]) -> dict[str, str]:
    """The revisions of all that goes into the points, so that nobody combines unseen marks."""
    marks = {f"mark {mark.pk}": str(mark.revision) for mark in marks_of(assignments).values()}
    scores = report.scores.values_list("pk", "revision")
    return marks | {f"score {pk}": str(revision) for pk, revision in scores}


def _open(assignment: Assignment, actor: User) -> Assignment:
    """The assignment as it is now, held; refused where it is done or the sheet is not in."""
    found = Assignment.objects.told().select_related("unit").select_for_update(of=("self",))
    assignment = found.get(pk=assignment.pk)
    assignment.report = locked(assignment.report)
    require(actor, "appraisal.mark_sheet", assignment)
    require_state(assignment.report, MARKABLE)
    if assignment.done_at:
        raise ValidationError(FINISHED)
    if not assignment.may_mark:
        raise ValidationError(left_words(assignment))
    return assignment


def left_words(assignment: Assignment) -> str:
    """Why a unit that left the year, or was dissolved, marks no more."""
    return LEFT.format(unit=assignment.unit.name)


def _keep(assignment: Assignment, rows: Sequence[GivenRow], actor: User) -> None:
    judged = judge_points(marked_sheet(assignment), rows)
    judged.refuse()
    _write(assignment, judged.good, actor)


def _write(
    assignment: Assignment, changed: Sequence[tuple[SheetRow, GivenRow]], actor: User
) -> None:
    if not changed:
        return
    now = timezone.now()
    Mark.objects.bulk_create(
        [
            Mark(
                assignment=assignment,
                criterion=row.criterion,
                points=given.points,
                reason=appraisal_of(given)["appraisal_reason"],
                revision=given.revision + 1,
                saved_by=actor,
                saved_at=now,
            )
            for row, given in changed
        ],
        update_conflicts=True,
        unique_fields=("assignment", "criterion"),
        update_fields=("points", "reason", "revision", "saved_by", "saved_at"),
    )
    changes = [change for row, given in changed for change in _changes(row, given)]
    label = f"Lưu điểm chấm: {two_digits(len(changed))} tiêu chí"
    # Told of the assignment, not of the report: the unit reads the log book of its report.
    record(actor, "appraisal.save_marks", assignment, label=label, changes=changes)


def _groundless(sheet: Sheet) -> list[str]:
    """Marks that no longer stand because the unit corrected its own points meanwhile."""
    return [
        f"Tiêu chí {row.label}: {sentence}"
        for row in sheet.rows
        for sentence in row.problems(_given(row).points, _given(row).reason).values()
    ]


def _changes(row: SheetRow, given: GivenRow) -> list[dict]:
    """What changed at one leaf, before and after, for the log book."""
    before, after = _given(row), given
    pairs = (
        ("điểm", format_input(before.points), format_input(after.points)),
        ("lý do", before.reason, appraisal_of(after)["appraisal_reason"]),
    )
    return [
        {"code": row.label, "name": row.criterion.name, "field": name, "before": old, "after": new}
        for name, old, new in pairs
        if old != new
    ]


def _given(row: SheetRow) -> GivenRow:
    """The stored mark of a row of a marked sheet."""
    score = row.score
    if score is None:
        return GivenRow(row.criterion.pk, 0, None, "")
    return GivenRow(
        row.criterion.pk, score.revision, score.appraised_points, score.appraisal_reason
    )


def _result(one: CombinedRow, decided: Mapping[int, tuple[Decimal, str]]) -> GivenRow | None:
    """What a leaf gets: its combined points, or what was decided where nothing follows."""
    pk = one.row.criterion.pk
    revision = one.row.score.revision if one.row.score else 0
    if not one.is_asked:
        points = one.outcome if isinstance(one.outcome, Decimal) else None
        return None if points is None else GivenRow(pk, revision, points, one.reason)
    if pk not in decided:
        return None
    points, words = decided[pk]
    reason = "\n".join(text for text in (words.strip(), one.reason) if text)
    return GivenRow(pk, revision, points, reason)
