"""A whole bloc year opened from one workbook: units, table and results, or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from blocs.criteria.actions.tables import import_table, publish_table
from blocs.criteria.models import Criterion, ScoringTable
from blocs.criteria.models.tree import Tree, tree_of
from blocs.reports.models import Report, Score
from blocs.reports.models.sheets import as_stored, sheet_with
from blocs.scoring import Entry, Outcome, Points
from blocs.units.actions.blocs import add_member, create_bloc
from blocs.units.actions.units import create_unit, usual_letterhead
from blocs.units.domain.unit_lists import short_name_for
from blocs.units.domain.unit_rosters import OTHER_UNIT
from blocs.units.models import Bloc, Unit
from blocs.year_files.documents.checked import LEADERS, CheckedFile, check_file
from blocs.year_files.documents.plan import FilePlan, plan_of
from blocs.year_files.domain.year_import import UnitLine, YearFile
from blocs.year_files.domain.year_pages import UNITS
from blocs.years.actions.editing import edit_year
from blocs.years.actions.regulation import set_rules
from blocs.years.actions.years import plan_year, set_members
from blocs.years.domain.names import first_day
from blocs.years.models import BlocYear
from blocs.years.workflows import YEAR, compares_units_of_other_blocs
from thidua.accounts.models import User
from thidua.common.activity import record
from thidua.common.files import readable_name
from thidua.common.permissions import require
from thidua.common.workflow import perform
from thidua.jobs.models import Job
from thidua.jobs.queue import ask_for_job

# Bytes of a workbook: a year of 15 units and 100 leaves has some 60,000 and is read in a second.
MOST_AT_ONCE = 40_000
IMPORT_JOB, PREVIEW_JOB = "year_import", "year_preview"
EXISTS = "{bloc} đã có {year}; tệp này không nhập được nữa."
CHANGED = (
    "Đơn vị hoặc khối đã thay đổi từ khi xem trước, nên chưa ghi gì. Hãy tải tệp lên lại để xem."
)
OTHER_BLOC = "Ký hiệu “{code}” là của {name}. Hãy ghi đúng tên hoặc dùng ký hiệu khác."
SUPERIOR, TITLE = "UBND TỈNH", "Giám đốc"


@dataclass(frozen=True)
class ImportedYear:
    """What a file holds, or what was made of it; `asks` says why the opening needs a reason."""

    bloc_year: BlocYear
    units: int
    leaves: int
    answers: int
    plan: FilePlan
    asks: str = ""


def import_year(
    upload: File | CheckedFile,
    *,
    actor: User,
    is_check: bool = False,
    shown: str = "",
    reason: str = "",
) -> ImportedYear:
    """Open the year that a workbook describes, with a draft report for each unit with results.

    Raises YearFileError with every wrong cell, ValidationError for a file that is no workbook, for
    a year that exists already, or where the preview marked `shown` would say something else now.
    With `is_check` everything is tried and taken back but the reports, whose points are counted
    before. A file that was checked already is not read again. `reason` is why units take part
    that are compared in another bloc already; without it those are refused, but by a check.
    """
    require(actor, "years.manage_year")
    require(actor, "units.manage_bloc")
    require(actor, "units.manage_unit")
    require(actor, "criteria.publish_table")
    desk = upload if isinstance(upload, CheckedFile) else check_file(upload)
    found = desk.found
    with desk.cells_of_fields(), transaction.atomic():
        plan = plan_of(found)
        if shown and plan.mark != shown:
            raise ValidationError(CHANGED)
        made = _open_year(found, plan, desk, actor, is_check=is_check, reason=reason)
        name = readable_name(desk.name)
        label = "Mở năm thi đua từ tệp Excel"
        record(actor, "year_files.import_year", made.bloc_year, label=label, note=name)
        if is_check:
            transaction.set_rollback(True)
    return made


def is_long(content: bytes) -> bool:
    """Whether reading and writing a file of this size takes longer than a page should."""
    return len(content) > MOST_AT_ONCE


def ask_preview(content: bytes, *, name: str, actor: User) -> Job:
    """Have a file read outside of the page; its job leads to the page of what it would make."""
    require(actor, "years.manage_year")
    title = f"Xem trước năm thi đua từ tệp “{readable_name(name)}”"
    return ask_for_job(
        PREVIEW_JOB, title=title, arguments={"name": name}, actor=actor, content=content
    )


def ask_import(content: bytes, *, name: str, shown: str, actor: User, reason: str = "") -> Job:
    """Have the file of a preview marked `shown` written outside of the page, whole or not."""
    require(actor, "years.manage_year")
    title = f"Mở năm thi đua từ tệp “{readable_name(name)}”"
    arguments = {"name": name, "shown": shown, "reason": reason}
    return ask_for_job(IMPORT_JOB, title=title, arguments=arguments, actor=actor, content=content)


def _open_year(
    found: YearFile,
    plan: FilePlan,
    desk: CheckedFile,
    actor: User,
    *,
    is_check: bool,
    reason: str,
) -> ImportedYear:
    facts = found.facts
    bloc = _bloc_of(facts, desk, actor)
    year, is_school_year = facts["year"], facts["is_school_year"]
    if known := bloc.years.filter(year=year).first():
        raise ValidationError(EXISTS.format(bloc=bloc, year=known.words))
    units = {line.code: _unit_of(line, desk, actor) for line in found.units}
    desk.refuse()
    begins = first_day(year, is_school_year=is_school_year)
    for line in found.units:
        _join(bloc, units[line.code], begins, line.row, desk, actor)
    desk.refuse()
    bloc_year = plan_year(
        bloc, actor=actor, year=year, members_on=begins, is_school_year=is_school_year
    )
    bloc_year = edit_year(bloc_year, actor=actor, data=dict.fromkeys(LEADERS))
    bloc_year = set_members(bloc_year, actor=actor, units=list(units.values()))
    leaders = {line.role: units[line.code] for line in found.units if line.role}
    bloc_year = edit_year(bloc_year, actor=actor, data=leaders)
    bloc_year = set_rules(bloc_year, actor=actor, data={"decimals": facts["decimals"]})
    table = import_table(bloc_year, actor=actor, source=found.table)
    table = publish_table(table, actor=actor)
    asks = compares_units_of_other_blocs(bloc_year)
    # A check goes on as if the reason had been given that it asks for.
    note = reason.strip() or (asks if is_check else "")
    bloc_year = _opened(bloc_year, actor, asks, note)
    tree = tree_of(table)
    # What a check would find in the reports it has found already.
    for code in () if is_check else found.answers:
        _report(bloc_year, table, tree, units[code], found.entries_of(code), actor)
    count = sum(len(found.entries_of(code)) for code in found.answers)
    return ImportedYear(bloc_year, len(units), len(tree.leaves()), count, plan, asks)


def _opened(bloc_year: BlocYear, actor: User, asks: str, note: str) -> BlocYear:
    """The opened year; refused with what `asks` for a reason where there is none."""
    if asks and not note:
        raise ValidationError(asks)
    # The preview has listed who of the bloc is missing from the file.
    given = note if asks else ""
    return perform(YEAR, "open", bloc_year, actor=actor, is_confirmed=True, note=given)


def _bloc_of(facts: Mapping, desk: CheckedFile, actor: User) -> Bloc:
    code, name = facts["bloc_code"], facts["bloc_name"]
    bloc = Bloc.objects.filter(code=code).first()
    if bloc is None:
        return create_bloc(
            actor=actor, data={"code": code, "name": name, "kind": facts["bloc_kind"]}
        )
    if not bloc.bore(name):
        reason = OTHER_BLOC.format(code=code, name=bloc.name)
        desk.add(*desk.place_of("name"), reason)
        desk.refuse()
    return bloc


def _unit_of(line: UnitLine, desk: CheckedFile, actor: User) -> Unit | None:
    """The unit that bears this code; a new one where none does."""
    data = line.data
    unit = Unit.objects.filter(code=line.code).first()
    if unit is not None:
        if not unit.bore(data["name"]):
            column = desk.found.columns_of[UNITS]["code"]
            desk.add(UNITS, line.row, column, OTHER_UNIT.format(code=line.code, name=unit.name))
        return unit
    name = data["name"]
    usual = {
        "short_name": data["short_name"] or short_name_for(name),
        "superior": data["superior"] or SUPERIOR,
        "leader_title": data["leader_title"] or TITLE,
        "letterhead": usual_letterhead(name),
    }
    try:
        return create_unit(actor=actor, data={**data, **usual})
    except ValidationError as error:
        desk.add_unit(line.row, error)
        return None


def _join(bloc: Bloc, unit: Unit, day: date, row: int, desk: CheckedFile, actor: User) -> None:
    if bloc.memberships.on(day).filter(unit=unit).exists():
        return
    try:
        add_member(bloc, actor=actor, unit=unit, starts_on=day)
    except ValidationError as error:
        desk.add_unit(row, error)


def _report(
    bloc_year: BlocYear,
    table: ScoringTable,
    tree: Tree,
    unit: Unit,
    entries: Mapping[str, Entry],
    actor: User,
) -> None:
    """The draft report of one unit with its answers and their points; none without answers."""
    if not entries:
        return
    report = Report.objects.create(bloc_year=bloc_year, unit=unit, table=table)
    total = sheet_with(report, tree, {}).self_total(entries)
    now = timezone.now()
    Score.objects.bulk_create(
        _score(report, tree.rows[path], entry, total.outcomes[path], actor, now)
        for path, entry in entries.items()
    )
    report.self_total = as_stored(total.total)
    report.save(update_fields=("self_total",))


def _score(
    report: Report, row: Criterion, entry: Entry, outcome: Outcome, actor: User, at: datetime
) -> Score:
    return Score(
        report=report,
        criterion=row,
        target=entry.target,
        value=entry.value,
        choice=entry.choice,
        facts=dict(entry.facts),
        not_applicable=entry.not_applicable,
        self_points=outcome.points if isinstance(outcome, Points) else None,
        revision=1,
        saved_by=actor,
        saved_at=at,
    )
