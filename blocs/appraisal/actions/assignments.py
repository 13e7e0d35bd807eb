"""Who marks which sheet: set by the head, opened round by round."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from blocs.appraisal.actions.sheet_scorers import assign_sheet, next_round
from blocs.appraisal.actions.ways import locked_in_mode
from blocs.appraisal.domain.appraisal import matrix_of_group, matrix_problems
from blocs.appraisal.models.conflicts import ScoringConflict
from blocs.appraisal.models.markings import body_leaves
from blocs.reports.actions.reports import locked as locked_report
from blocs.reports.actions.reports import require_state
from blocs.reports.models import Assignment, Report
from blocs.reports.models.assignments import (
    MARKABLE,
    assignments_of,
    in_round,
    last_round,
    may_mark,
    newest,
    next_round_refusals,
    nobody_words,
    undone,
)
from blocs.states import AppraisalMode, ReportState
from blocs.units.models import Unit
from blocs.years.domain.taking_part import Duty
from blocs.years.models import BlocYear
from blocs.years.models.changes import members_owing
from blocs.years.models.regulation import regulation_of
from thidua.accounts.models import User
from thidua.common.activity import record
from thidua.common.permissions import require
from thidua.common.stamps import refuse_overtaken
from thidua.common.vietnamese.numbers import two_digits

ASSIGNABLE = (ReportState.DRAFT, ReportState.SUBMITTED, ReportState.RETURNED)
NO_REPORTS = "Chưa có báo cáo nào của năm nên chưa phân công được."
NO_GROUP = "Vui lòng chọn ít nhất một đơn vị vào tổ thẩm định."
NOT_MEMBER = "Có đơn vị không phải là thành viên của năm thi đua này."
ALONE = "Bảng điểm của “{unit}” không có đơn vị nào chấm; hãy chọn thêm đơn vị."
SHEET, PAIRS = "Bảng điểm của {unit}", "Các cặp đơn vị không chấm nhau"
NO_BODY = "Chưa có cơ quan thẩm định nào."
ROUND_OPEN = "Vòng {number} chưa chấm xong: {names}."
NO_MORE_ROUNDS = "Quy định chỉ có {count} vòng chấm."


@dataclass(frozen=True)
class Pair:
    """Two units that must not mark each other, and why."""

    first: int
    second: int
    reason: str = ""


def assignment_words(bloc_year: BlocYear) -> dict[str, str]:
    """Who must not meet, and who marks what, sheet by sheet."""
    rows = Assignment.objects.filter(report__bloc_year=bloc_year, round=1)
    scorers: dict[str, list[str]] = {}
    for sheet, scorer in rows.values_list("report__unit__name", "unit__name"):
        scorers.setdefault(SHEET.format(unit=sheet), []).append(scorer)
    pairs = bloc_year.scoring_conflicts.values_list("first__name", "second__name", "reason")
    words = {sheet: "; ".join(sorted(names)) for sheet, names in scorers.items()}
    return {PAIRS: _pair_words(pairs), **words}


def _pair_words(pairs: Iterable[tuple[str, str, str]]) -> str:
    found = ((" – ".join(sorted(ends)), reason) for *ends, reason in pairs)
    return "; ".join(sorted(f"{ends} ({reason})" if reason else ends for ends, reason in found))


@transaction.atomic
def assign_pairs(
    bloc_year: BlocYear,
    *,
    matrix: dict[int, Collection[int]],
    conflicts: Sequence[Pair],
    actor: User,
    seen: str | None = None,
) -> BlocYear:
    """Confirm a cross-scoring matrix: ids of the scorers by id of the unit whose sheet it is.

    Refused (ValidationError, every sentence at once) where the matrix breaks a rule: nobody its
    own sheet, no conflicting pair, the number of scorers of the year, loads differing by at most 1.
    """
    require(actor, "appraisal.assign_appraisers", bloc_year)
    bloc_year = locked_in_mode(bloc_year, AppraisalMode.PAIRS)
    members = _members(bloc_year)
    _require_known(members, [*matrix, *_both(matrix.values()), *_ends(conflicts)])
    rows = _rows(bloc_year)
    left = {one.unit_id: one.unit for one in rows if not one.may_mark}
    names = {pk: unit.name for pk, unit in (left | members).items()}
    problems = matrix_problems(
        _with_finished(matrix, rows) | _settled(bloc_year),
        # Who takes over from a unit that left may have more to mark than the others.
        [] if left else list(members),
        regulation_of(bloc_year).scorers_per_sheet,
        [(pair.first, pair.second) for pair in conflicts],
        name=names.__getitem__,
    )
    if problems:
        raise ValidationError(problems)
    _refuse_overtaken(bloc_year, matrix, seen, conflicts)
    _keep_conflicts(bloc_year, conflicts)
    return _write(bloc_year, matrix, actor)


@transaction.atomic
def assign_group(
    bloc_year: BlocYear, *, units: Collection[int], actor: User, seen: str | None = None
) -> BlocYear:
    """Appoint a working group of members: each unit marks every sheet but its own."""
    require(actor, "appraisal.assign_appraisers", bloc_year)
    bloc_year = locked_in_mode(bloc_year, AppraisalMode.GROUP)
    if not units:
        raise ValidationError(NO_GROUP)
    members = _members(bloc_year)
    _require_known(members, units)
    sheets = [unit for unit in _open_reports(bloc_year) if unit in members]
    matrix = matrix_of_group(sheets, [pk for pk in members if pk in set(units)])
    alone = [members[unit].name for unit, scorers in matrix.items() if not scorers]
    if alone:
        raise ValidationError([ALONE.format(unit=name) for name in alone])
    matrix = _where_needed(bloc_year, matrix)
    _refuse_overtaken(bloc_year, matrix, seen)
    return _write(bloc_year, matrix, actor)


@transaction.atomic
def assign_bodies(bloc_year: BlocYear, *, actor: User, seen: str | None = None) -> BlocYear:
    """Ask every competent body for its leaves of every sheet but its own."""
    require(actor, "appraisal.assign_appraisers", bloc_year)
    bloc_year = locked_in_mode(bloc_year, AppraisalMode.BODIES)
    able = may_mark(timezone.localdate(), "bloc_year", "unit")
    bodies = list(bloc_year.bodies.filter(able).values_list("unit_id", flat=True))
    if not bodies:
        raise ValidationError(NO_BODY)
    matrix = _without_finished(bloc_year, matrix_of_group(_open_reports(bloc_year), bodies))
    _refuse_overtaken(bloc_year, matrix, seen)
    return _write(bloc_year, matrix, actor)


@transaction.atomic
def open_round(report: Report, *, actor: User) -> Report:
    """Ask the same units for another round, once all of them have finished the one before."""
    report = locked_report(report)
    require(actor, "reports.appraise_report", report)
    require_state(report, MARKABLE)
    assignments = assignments_of(report)
    number = last_round(assignments)
    if not number:
        raise ValidationError(nobody_words(report))
    if waiting := undone(assignments):
        names = "; ".join(one.unit.name for one in waiting)
        raise ValidationError(ROUND_OPEN.format(number=number, names=names))
    most = regulation_of(report.bloc_year).rounds
    if number >= most:
        raise ValidationError(NO_MORE_ROUNDS.format(count=two_digits(most)))
    if refusals := next_round_refusals(assignments):
        raise ValidationError(refusals)
    able = [one.unit for one in in_round(assignments, number) if one.may_mark]
    Assignment.objects.bulk_create(
        Assignment(report=report, unit=unit, round=number + 1) for unit in able
    )
    record(actor, "appraisal.open_round", report, label=f"Mở vòng chấm {number + 1}")
    return report


def _refuse_overtaken(
    bloc_year: BlocYear,
    matrix: Mapping[int, Collection[int]],
    seen: str | None,
    pairs: Sequence[Pair] | None = None,
) -> None:
    stored = assignment_words(bloc_year)
    known = [*matrix, *_both(matrix.values()), *_ends(pairs or ())]
    names = dict(Unit.objects.filter(pk__in=known).values_list("pk", "name"))
    typed = stored | {
        SHEET.format(unit=names[sheet]): "; ".join(sorted(names[pk] for pk in scorers))
        for sheet, scorers in matrix.items()
    }
    if pairs is not None:
        ends = ((names[pair.first], names[pair.second], pair.reason) for pair in pairs)
        typed[PAIRS] = _pair_words(ends)
    if typed != stored:
        action, labels = "appraisal.assign_appraisers", {name: name for name in typed}
        refuse_overtaken(bloc_year, action, seen=seen, stored=stored, typed=typed, names=labels)


def _members(bloc_year: BlocYear) -> dict[int, Unit]:
    rows = members_owing(bloc_year, Duty.SIT)
    return {member.unit_id: member.unit for member in rows}


def _both(scorers: Iterable[Collection[int]]) -> list[int]:
    return [pk for one in scorers for pk in one]


def _ends(conflicts: Sequence[Pair]) -> list[int]:
    return _both((pair.first, pair.second) for pair in conflicts)


def _require_known(members: Mapping[int, Unit], units: Iterable[int]) -> None:
    if not set(units) <= members.keys():
        raise ValidationError(NOT_MEMBER)


def _open_reports(bloc_year: BlocYear) -> dict[int, Report]:
    """Reports that can still get appraisers, by unit."""
    found = bloc_year.reports.filter(state__in=ASSIGNABLE).select_related("unit")
    return {report.unit_id: report for report in found.order_by("pk")}


def _rows(bloc_year: BlocYear) -> list[Assignment]:
    """The newest round of every sheet of the year, units that left among them."""
    found = Assignment.objects.told().filter(report__bloc_year=bloc_year)
    joined = ("unit", "report__bloc_year__regulation")
    return newest(found.select_related(*joined).order_by("pk"))


def _with_finished(
    matrix: Mapping[int, Collection[int]], rows: Iterable[Assignment]
) -> dict[int, Collection[int]]:
    """The matrix with those who finished a sheet and left: they have no column any more."""
    found = {sheet: list(scorers) for sheet, scorers in matrix.items()}
    # Others who are asked for the next round are as many as the rule says, beside nobody.
    others = {sheet for sheet in _waiting(rows) if found.get(sheet)}
    for one in rows:
        sheet = found.get(one.report.unit_id)
        is_kept = one.done_at and not one.may_mark and one.report.unit_id not in others
        if sheet is not None and is_kept:
            sheet.append(one.unit_id)
    return found


def _by_sheet(rows: Iterable[Assignment]) -> dict[int, list[Assignment]]:
    found: dict[int, list[Assignment]] = {}
    for one in rows:
        found.setdefault(one.report.unit_id, []).append(one)
    return found


def _waiting(rows: Iterable[Assignment]) -> set[int]:
    """Units whose sheet others have to mark in a next round."""
    return {unit for unit, own in _by_sheet(rows).items() if next_round(own)}


def _where_needed(
    bloc_year: BlocYear, matrix: Mapping[int, Collection[int]]
) -> dict[int, Collection[int]]:
    """The matrix of a group, without changes at sheets that one of it finished before it left.

    What is finished counts, and nobody is asked in its place, unless a next round needs others.
    """
    found = dict(matrix)
    for unit, own in _by_sheet(_rows(bloc_year)).items():
        is_kept = any(one.done_at and not one.may_mark for one in own)
        has_gap = any(not one.done_at and not one.may_mark for one in own)
        if unit in found and is_kept and not has_gap and not next_round(own):
            found[unit] = [one.unit_id for one in own]
    return found


def _without_finished(
    bloc_year: BlocYear, matrix: Mapping[int, Collection[int]]
) -> dict[int, Collection[int]]:
    """The matrix without a body whose leaves of a sheet one that exists no more has marked."""
    parts, taken = body_leaves(bloc_year), dict.fromkeys(matrix, frozenset())
    rows = _rows(bloc_year)
    others = _waiting(rows)
    for one in rows:
        if one.done_at and not one.may_mark and one.report.unit_id in taken.keys() - others:
            taken[one.report.unit_id] |= parts.get(one.unit_id, frozenset())
    return {
        sheet: [pk for pk in bodies if not parts[pk] <= taken[sheet]]
        for sheet, bodies in matrix.items()
    }


def _settled(bloc_year: BlocYear) -> dict[int, list[int]]:
    """Who marked sheets that are past marking: they count for the even load."""
    rows = Assignment.objects.filter(report__bloc_year=bloc_year, round=1)
    found: dict[int, list[int]] = {}
    for sheet, scorer in rows.exclude(report__state__in=ASSIGNABLE).values_list(
        "report__unit_id", "unit_id"
    ):
        found.setdefault(sheet, []).append(scorer)
    return found


def _keep_conflicts(bloc_year: BlocYear, conflicts: Sequence[Pair]) -> None:
    bloc_year.scoring_conflicts.all().delete()
    unique = {frozenset((pair.first, pair.second)): pair for pair in conflicts}
    for pair in unique.values():
        row = ScoringConflict(
            bloc_year=bloc_year, first_id=pair.first, second_id=pair.second, reason=pair.reason
        )
        row.full_clean()
        row.save()


def _write(bloc_year: BlocYear, matrix: Mapping[int, Collection[int]], actor: User) -> BlocYear:
    """Bring the assignments of the first round to the matrix; sheets not in it keep theirs."""
    reports = _open_reports(bloc_year)
    if not reports:
        raise ValidationError(NO_REPORTS)
    changes = [
        change
        for unit, scorers in matrix.items()
        if unit in reports and (change := assign_sheet(reports[unit], set(scorers)))
    ]
    if changes:
        label = f"Phân công chấm {two_digits(len(changes))} bảng điểm"
        record(actor, "appraisal.assign_appraisers", bloc_year, label=label, changes=changes)
    return bloc_year
