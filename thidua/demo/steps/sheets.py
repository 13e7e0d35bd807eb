"""Yearly reports with their score sheets, computed by the product's own arithmetic."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from blocs.criteria.models import ScoringTable
from blocs.criteria.models.tree import Tree, tree_of
from blocs.reports.models import Report, Score
from blocs.reports.models.sendings import content_stamp
from blocs.reports.models.sheets import Sheet, as_stored, sheet_with
from blocs.reports.workflows import REPORT
from blocs.scoring import Entry, Points
from blocs.states import ReportState
from thidua.demo.keeping import keep_all
from thidua.demo.log import LoggedStep, minutes
from thidua.demo.steps.tables import DEPARTMENTS
from thidua.demo.words.answers import LOWERED, NOTES, answers
from thidua.demo.words.texts import TEXTS
from thidua.demo.world import Staged

R = ReportState
# How far the unit and the appraisers have come in each state.
SENT_ONCE = (R.SUBMITTED, R.RETURNED, R.APPRAISED, R.EXPLAINED, R.AGREED, R.LOCKED)
APPRAISED = (R.APPRAISED, R.EXPLAINED, R.AGREED, R.LOCKED)
# Leaves that a draft still lacks, so that there is something to type.
STILL_EMPTY = ("III/2", "III/5", "III/6")


def make_reports(
    staged: Staged,
    table: ScoringTable,
    states: Mapping[str, ReportState],
    *,
    name: str = DEPARTMENTS,
    filled: Callable[[str, int], dict[str, Entry]] = answers,
    is_prepared: frozenset[str] = frozenset(),
    is_ready: frozenset[str] = frozenset(),
) -> dict[str, Report]:
    """Write a report for each unit code of `states`; returns them by unit code.

    `filled` gives the entries for the name of a table and a grade; `is_prepared`: submitted sheets
    whose appraisal is typed already but not completed; `is_ready`: drafts without anything missing.
    """
    tree = tree_of(table)
    reports, sheets = {}, []
    for code, state in states.items():
        given = filled(name, staged.plan.grade_of(code))
        report = report_of(staged, table, code, state)
        lacks = STILL_EMPTY if state == R.DRAFT and code not in is_ready else ()
        given = {path: row for path, row in given.items() if path not in lacks}
        sheet = sheet_in(staged, report, tree, given)
        if state in APPRAISED or code in is_prepared:
            appraise(sheet, staged, code)
        reports[code] = report
        sheets.append(sheet)
    keep_all(reports.values())
    keep_all(row.score for sheet in sheets for row in sheet.rows if row.score)
    for report in reports.values():
        if report.state == R.RETURNED:
            report.returned_as = content_stamp(report)
            report.save(update_fields=("returned_as",))
    for place, (code, report) in enumerate(reports.items()):
        log_report(staged, code, report, place)
    return reports


def report_of(staged: Staged, table: ScoringTable, code: str, state: ReportState) -> Report:
    unit, is_sent = staged.unit(code), state in SENT_ONCE
    place = staged.plan.members.index(code)
    sent_at = staged.when.submitted + minutes(1440 * (place // 2) + 25 * place) if is_sent else None
    explains = state == R.EXPLAINED
    return Report(
        bloc_year=staged.row,
        unit=unit,
        table=table,
        state=state,
        results=TEXTS["results"].format(unit=unit.name, year=staged.plan.year),
        movements=staged.text("movements"),
        shortcomings=TEXTS["shortcomings"],
        explanation=staged.text("explanation") if explains else "",
        first_submitted_at=sent_at,
        submitted_at=sent_at,
        sent_table=table if is_sent else None,
        **returned_facts(staged, state),
        appraised_at=appraised_at(staged, place) if state in APPRAISED else None,
    )


def returned_facts(staged: Staged, state: ReportState) -> dict[str, object]:
    """Why and when a report was returned; nothing for the others."""
    if state != R.RETURNED:
        return {}
    return {"return_reason": TEXTS["returned_why"], "returned_at": staged.when.appraised}


def appraised_at(staged: Staged, place: int):
    """When the appraisal of a unit's sheet was completed; the days to object run from here."""
    return staged.when.appraised + minutes(40 * place)


def sheet_in(staged: Staged, report: Report, tree: Tree, given: Mapping[str, Entry]) -> Sheet:
    """The sheet as the unit filled it in, with its points and total."""
    scores = {
        leaf.pk: score_of(staged, report, leaf, path, given[path])
        for path, leaf in tree.leaves()
        if path in given
    }
    sheet = sheet_with(report, tree, scores)
    total = sheet.self_total()
    for row in sheet.rows:
        outcome = total.outcomes[row.path]
        if row.score and isinstance(outcome, Points):
            row.score.self_points = as_stored(outcome.points)
    report.self_total = as_stored(total.total)
    return sheet


def score_of(staged: Staged, report: Report, criterion, path, entry) -> Score:
    code = report.unit.code
    typed_at = (report.submitted_at or staged.when.submitted) - minutes(40)
    return Score(
        report=report,
        criterion=criterion,
        target=entry.target,
        value=entry.value,
        choice=entry.choice,
        note=NOTES.get(path, ""),
        revision=1,
        saved_by=staged.world.people.editors[code],
        saved_at=typed_at,
    )


def appraise(sheet: Sheet, staged: Staged, code: str) -> None:
    """Appraised points beside the unit's own; one leaf may be lowered, with its reason."""
    appraiser = staged.appraiser_of(code)
    lowered = LOWERED[staged.plan.merit_of(code) % len(LOWERED)]
    for row in sheet.rows:
        if row.score is None or row.score.self_points is None:
            continue
        row.score.appraised_points = row.score.self_points
        row.score.appraised_by = appraiser
        if lowered and row.path == lowered[0]:
            row.score.appraised_points = max(row.score.self_points - lowered[1], Decimal(0))
            row.score.appraisal_reason = lowered[2]
    sheet.report.appraised_total = as_stored(sheet.appraised_total().total)


def log_report(staged: Staged, code: str, report: Report, place: int) -> None:
    people, log = staged.world.people, staged.world.log
    log.note(
        "reports.start_report",
        report,
        label="Bắt đầu báo cáo",
        actor=people.editors[code],
        at=staged.when.closing + minutes(60 + place),
    )
    log.walk(REPORT, report, report_steps(staged, code, report, place))


def report_steps(staged: Staged, code: str, report: Report, place: int) -> list[LoggedStep]:
    when, people = staged.when, staged.world.people
    leader, appraiser = people.leaders[code], staged.appraiser_of(code)
    submit = LoggedStep("submit", leader, report.submitted_at) if report.submitted_at else None
    appraise_it = LoggedStep("appraise", appraiser, appraised_at(staged, place))
    explain = LoggedStep("explain", leader, when.appraised + minutes(1440))
    agree = LoggedStep("agree", staged.head, when.met + minutes(150))
    lock = LoggedStep("lock", people.office, when.received + minutes(30 + place))
    send_back = LoggedStep("return", staged.secretary, when.appraised, TEXTS["returned_why"])
    return {
        R.DRAFT: [],
        R.SUBMITTED: [submit],
        R.RETURNED: [submit, send_back],
        R.APPRAISED: [submit, appraise_it],
        R.EXPLAINED: [submit, appraise_it, explain],
        R.AGREED: [submit, appraise_it, agree],
        R.LOCKED: [submit, appraise_it, agree, lock],
    }[report.state]
