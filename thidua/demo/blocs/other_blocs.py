"""The other blocs of 2026: together they stand in every state that there is."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from agreements.enums import AgreementState
from awards.decisions.enums import DecisionState
from awards.proposals.enums import ItemState, ProposalState
from blocs.reports.actions.versions import freeze_midyear
from blocs.states import ConferenceState, RegistrationState, ReportState, TableState, YearState
from blocs.years.models.regulation import regulation_of
from thidua.demo.blocs import clock
from thidua.demo.blocs.bloc_of_changes import let_everything_happen
from thidua.demo.blocs.clock import Dues, When
from thidua.demo.steps.acts_of_now import (
    choose_one,
    keep_agreement,
    keep_minutes,
    leave_head_vacant,
    leave_one_out,
    let_bodies_appraise,
    let_communes_go,
    let_deputy_stand_in,
    let_join_late,
    meet_again,
    rectify_one,
    rename_bloc,
    seal_anew,
    state_by_minutes,
)
from thidua.demo.steps.against_warnings import (
    end_without_awards,
    propose_against_vote,
    vote_anew,
    vote_on_held,
)
from thidua.demo.steps.agreements import decline_one, make_agreement, sign_late, void_one
from thidua.demo.steps.awards import (
    CERTIFICATE,
    FLAG,
    GOVERNMENT_FLAG,
    give_opinions,
    make_decision,
    make_proposal,
)
from thidua.demo.steps.conferences import ConferenceOutcome, make_conference
from thidua.demo.steps.groups import make_groups
from thidua.demo.steps.sheets import make_reports
from thidua.demo.steps.tables import COMMUNES, WEIGHTED, make_table
from thidua.demo.steps.years import make_registrations, make_year
from thidua.demo.words.texts import TEXTS
from thidua.demo.words.unit_rows import BLOCS
from thidua.demo.world import Staged, World, YearPlan

C, D, G, I, P = ConferenceState, DecisionState, RegistrationState, ItemState, ProposalState  # noqa: E741
R, T, Y = ReportState, TableState, YearState
SUSPENDED = "Chờ ý kiến của cơ quan có thẩm quyền theo Công văn số 00/CV (minh họa)."
REFUSED = (
    "Hội đồng đề nghị chưa tặng vì thành tích này đã được tặng Bằng khen năm trước (minh họa)."
)
GROUPS = {
    "Hội đặc thù": ("HCTĐ", "HVHNT"),
    "Liên minh, liên hiệp": ("LMHTX", "LHKHKT"),
}
MISSING = (
    "Một đơn vị đang sắp xếp tổ chức, một đơn vị ký sau; khối thống nhất thực hiện (minh họa)."
)
DECLINED = "Đơn vị đang sắp xếp tổ chức, chờ ý kiến của cơ quan cấp trên (minh họa)."
TWO_FLAGS = (
    "Đơn vị dẫn đầu khối được giới thiệu xét tặng Cờ thi đua của Chính phủ theo hướng dẫn của cơ "
    "quan thường trực (minh họa)."
)


def plan_of(
    bloc: str, state: YearState, when: When = clock.WHEN_2026, dues: Dues = clock.DUES_2026
) -> YearPlan:
    """A year 2026 with the first member as head and the second as deputy."""
    ((order, row),) = [(place, row) for place, row in enumerate(BLOCS) if row.code == bloc]
    members = [member.code for member in row.members]
    return YearPlan(
        bloc=bloc,
        year=2026,
        state=state,
        members=tuple(members),
        when=when,
        dues=dues,
        legal_bases=TEXTS["law_2026"],
        head=members[0],
        deputy=members[1],
        head_basis="Quyết định số 00/QĐ-UBND về việc giao khối trưởng, khối phó (minh họa)",
        best=(members[1], members[0], *members[2:]),
        first_grade=6 + order % 5,
    )


def begin(world: World, plan: YearPlan, *, was_sent_back: bool = False) -> Staged:
    """A year with registrations; who joins late does so after them, with a numbered change."""
    staged = make_year(world, plan.before_the_late, was_sent_back=was_sent_back)
    make_registrations(staged)
    staged = replace(staged, plan=plan)
    let_join_late(staged)
    return staged


def meet(
    staged: Staged,
    reports: ReportState,
    conference: ConferenceState,
    groups: Mapping[str, Sequence[str]] | None = None,
    *,
    is_ordered: bool = False,
) -> None:
    """The year up to its conference, all reports in one state, by the tables of `groups`.

    With `is_ordered` the conference placed the units that the rules left equal.
    """
    is_over = staged.plan.state in (Y.DECIDED, Y.ARCHIVED)
    before = replace(staged, plan=staged.plan.before_the_late)
    make_agreement(before, AgreementState.CLOSED if is_over else AgreementState.EFFECTIVE)
    if groups:
        make_groups(staged, groups, reports)
    else:
        make_reports(staged, make_table(staged), dict.fromkeys(staged.plan.members, reports))
    best = staged.plan.order_of_merit
    # Where two are left equal it was not voted on: place and quota say who is proposed.
    awarded = () if staged.plan.equal and not is_ordered else best[:3]
    posts = {"next_head": staged.plan.deputy, "next_deputy": best[2]}
    if regulation_of(staged.row).deputies > 1:
        rest = (code for code in best if code not in posts.values())
        posts["next_second_deputy"] = next(rest)
    ordered = staged.plan.equal if is_ordered else ()
    make_conference(staged, conference, ConferenceOutcome(awarded, ordered=ordered, **posts))


def awards_of(staged: Staged) -> tuple[tuple[str, str], ...]:
    """What the conference asked for: the flag for the first, certificates for two more."""
    first, second, third = staged.plan.order_of_merit[:3]
    return ((FLAG, first), (CERTIFICATE, second), (CERTIFICATE, third))


def make_other_blocs(world: World) -> None:
    make_blocs_at_conference(world)
    make_blocs_before_province(world)
    make_blocs_before_council(world)
    make_decided_bloc(world)
    let_everything_happen(begin(world, plan_of("KTĐ11", Y.CLOSING)))
    make_clusters(world)


def make_blocs_at_conference(world: World) -> None:
    """The first has two groups of units with tables of 100 and of 120 points."""
    for bloc, state, days, groups in (
        ("KTĐ9", C.OPEN, 31, GROUPS),
        ("KTĐ10", C.COUNTED, 30, None),
    ):
        when = clock.WHEN_2026.moved(days, since="met")
        staged = begin(world, plan_of(bloc, Y.CLOSING, when))
        meet(staged, R.APPRAISED, state, groups)
        if state == C.OPEN:
            vote_on_held(staged)
    plan = plan_of("KTĐ9", Y.RANKED, clock.WHEN_2026.moved(-365), clock.DUES_2025)
    staged = begin(world, replace(plan, year=2025))
    meet(staged, R.LOCKED, C.SIGNED)
    end_without_awards(staged)


def make_blocs_before_province(world: World) -> None:
    """A draft with two equals at its quota, one sent in, one sent back, one taken in.

    Of the one sent in a unit has taken part since September only: it is compared by its months.
    """
    plan = plan_of("KTĐ1", Y.RANKED, clock.WHEN_2026.moved(21, since="met"))
    staged = begin(world, replace(plan, equal=plan.members[2:]))
    meet(staged, R.AGREED, C.SIGNED)
    proposal = make_proposal(staged, P.DRAFT, awards_of(staged)[:2])
    choose_one(staged, proposal)

    plan = plan_of("KTĐ2", Y.PROPOSED, clock.WHEN_2026.moved(20, since="met"))
    staged = begin(world, replace(plan, late=plan.members[-1:]))
    meet(staged, R.AGREED, C.SIGNED)
    awards = (*awards_of(staged)[:2], (CERTIFICATE, plan.order_of_merit[3]))
    proposal = make_proposal(staged, P.SUBMITTED, awards)
    propose_against_vote(proposal, proposal.items.order_by("pk").last())

    staged = begin(world, plan_of("KTĐ3", Y.RANKED), was_sent_back=True)
    meet(staged, R.LOCKED, C.SIGNED)
    make_proposal(staged, P.RETURNED, awards_of(staged))
    rectify_one(staged, staged.plan.members[3])
    seal_anew(staged)
    staged = let_deputy_stand_in(staged)
    vote_anew(staged, meet_again(staged))

    staged = begin(world, plan_of("KTĐ4", Y.PROPOSED))
    meet(staged, R.LOCKED, C.SIGNED)
    (_, first), (_, second), _ = awards = awards_of(staged)
    proposal = make_proposal(
        staged,
        P.RECEIVED,
        awards,
        states={first: I.ELIGIBLE, second: I.SUSPENDED},
        reasons={second: SUSPENDED},
    )
    make_decision(staged, D.DRAFT, "", (), proposal)


def make_blocs_before_council(world: World) -> None:
    """One on which the council is being asked, one it has spoken about and the Chairman signed.

    In the second two units were equal, and the conference said which of them comes third.
    """
    staged = begin(world, plan_of("KTĐ6", Y.PROPOSED))
    meet(staged, R.LOCKED, C.SIGNED)
    awards = awards_of(staged)
    proposal = make_proposal(
        staged,
        P.BEFORE_COUNCIL,
        ((GOVERNMENT_FLAG, awards[0][1]), *awards),
        states={code: I.ELIGIBLE for _, code in awards},
        quota_reason=TWO_FLAGS,
    )
    give_opinions(staged, proposal, is_open=True)
    keep_agreement(staged)

    plan = plan_of("KTĐ7", Y.PROPOSED, clock.WHEN_2026.moved(5, since="decided"))
    staged = begin(world, replace(plan, equal=plan.members[2:]))
    meet(staged, R.LOCKED, C.SIGNED, is_ordered=True)
    awards = awards_of(staged)
    of_state = (GOVERNMENT_FLAG, awards[0][1])
    proposal = make_proposal(
        staged,
        P.CONSIDERED,
        (of_state, *awards),
        states={code: I.GRANTED for _, code in awards} | {of_state: I.FORWARDED},
        quota_reason=TWO_FLAGS,
    )
    make_decision(staged, D.SIGNED, "02/QĐ-UBND (minh họa)", awards, proposal)
    give_opinions(staged, proposal)


def make_decided_bloc(world: World) -> None:
    """Schools go by the school year: theirs is over, and the next one is being prepared."""
    plan = plan_of("KTĐ8", Y.DECIDED, clock.WHEN_SCHOOLS)
    staged = begin(world, plan)
    meet(staged, R.LOCKED, C.SIGNED)
    *granted, (_, last) = awards = awards_of(staged)
    states = {code: I.GRANTED for _, code in granted} | {last: I.REFUSED}
    proposal = make_proposal(staged, P.DECIDED, awards, states=states, reasons={last: REFUSED})
    make_decision(staged, D.PUBLISHED, "01/QĐ-UBND (minh họa)", granted, proposal)
    give_opinions(staged, proposal)

    keep_minutes(staged)

    following = replace(
        plan,
        year=2027,
        state=Y.OPEN,
        head=plan.deputy,
        deputy=plan.members[2],
        head_basis="Bầu chọn tại hội nghị tổng kết",
        when=clock.WHEN_2026.moved(245),
        dues=clock.DUES_SCHOOLS,
        is_school_year=True,
    )
    staged = make_year(world, following)
    make_registrations(staged, dict.fromkeys(following.members, G.DRAFT))
    make_agreement(staged, AgreementState.DRAFT)


def make_clusters(world: World) -> None:
    """A large one after its mid-year review, a new one that is signing, one at work for years."""
    make_large_cluster(world)
    make_new_cluster(world)
    staged = begin(world, plan_of("CTĐ3", Y.IN_PROGRESS))
    *_, absent, late = staged.plan.members
    agreement = make_agreement(staged, unsigned=(absent, late), missing_reason=MISSING)
    decline_one(staged, agreement, absent, DECLINED)
    sign_late(staged, agreement, late)
    rename_bloc(staged)
    make_table(staged, COMMUNES, T.SUPERSEDED)
    table = make_table(staged, COMMUNES, version=2)
    let_bodies_appraise(staged, table, {"STC": 60, "SXD": 40})
    leave_head_vacant(staged)
    plan = plan_of("CTĐ3", Y.CLOSING, clock.WHEN_2026.moved(-365), clock.DUES_2025)
    state_by_minutes(make_year(world, replace(plan, year=2025)))


def make_large_cluster(world: World) -> None:
    """Some units have begun their reports; the next year is on the office's desk."""
    staged = begin(world, plan_of("CTĐ1", Y.MIDYEAR_DONE))
    make_agreement(staged)
    table = make_table(staged, COMMUNES)
    drafts = dict.fromkeys(staged.plan.members[:4], R.DRAFT)
    make_reports(staged, table, drafts, name=COMMUNES)
    for report in staged.row.reports.for_page():
        freeze_midyear(report, actor=staged.head)
    let_communes_go(staged)
    leave_one_out(staged, staged.plan.members[0])
    following = replace(
        staged.plan,
        year=2027,
        state=Y.PLANNED,
        head="",
        deputy="",
        head_basis="",
        when=clock.WHEN_2026.moved(310),
        dues=clock.DUES_2027,
    )
    make_table(make_year(world, following), WEIGHTED, T.DRAFT)


def make_new_cluster(world: World) -> None:
    """Registrations and signatures are coming in; one signature fell, one unit declines."""
    plan = plan_of("CTĐ2", Y.OPEN, clock.WHEN_NEW_CLUSTER, clock.DUES_NEW_CLUSTER)
    staged, members = make_year(world, plan), plan.members
    states = dict(zip(members, (G.CHECKED, G.SIGNED, G.RETURNED, G.DRAFT), strict=True))
    make_registrations(staged, states)
    agreement = make_agreement(staged, AgreementState.SIGNING, unsigned=members[2:], revision=1)
    void_one(staged, agreement, members[1])
    decline_one(staged, agreement, members[3], DECLINED)
    make_table(staged, COMMUNES, T.DRAFT)
