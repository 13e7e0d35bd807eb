"""A bloc year of each kind, written once by the steps of the demo, to be copied many times.

So what is copied holds together as the product would write it: points, totals, the sealed ranking,
the log book.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from agreements.enums import AgreementState
from awards.decisions.enums import DecisionState
from awards.proposals.enums import ItemState, ProposalState
from awards.proposals.models import ProposalItem
from blocs.reports.models import Evidence, Report, Score
from blocs.states import ConferenceState, RegistrationState, ReportState, TableState, YearState
from thidua.demo.blocs import clock
from thidua.demo.keeping import keep, keep_all
from thidua.demo.scale.shape import LAST_YEAR, BlocShape
from thidua.demo.scale.tables import scale_answers, scale_table
from thidua.demo.steps.agreements import make_agreement
from thidua.demo.steps.awards import (
    CERTIFICATE,
    FLAG,
    decision_of,
    give_opinions,
    make_proposal,
    merit,
)
from thidua.demo.steps.conferences import ConferenceOutcome, make_conference
from thidua.demo.steps.sheets import make_reports
from thidua.demo.steps.tables import make_table
from thidua.demo.steps.years import make_registrations, make_year
from thidua.demo.words.texts import TEXTS
from thidua.demo.world import Staged, World, YearPlan

C, G, P, R, Y = ConferenceState, RegistrationState, ProposalState, ReportState, YearState
NOTE = f"Có báo cáo số 15/BC ngày 05/10/{LAST_YEAR} kèm theo (số liệu minh họa)."
ORDER = list(Y)
# Where a sheet stands while the books are closed: every state in turn.
WHILE_CLOSING = (R.SUBMITTED, R.DRAFT, R.APPRAISED, R.RETURNED, R.EXPLAINED, R.SUBMITTED)


@dataclass(frozen=True)
class Wanted:
    """Which bloc year is to be written: its shape, and how far the order of merit is turned."""

    shape: BlocShape
    turn: int = 0


def make_pattern(world: World, bloc: str, wanted: Wanted, leaves: int) -> None:
    """Write the bloc year as far as its state says, with its log lines."""
    staged = make_year(world, plan_of(world, bloc, wanted))
    table = partial(make_table, staged, source=scale_table(leaves))
    state = wanted.shape.state
    if state == Y.PLANNED:
        table(state=TableState.DRAFT)
    else:
        work_through(staged, table, leaves)
    world.log.write()


def plan_of(world: World, bloc: str, wanted: Wanted) -> YearPlan:
    members = tuple(world.units)[: wanted.shape.size]
    turn = wanted.turn % len(members)
    is_closing = wanted.shape.state == Y.CLOSING
    return YearPlan(
        bloc=bloc,
        year=LAST_YEAR,
        state=wanted.shape.state,
        members=members,
        when=clock.WHEN_BLOC_5 if is_closing else clock.WHEN_2026,
        dues=clock.DUES_BLOC_5 if is_closing else clock.DUES_2026,
        legal_bases=TEXTS["law_2026"],
        head=members[0],
        deputy=members[1],
        head_basis="Quyết định số 00/QĐ-UBND về việc giao khối trưởng, khối phó (minh họa)",
        best=(*members[turn:], *members[:turn]),
    )


def work_through(staged: Staged, table: Callable, leaves: int) -> None:
    state, members = staged.plan.state, staged.plan.members
    is_open = state == Y.OPEN
    some = dict(zip(members, (G.DRAFT, G.SIGNED, G.RETURNED), strict=False))
    make_registrations(staged, some if is_open else None)
    over = state in (Y.DECIDED, Y.ARCHIVED)
    agreed = AgreementState.CLOSED if over else AgreementState.EFFECTIVE
    make_agreement(
        staged,
        AgreementState.SIGNING if is_open else agreed,
        unsigned=members[-2:] if is_open else (),
    )
    issued = table()
    if ORDER.index(state) >= ORDER.index(Y.CLOSING):
        fill_sheets(staged, issued, leaves)
        meet(staged)
    if ORDER.index(state) >= ORDER.index(Y.RANKED):
        propose(staged)


def fill_sheets(staged: Staged, table, leaves: int) -> None:
    """The reports with their sheets; each has a note at every line and a file at the first."""
    state, members = staged.plan.state, staged.plan.members
    if state == Y.CLOSING:
        turns = {code: WHILE_CLOSING[n % len(WHILE_CLOSING)] for n, code in enumerate(members)}
    else:
        turns = dict.fromkeys(members, R.LOCKED if state in (Y.DECIDED, Y.ARCHIVED) else R.AGREED)
    filled = partial(lambda _, grade: scale_answers(leaves, grade))
    reports = make_reports(staged, table, turns, filled=filled)
    Score.objects.filter(report__bloc_year=staged.row).update(note=NOTE)
    for report in reports.values():
        attach(staged, report)


def attach(staged: Staged, report: Report) -> None:
    """A file that proves the first line; all rows name the same small file of the demo."""
    file = keep(
        Evidence(
            unit=report.unit,
            file="minh-chung/quy-mo.pdf",
            name=f"Báo cáo kết quả năm {LAST_YEAR}.pdf",
            content_type="application/pdf",
            size=48_000,
            # Of each unit and year once: the year is replaced when the row is copied.
            sha256=f"{LAST_YEAR}-{staged.plan.bloc}-{report.unit.code}".ljust(64, "x"),
            uploaded_by=staged.world.people.editors[report.unit.code],
        )
    )
    report.scores.order_by("pk").first().evidence.add(file)


def meet(staged: Staged) -> None:
    """The conference: called while sheets come in, later held and signed."""
    best = staged.plan.order_of_merit
    if staged.plan.state == Y.CLOSING:
        make_conference(staged, C.PREPARED, ConferenceOutcome(awarded=()))
        return
    posts = {"next_head": staged.plan.deputy, "next_deputy": staged.plan.members[2]}
    make_conference(staged, C.SIGNED, ConferenceOutcome(awarded=best[:4], **posts))


def propose(staged: Staged) -> None:
    """What the bloc proposes, and what became of it."""
    state = staged.plan.state
    best = staged.plan.order_of_merit[:4]
    awards = [(CERTIFICATE if place else FLAG, code) for place, code in enumerate(best)]
    if state == Y.RANKED:
        make_proposal(staged, P.DRAFT, awards)
    elif state == Y.PROPOSED:
        proposal = make_proposal(
            staged, P.CONSIDERED, awards, states=dict.fromkeys(best, ItemState.ELIGIBLE)
        )
        give_opinions(staged, proposal)
        decision = keep(decision_of(staged, DecisionState.DRAFT, ""))
        proposal.items.update(decision=decision)
    else:
        granted = dict.fromkeys(best, ItemState.GRANTED)
        proposal = make_proposal(staged, P.DECIDED, awards, states=granted)
        grant(staged, proposal, awards)
        give_opinions(staged, proposal)


def grant(staged: Staged, proposal, awards) -> None:
    """The lines of the decision; decisions are those of a whole province and written apart."""
    decision = keep(decision_of(staged, DecisionState.PUBLISHED, f"{staged.plan.bloc}/QĐ-UBND"))
    keep_all(
        ProposalItem(
            proposal=proposal,
            award=staged.world.kinds[award],
            unit=staged.unit(code),
            merit=merit(staged, award),
            state=ItemState.GRANTED,
            decision=decision,
        )
        for award, code in awards
    )


def wanted_by(shapes: list[BlocShape]) -> list[Wanted]:
    """Every bloc year that has to be written once: those of the last year, and a kept year each."""
    closed = {replace(shape, state=Y.ARCHIVED) for shape in shapes}
    return [
        Wanted(shape) for shape in sorted({*shapes, *closed}, key=lambda one: (one.size, one.state))
    ]
