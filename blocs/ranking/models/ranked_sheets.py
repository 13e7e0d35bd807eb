"""From the reports of a bloc year to what its ranking works on: sheets, days, votes, grounds."""

from collections.abc import Callable, Collection, Iterable, Mapping
from decimal import Decimal

from django.db.models import Expression, Q, Value

from blocs.criteria.models.criteria import ScoringTable
from blocs.criteria.models.table_files import disqualifiers_of
from blocs.criteria.models.tables_in_force import tables_in_force
from blocs.ranking.domain.proof_reading import rules_of as read_rules
from blocs.ranking.models.grounds import Ground
from blocs.ranking.models.seals import RankingSeal, last_seal
from blocs.reports.models.reports import Report
from blocs.reports.models.sheets import Sheet, read_sheets
from blocs.reports.models.submission_days import submission_days
from blocs.scoring import Disqualifier, LateRule
from blocs.scoring.ranking.bloc_ranking import judge
from blocs.scoring.ranking.contenders import BlocRules, Contender, Judged
from blocs.scoring.ranking.line_figures import counts_of
from blocs.scoring.ranking.ranking import Decided, tie_rules_in_force
from blocs.scoring.ranking.workdays import WorkCalendar
from blocs.scoring.totals.given import GivenTable, given_table
from blocs.states import COUNCIL_STATES, ReportState
from blocs.years.domain.taking_part import Duty
from blocs.years.models.changes import member_of, members_owing
from blocs.years.models.regulation import regulation_of
from blocs.years.models.work_calendar import work_calendar
from blocs.years.models.years import BlocYear, YearMember
from thidua.common.registry import Registry

NOT_SENT = "Chưa nộp báo cáo và bảng tự chấm điểm."
WHY_OUT = {
    ReportState.SUBMITTED: "Đã nộp, chưa thẩm định xong.",
    ReportState.RETURNED: "Báo cáo bị trả lại, chưa nộp lại.",
}
Grounds = Mapping[int, list[Ground]]
# Who counts votes says here, as an expression over a member, how many the unit has.
VOTES: Registry[Callable[[], Expression]] = Registry()
# Who keeps what conferences decided says here the order of equal units of a year, by unit.
ORDERS: Registry[Callable[[BlocYear], dict[int, Decided]]] = Registry()


def bloc_rules_of(bloc_year: BlocYear, last: RankingSeal | None) -> BlocRules:
    """What the regulation of the year says beside the table; with the `last` seal what it keeps.

    Holidays are read where they count.
    """
    if last is not None:
        return read_rules(last.rules)
    rules = regulation_of(bloc_year)
    late = rules.late_rule
    counts = late is not None and has_effect(late)
    calendar = WorkCalendar()
    if late and counts and late.in_working_days:
        calendar = work_calendar(late.due_on.year, late.due_on.year + 1)
    tie_rules = tie_rules_in_force(rules.tie_rules)
    by_percent = tables_in_force(bloc_year).differ_in_maximum
    return BlocRules(
        tie_rules,
        rules.bands,
        late if counts else None,
        calendar,
        rules.part_year,
        bloc_year.begins_on,
        by_percent,
        rules.empty_is_zero,
    )


def has_effect(late: LateRule) -> bool:
    """Whether a late paper costs anything at all."""
    return any(limit is not None for limit in (late.fixed, late.per_day, late.last_on))


def members_of(bloc_year: BlocYear, sealed: Collection[int] = ()) -> list[YearMember]:
    """The units that are compared, in their order, each with its votes in the award ballot.

    Units of a sealed ranking stay in it, whatever was recorded about them later.
    """
    members = members_owing(bloc_year, Duty.COMPARE)
    if sealed:
        kept = Q(pk__in=members.order_by().values("pk")) | Q(unit__in=sealed)
        members = bloc_year.members.filter(kept).select_related("unit").order_by("order", "pk")
    votes = next((source() for source in VOTES), Value(None))
    return list(members.annotate(votes=votes))


