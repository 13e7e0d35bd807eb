"""Bloc years with their rules, members and registrations."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import time
from decimal import Decimal

from blocs.scoring.ranking.ranking import TieRule
from blocs.states import RegistrationState, YearState
from blocs.years.models import BlocYear, Registration, Regulation, YearMember
from blocs.years.workflows import REGISTRATION, YEAR
from thidua.common.vietnamese.bloc_words import in_words_of
from thidua.demo.keeping import keep, keep_all
from thidua.demo.log import LoggedStep, minutes
from thidua.demo.steps.legal import cite
from thidua.demo.words.texts import TEXTS
from thidua.demo.world import Staged, World, YearPlan

G, Y = RegistrationState, YearState
REVIEWED = (Y.MIDYEAR_DONE, Y.CLOSING, Y.RANKED, Y.PROPOSED, Y.DECIDED, Y.ARCHIVED)
TIE_RULES = (TieRule.WORK_POINTS, TieRule.BONUS_POINTS, TieRule.FEWEST_DEDUCTIONS)
# The moves of a year, the moment of each, and whether the office makes it or the head.
MOVES = (
    ("open", "opened", True),
    ("agree", "signed", False),
    ("start", "started", False),
    ("midyear", "reviewed", False),
    ("close", "closing", False),
    ("rank", "ranked", False),
    ("propose", "proposed", False),
    ("decide", "published", True),
    ("hand_over", "archived", False),
)
# The year of case 01 has only what its source says.
FIRST_SCORED = 2026
RETURNED_LATER, RETURNED_WHY = 180, "Chưa nêu chỉ tiêu cụ thể."
# The best class asks for half of the points of every group, too.
EVERY_GROUP = ("least_group", ">=", "50")
CLASSES = (
    ("Hoàn thành xuất sắc nhiệm vụ", "90", EVERY_GROUP),
    ("Hoàn thành tốt nhiệm vụ", "80"),
    ("Hoàn thành nhiệm vụ", "50"),
    ("Không hoàn thành nhiệm vụ", "0"),
)
# Rules that other provinces write, in years without a vote or marks that they would change.
OTHER_RULES = {
    ("CTĐ1", 2026): {
        "vote_base": "all_members",
        "certificate_base": "all",
        "rounding": "half_up",
        "counted_submission": "last",
        "part_year": "not_ranked",
    },
    ("KTĐ2", 2026): {"part_year": "by_months"},
    ("KTĐ6", 2026): {"deputies": 2},
    ("CTĐ2", 2026): {
        "vote_base": "valid",
        "certificate_base": "eligible",
        "rounding": "up",
        "appraisal_mode": "group",
        "round_mode": "last",
        "level_mode": "majority",
    },
    ("CTĐ1", 2027): {"certificate_base": "holders", "round_mode": "mean_without_extremes"},
    ("CTĐ3", 2026): {
        "round_mode": "weighted",
        "rounds": 2,
        "round_shares": [
            {"label": "Thẩm định", "points": "70"},
            {"label": "Bình xét", "points": "30"},
        ],
        "level_mode": "mean",
        "printed_decimals": 2,
        "signature_numerator": 2,
        "signature_denominator": 3,
    },
}
HANDED_OVER = "Đã bàn giao hồ sơ của khối cho khối trưởng mới theo danh mục (số liệu minh họa)."
END_OF_OFFICE_HOURS, FIRST_WITH_HOURS = time(17), 2027
SENT_BACK = "Danh sách đề nghị chưa kèm tóm tắt thành tích của từng tập thể (minh họa)."


def make_year(world: World, plan: YearPlan, *, was_sent_back: bool = False) -> Staged:
    """Write the year in its state, with rules, members and the moves that led there."""
    row = keep(year_of(world, plan))
    keep(regulation_of(row, plan))
    if plan.year >= FIRST_SCORED:
        cite(row)
    keep_all(
        YearMember(bloc_year=row, unit=world.units[code], order=order)
        for order, code in enumerate(plan.members, start=1)
    )
    staged = Staged(world, plan, row)
    world.log.note(
        "years.plan_year",
        row,
        label="Lập năm thi đua",
        actor=world.people.office,
        at=plan.when.planned,
        to_state=Y.PLANNED,
    )
    world.log.walk(YEAR, row, year_steps(staged, was_sent_back=was_sent_back))
    return staged


def year_of(world: World, plan: YearPlan) -> BlocYear:
    return BlocYear(
        bloc=world.blocs[plan.bloc],
        year=plan.year,
        is_school_year=plan.is_school_year,
        state=plan.state,
        head=world.units.get(plan.head),
        deputy=world.units.get(plan.deputy),
        head_basis=in_words_of(world.blocs[plan.bloc].word, plan.head_basis),
        legal_bases=plan.legal_bases,
        midyear_note=TEXTS["midyear"] if plan.state in REVIEWED else "",
        is_illustrative=True,
        report_hour=END_OF_OFFICE_HOURS if plan.year == FIRST_WITH_HOURS else None,
        proposal_hour=END_OF_OFFICE_HOURS if plan.dues.proposal_due else None,
        **asdict(plan.dues),
    )


def regulation_of(row: BlocYear, plan: YearPlan) -> Regulation:
    return Regulation(
        bloc_year=row,
        tie_rules=[*map(str, TIE_RULES)],
        certificate_share=plan.certificate_share,
        vote_is_strict=True,
        **(scoring_rules() if plan.year >= FIRST_SCORED else {}),
        **OTHER_RULES.get((plan.bloc, plan.year), {}),
    )


def scoring_rules() -> dict:
    """Invented like the rest: classes by share of the maximum, half a point a day when late."""
    return {
        "class_bands": [
            {"label": label, "if": [["percent", ">=", least], *map(list, further)]}
            for label, least, *further in CLASSES
        ],
        "late_grace_days": 2,
        "late_per_day": Decimal("0.5"),
        "late_cap": Decimal(2),
    }


def year_steps(staged: Staged, *, was_sent_back: bool) -> list[LoggedStep]:
    notes = {
        "midyear": TEXTS["midyear"],
        "hand_over": in_words_of(staged.row.bloc.word, HANDED_OVER),
    }
    office, steps = staged.world.people.office, []
    state = Y.PLANNED
    for name, moment, is_office in MOVES:
        if state == staged.plan.state and not (was_sent_back and name == "propose"):
            break
        actor = office if is_office else staged.head
        steps.append(LoggedStep(name, actor, getattr(staged.when, moment), notes.get(name, "")))
        state = YEAR[name].target
        if was_sent_back and state == Y.PROPOSED:
            steps.append(LoggedStep("take_back", office, staged.when.received, SENT_BACK))
            break
    return steps


def make_registrations(staged: Staged, states: Mapping[str, RegistrationState] | None = None):
    """A registration of every member: taken in unless `states` says otherwise by unit code."""
    states, signed = states or {}, staged.when.registered
    rows = keep_all(
        Registration(
            bloc_year=staged.row,
            unit=staged.unit(code),
            state=states.get(code, G.CHECKED),
            titles=TEXTS["registered_titles"],
            content=TEXTS["registered_content"].format(year=staged.plan.year),
            signed_at=None if states.get(code) == G.DRAFT else signed + minutes(25 * place),
            **returned_facts(states.get(code), signed + minutes(25 * place + RETURNED_LATER)),
        )
        for place, code in enumerate(staged.plan.members)
    )
    for code, row in zip(staged.plan.members, rows, strict=True):
        staged.world.log.walk(REGISTRATION, row, registration_steps(staged, code, row))
    return rows


def returned_facts(state, at):
    """Why and when a registration was returned; nothing for the others."""
    return {"return_reason": RETURNED_WHY, "returned_at": at} if state == G.RETURNED else {}


def registration_steps(staged: Staged, code: str, row: Registration) -> list[LoggedStep]:
    if row.state == G.DRAFT:
        return []
    signed = LoggedStep("sign", staged.world.people.leaders[code], row.signed_at)
    later = row.signed_at + minutes(RETURNED_LATER)
    answers = {
        G.CHECKED: [LoggedStep("check", staged.secretary, later)],
        G.RETURNED: [LoggedStep("return", staged.secretary, later, RETURNED_WHY)],
    }
    return [signed, *answers.get(row.state, [])]
