"""The bloc to which everything happens in one year, done by the product's own actions.

The other blocs are rows that tell of past moments; here people act while the demo is written. One
unit is merged, one joins, the table is amended, the sheets are marked crosswise, combined and
objected to, one leaf is asked about and a ground is recorded.
"""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from blocs.appraisal.actions.appeals import answer_appeal, draft_appeal, move_appeal
from blocs.appraisal.actions.assignments import Pair, assign_pairs
from blocs.appraisal.actions.corrections import ask_corrections
from blocs.appraisal.actions.marks import combine_marks, combining_words, finish_marks
from blocs.appraisal.models.markings import marked_sheet
from blocs.criteria.actions.amendments import read_amendment, start_amendment
from blocs.criteria.actions.criteria import edit_criterion
from blocs.criteria.actions.tables import publish_table
from blocs.criteria.models import ScoringTable
from blocs.ranking.actions.grounds import record_ground
from blocs.reports.domain.sheet_rows import GivenRow
from blocs.reports.models import Report
from blocs.reports.models.assignments import assignments_of
from blocs.reports.models.sheet_row import SheetRow
from blocs.reports.models.sheets import read_sheet
from blocs.reports.workflows import REPORT
from blocs.states import AppraisalMode, MemberChangeKind, ReportState
from blocs.units.actions.names import rename
from blocs.units.models import Unit
from blocs.years.actions.amendments import (
    Amending,
    read_rules_amendment,
    write_amendment,
)
from blocs.years.actions.editing import Moving, write_year
from blocs.years.actions.leaders import change_leaders
from blocs.years.actions.members import read_member_change, record_change
from blocs.years.models import Regulation
from thidua.common.stamps import stamp_of_words
from thidua.common.workflow import perform
from thidua.demo.steps.acts_of_now import (
    FREE_KINDS,
    JOINED_ON,
    LATE_ON,
    MERGED_ON,
    STEP_DOWN,
    new_unit,
)
from thidua.demo.steps.agreements import make_agreement
from thidua.demo.steps.sheets import make_reports
from thidua.demo.steps.tables import make_table
from thidua.demo.words.texts import TEXTS
from thidua.demo.world import Staged

K = MemberChangeKind
JOINER_BEFORE = "Trung tâm Nước sạch nông thôn (tên cũ minh họa)"
JOINER = "Trung tâm Nước sạch và Vệ sinh môi trường nông thôn tỉnh"


def let_everything_happen(staged: Staged) -> None:
    """From the agreement to the objections; the year is in its closing."""
    make_agreement(staged)
    table = amended(staged, make_table(staged))
    change_members(staged)
    amend_threshold(staged)
    move_last_day(staged)
    appoint_second_deputy(staged)
    *members, ready = staged.plan.members[:4]
    states = dict.fromkeys(members, ReportState.SUBMITTED) | {ready: ReportState.DRAFT}
    reports = make_reports(staged, table, states, is_ready=frozenset({ready}))
    perform(REPORT, "submit", reports[ready], actor=staged.world.people.leaders[ready])
    mark_crosswise(staged, list(reports.values()))
    let_scorers_go(staged)
    first, second, third, _ = Report.objects.filter(bloc_year=staged.row).order_by("pk").for_page()
    appraise_by_marks(staged, second)
    object_to(staged, second)
    ask_about(staged, third)
    let_head_stand_in(staged)
    record_ground(
        staged.row,
        unit=first.unit,
        code="L4",
        basis=TEXTS["ground_basis"],
        found_on=JOINED_ON,
        today=timezone.localdate(),
        actor=staged.world.people.office,
    )


def amended(staged: Staged, table: ScoringTable) -> ScoringTable:
    """The table in its first amendment, which one person has taken note of."""
    office = staged.world.people.office
    draft = start_amendment(table, actor=office, reason=TEXTS["amended_why"])
    leaf = draft.criteria.exclude(kind="group").order_by("pk").first()
    data = {"name": f"{leaf.name}, có kiểm tra định kỳ"}
    edit_criterion(leaf, actor=office, data=data)
    found = publish_table(draft, actor=office)
    read_amendment(found, actor=staged.secretary)
    return found


def amend_threshold(staged: Staged) -> None:
    """After the agreement was signed the share of votes is raised; one unit has read of it."""
    number = f"02/TB-{staged.plan.bloc}"
    amending = Amending(JOINED_ON, TEXTS["rules_document"], TEXTS["rules_why"], number)
    office, data = staged.world.people.office, {"vote_threshold": Decimal(75)}
    # Its paper is drawn when it is read: a demo is filled where no PDF can be made, too.
    found = write_amendment(staged.row, actor=office, data=data, amending=amending, seen=None)
    read_rules_amendment(found, actor=staged.secretary)


def move_last_day(staged: Staged) -> None:
    """The reports may come in a day later than was planned; the units are told why."""
    day = staged.row.report_due + timedelta(days=1)
    data, moving = {"report_due": day}, Moving(TEXTS["moved_why"])
    office = staged.world.people.office
    write_year(staged.row, actor=office, data=data, moving=moving, seen=None)
    staged.row.refresh_from_db()


def appoint_second_deputy(staged: Staged) -> None:
    """From September on the bloc has a second deputy."""
    change_leaders(
        staged.row,
        actor=staged.world.people.office,
        data={"second_deputy": staged.unit(staged.plan.members[2])},
        on=JOINED_ON,
        decision=TEXTS["change_basis"],
    )