def sheets_of(
    bloc_year: BlocYear, reports: Iterable[Report], sealed: Collection[int] = ()
) -> dict[int, Sheet]:
    """Appraised sheets by unit; units of one table share its tree.

    Those of a sealed ranking are read whatever became of them.
    """
    chosen = [row for row in reports if row.state in COUNCIL_STATES or row.unit_id in sealed]
    return sheets_in(bloc_year, chosen, {row.state for row in chosen})


def sheets_in(
    bloc_year: BlocYear, reports: Iterable[Report], states: Iterable[str]
) -> dict[int, Sheet]:
    """The sheets of the reports in these states, by unit; the evidence is not read."""
    chosen = [report for report in reports if report.state in tuple(states)]
    for report in chosen:
        report.bloc_year = bloc_year
    return {sheet.report.unit_id: sheet for sheet in read_sheets(chosen)}


def grounds_in_force(bloc_year: BlocYear) -> Grounds:
    """The grounds that were recorded and not lifted, by unit."""
    found: dict[int, list[Ground]] = {}
    for ground in bloc_year.grounds.filter(lifted_on=None):
        found.setdefault(ground.unit_id, []).append(ground)
    return found


def worded(grounds: Iterable[Ground], table: ScoringTable) -> tuple[Disqualifier, ...]:
    """The grounds of a unit as the table words them; what it does not know has no effect."""
    known = {ground.code: ground for ground in disqualifiers_of(table)}
    return tuple(known[ground.code] for ground in grounds if ground.code in known)


def contenders_of(
    members: Iterable[YearMember],
    sheets: Mapping[int, Sheet],
    grounds: Grounds,
    rules: BlocRules,
) -> list[Contender]:
    """The units that have an appraised sheet, as the ranking works on them."""
    tables: dict[int, GivenTable] = {}
    found = []
    for member in members:
        sheet = sheets.get(member.unit_id)
        if sheet is None or sheet.not_appraised():
            continue
        key = sheet.report.table_id
        if key not in tables:
            tables[key] = given_table(sheet.tree.nodes, sheet.rules)
        own = grounds.get(member.unit_id, [])
        found.append(contender_of(member, sheet, tables[key], own, rules))
    return found


def contender_of(
    member: YearMember,
    sheet: Sheet,
    table: GivenTable,
    grounds: Iterable[Ground],
    rules: BlocRules,
) -> Contender:
    """One unit with its given points and what counts beside them."""
    points, left_out, bonus = sheet.stored_points("appraised_points")
    report = sheet.report
    return Contender(
        unit=member.unit_id,
        table=table,
        given=points,
        bonus=bonus,
        not_applicable=left_out,
        grounds=worded(grounds, report.table),
        submitted_on=submission_days(report, rules.late, rules.calendar),
        votes=member.votes,
        order=member.order,
        counts=counts_of(table.plan, values_of(sheet), sheet.stored_points()[0], points),
        taken=member.part.taken,
    )


def values_of(sheet: Sheet) -> dict[str, Decimal]:
    """The figure the unit entered at each leaf, where it did."""
    entries = ((row.path, row.entry.value) for row in sheet.rows)
    return {path: value for path, value in entries if value is not None}


def why_out(report: Report | None, sheet: Sheet | None) -> str:
    """Why a unit has no place for now; empty when its sheet is appraised."""
    if report is None:
        return NOT_SENT
    if sheet is None:
        return WHY_OUT.get(ReportState(report.state), NOT_SENT)
    missing = sheet.not_appraised()
    return f"Còn {len(missing):02d} tiêu chí chưa có điểm thẩm định." if missing else ""


def beside_sheet(sheet: Sheet) -> Judged:
    """One appraised sheet with what counts beside it, as the ranking will judge it."""
    report = sheet.report
    grounds = report.bloc_year.grounds.filter(unit=report.unit_id, lifted_on=None)
    member = member_of(report.bloc_year, report.unit) or YearMember(
        bloc_year=report.bloc_year, unit=report.unit
    )
    table = given_table(sheet.tree.nodes, sheet.rules)
    rules = bloc_rules_of(report.bloc_year, last_seal(report.bloc_year))
    return judge(contender_of(member, sheet, table, grounds, rules), rules)