def let_head_stand_in(staged: Staged) -> None:
    """From November on the unit that heads the bloc only stands in, and no deputy is named."""
    change_leaders(
        staged.row,
        actor=staged.world.people.office,
        data={"head_is_acting": True, "deputy": None},
        on=LATE_ON,
        decision=TEXTS["change_basis"],
        reason=TEXTS["aside_why"],
    )


def change_members(staged: Staged) -> None:
    """The last member goes into the one before it; a unit from outside joins and stands aside."""
    office, codes = staged.world.people.office, staged.plan.members
    said = {"actor": office, "decision": TEXTS["change_basis"]}
    joiner = new_unit(JOINER_BEFORE, short_name="TT Nước sạch", code="TTNS")
    names = {"name": JOINER, "letterhead": JOINER.upper()}
    joiner = rename(joiner, data=names, on=JOINED_ON, **said)
    last, before = staged.unit(codes[4]), staged.unit(codes[3])
    merged = {"kind": K.MERGED, "unit": last, "counterpart": before, "on": MERGED_ON}
    read_member_change(record_change(staged.row, **merged, **said), actor=staged.secretary)
    record_change(staged.row, kind=K.JOINED, unit=joiner, on=JOINED_ON, **said)
    for kind in (K.NOT_SIGNING, K.NOT_CONSIDERED):
        reason = TEXTS["aside_why"]
        record_change(staged.row, kind=kind, unit=joiner, on=JOINED_ON, reason=reason, **said)


def mark_crosswise(staged: Staged, reports: list[Report]) -> None:
    """Each sheet is marked by two other units; two of the units never meet."""
    Regulation.objects.filter(bloc_year=staged.row).update(
        appraisal_mode=AppraisalMode.PAIRS, scorers_per_sheet=2
    )
    first, second, third, fourth = (report.unit_id for report in reports)
    joiner = Unit.objects.get(name=JOINER).pk
    matrix = {
        first: [second, joiner],
        second: [first, third],
        third: [second, fourth],
        fourth: [staged.unit(code).pk for code in staged.plan.members[5:]],
    }
    conflict = Pair(first, third, TEXTS["conflict_why"])
    assign_pairs(staged.row, matrix=matrix, conflicts=[conflict], actor=staged.head)


def let_scorers_go(staged: Staged) -> None:
    """Both units that mark the fourth sheet are merged before they have begun: others go on."""
    said = {"actor": staged.world.people.office, "decision": TEXTS["change_basis"]}
    into, *gone = (staged.unit(code) for code in staged.plan.members[1:2] + staged.plan.members[5:])
    for unit in gone:
        merged = {"kind": K.MERGED, "unit": unit, "counterpart": into, "on": LATE_ON}
        record_change(staged.row, **merged, **said)


def appraise_by_marks(staged: Staged, report: Report) -> None:
    """Both units mark the sheet, the second a little lower; the head makes them one."""
    for place, assignment in enumerate(assignments_of(report)):
        rows = [mark(row, place) for row in marked_sheet(assignment).rows if row.is_filled]
        actor = staged.world.people.leaders[assignment.unit.code]
        finish_marks(assignment, rows=rows, actor=actor)
    seen = stamp_of_words(combining_words(report, assignments_of(report)))
    combine_marks(report, decided={}, seen=seen, actor=staged.head)
    perform(REPORT, "appraise", report, actor=staged.head)


def mark(row: SheetRow, place: int) -> GivenRow:
    """What a unit gives a leaf: its own points, or half a point less from the second unit."""
    own, revision = row.score.self_points, row.score.revision
    # Where the table states the values, no other one is given.
    if place and own > STEP_DOWN and row.criterion.kind in FREE_KINDS:
        return GivenRow(row.criterion.pk, revision, own - STEP_DOWN, TEXTS["marked_why"])
    return GivenRow(row.criterion.pk, revision, own, "")


def object_to(staged: Staged, report: Report) -> None:
    """Five objections: one still a draft, one that waits, the others accepted, rejected, gone."""
    code, people = report.unit.code, staged.world.people
    leader, editor = people.leaders[code], people.editors[code]
    rows = [row for row in read_sheet(report).rows if row.score and row.score.appraised_points]
    appeals = [
        draft_appeal(
            report,
            criterion=row.criterion,
            text=TEXTS["appeal"],
            asked_points=row.score.self_points,
            actor=editor,
        )
        for row in sorted(rows, key=lambda row: row.score.appraised_points >= row.score.self_points)
    ][:5]
    accepted, rejected, withdrawn, _ = [
        move_appeal(appeal, move="raise", actor=leader) for appeal in appeals[:4]
    ]
    points, answer = accepted.asked_points, TEXTS["appeal_answer"]
    answer_appeal(accepted, accepts=True, points=points, answer=answer, actor=staged.head)
    answer = TEXTS["appeal_refusal"]
    answer_appeal(rejected, accepts=False, points=None, answer=answer, actor=staged.head)
    move_appeal(withdrawn, move="withdraw", actor=leader)


def ask_about(staged: Staged, report: Report) -> None:
    """One leaf of a sheet has to be corrected by its unit."""
    row = next(row for row in read_sheet(report).rows if row.is_filled)
    reasons = {row.criterion.pk: TEXTS["correction"]}
    ask_corrections(report, reasons=reasons, actor=staged.head)
