"""Forms of award, proposals of the blocs, decisions of the Chairman."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from awards.board.models import Opinion
from awards.decisions.enums import DecisionState
from awards.decisions.models import Decision
from awards.decisions.workflows import DECISION
from awards.proposals.enums import ItemState, ProposalState
from awards.proposals.models import Proposal, ProposalItem
from awards.proposals.workflows import ITEM, PROPOSAL
from blocs.years.models import AwardKind
from thidua.common.vietnamese.dates import day_in_vietnam
from thidua.demo.keeping import keep, keep_all
from thidua.demo.log import LoggedStep, minutes
from thidua.demo.words.texts import TEXTS
from thidua.demo.world import Staged

D, I, P = DecisionState, ItemState, ProposalState  # noqa: E741 – as in the workflows
GOVERNMENT_FLAG, FLAG, CERTIFICATE = "co-chinh-phu", "co-tinh", "bang-khen-tinh"
LAW = "Luật Thi đua, khen thưởng số 06/2022/QH15"
TITLE, PERSONAL = "tap-the-xuat-sac", "chien-si-cap-tinh"
# Domain, 1.3: name, what it is, article, multiple of the base salary.
KINDS = (
    (
        GOVERNMENT_FLAG,
        "Cờ thi đua của Chính phủ",
        {"is_flag": True, "is_national": True},
        f"{LAW}, Điều 25",
        Decimal("12.0"),
    ),
    (FLAG, "Cờ thi đua của UBND tỉnh", {"is_flag": True}, f"{LAW}, Điều 26", Decimal("8.0")),
    (CERTIFICATE, "Bằng khen của Chủ tịch UBND tỉnh", {}, f"{LAW}, Điều 74", Decimal("3.0")),
    (TITLE, "Tập thể lao động xuất sắc", {"is_title": True}, f"{LAW}, Điều 27", Decimal("1.5")),
    (PERSONAL, "Chiến sĩ thi đua cấp tỉnh", {"is_title": True, "is_personal": True}, "", None),
)
SENT = (P.SUBMITTED, P.RECEIVED, P.BEFORE_COUNCIL, P.CONSIDERED, P.DECIDED)
RETURNED_WHY = "Chưa có tóm tắt thành tích."


def make_kinds() -> dict[str, AwardKind]:
    rows = keep_all(
        AwardKind(
            code=code,
            name=name,
            legal_basis=basis,
            bonus_multiple=multiple,
            order=order,
            **sort,
        )
        for order, (code, name, sort, basis, multiple) in enumerate(KINDS, start=1)
    )
    return {row.code: row for row in rows}


def make_proposal(
    staged: Staged,
    state: ProposalState,
    items: Sequence[tuple[str, str]],
    *,
    states: Mapping[str | tuple[str, str], ItemState] | None = None,
    reasons: Mapping[str, str] | None = None,
    quota_reason: str = "",
) -> Proposal:
    """Write a proposal; `items` are pairs of award and unit code, states and reasons by unit.

    A state may also name the pair, where one unit has two lines.
    """
    proposal = keep(proposal_of(staged, state, quota_reason))
    states, reasons = states or {}, reasons or {}
    found = [(*line, states.get(line, states.get(line[1], I.PROPOSED))) for line in items]
    # A granted line names its decision, which is written afterwards.
    rows = keep_all(
        ProposalItem(
            proposal=proposal,
            award=staged.world.kinds[award],
            unit=staged.world.units.get(code),
            merit=merit(staged, award) if code else "",
            state=item_state,
            reason=reasons.get(code, ""),
            **(forwarded(staged) if item_state == I.FORWARDED else {}),
        )
        for award, code, item_state in found
        if item_state != I.GRANTED
    )
    log_proposal(staged, proposal, rows)
    return proposal


def forwarded(staged: Staged) -> dict[str, object]:
    """By which paper the Chairman submitted a line to the State."""
    day = day_in_vietnam(staged.when.decided)
    return {"forwarded_number": "15/TTr-UBND (minh họa)", "forwarded_on": day}


def proposal_of(staged: Staged, state: ProposalState, quota_reason: str) -> Proposal:
    sent_at = staged.when.proposed
    return Proposal(
        bloc_year=staged.row,
        state=state,
        number=f"03/TTr-{staged.plan.bloc}",
        dated_on=day_in_vietnam(sent_at),
        summary=TEXTS["summary"],
        quota_reason=quota_reason,
        submitted_at=None if state == P.DRAFT else sent_at,
        return_reason=RETURNED_WHY if state == P.RETURNED else "",
        returned_at=staged.when.received if state == P.RETURNED else None,
    )


def log_proposal(staged: Staged, proposal: Proposal, rows: Sequence[ProposalItem]) -> None:
    staged.world.log.note(
        "proposals.start_proposal",
        proposal,
        label="Lập đề nghị khen thưởng",
        actor=staged.secretary,
        at=staged.when.ranked + minutes(120),
    )
    staged.world.log.walk(PROPOSAL, proposal, proposal_steps(staged, proposal.state))
    for row in rows:
        staged.world.log.walk(ITEM, row, item_steps(staged, row))


def merit(staged: Staged, award: str) -> str:
    text = TEXTS["certificate_merit"] if award == CERTIFICATE else TEXTS["flag_merit"]
    return text.format(year=staged.plan.year, bloc=staged.row.bloc.name)


def proposal_steps(staged: Staged, state: ProposalState) -> list[LoggedStep]:
    when, office = staged.when, staged.world.people.office
    submit = LoggedStep("submit", staged.head, when.proposed)
    if state == P.RETURNED:
        return [submit, LoggedStep("return", office, when.received, RETURNED_WHY)]
    steps = [
        submit,
        LoggedStep("receive", office, when.received),
        LoggedStep("put_before_council", office, when.put_before_council),
        LoggedStep("close_council", staged.world.people.chair, when.advised),
        LoggedStep("decide", office, when.published + minutes(5)),
    ]
    return steps[: SENT.index(state) + 1] if state in SENT else []


def item_steps(staged: Staged, item: ProposalItem) -> list[LoggedStep]:
    office, at = staged.world.people.office, staged.when.appraised_by_office
    eligible = LoggedStep("find_eligible", office, at)
    return {
        I.PROPOSED: [],
        I.ELIGIBLE: [eligible],
        I.SUSPENDED: [LoggedStep("suspend", office, at, item.reason)],
        I.REFUSED: [LoggedStep("refuse", office, staged.when.advised + minutes(60), item.reason)],
        I.FORWARDED: [eligible, LoggedStep("forward", office, staged.when.decided)],
        I.GRANTED: [eligible, LoggedStep("grant", staged.world.people.chair, staged.when.decided)],
    }[item.state]


def give_opinions(staged: Staged, proposal: Proposal, *, is_open: bool = False) -> None:
    """What the council said of each line; while it is asked, the last line waits."""
    people = staged.world.people
    items = list(proposal.items.order_by("pk"))
    rows = [
        Opinion(item=item, member=member, agrees=True)
        for item in (items[:-1] if is_open else items)
        for member in (people.council, people.chair)
    ]
    keep_all(rows)
    moment = staged.when.put_before_council + minutes(90)
    for row in rows:
        row.given_at = moment
        staged.world.log.note(
            "board.give_opinion",
            row.item,
            label="Cho ý kiến Hội đồng",
            actor=row.member,
            at=moment,
        )
    # The field takes the time of writing by itself.
    Opinion.objects.bulk_update(rows, ("given_at",))


def make_decision(
    staged: Staged,
    state: DecisionState,
    number: str,
    items: Sequence[tuple[str, str]],
    proposal: Proposal,
) -> Decision:
    """Write a decision; the lines of a signed one are granted by it, a draft takes what is free."""
    decision = keep(decision_of(staged, state, number))
    if state == D.DRAFT:
        proposal.items.filter(state=I.ELIGIBLE).update(decision=decision)
    else:
        grant(staged, decision, items, proposal)
    log_decision(staged, decision)
    return decision


def decision_of(staged: Staged, state: DecisionState, number: str) -> Decision:
    year, when, is_signed = staged.plan.year, staged.when, state != D.DRAFT
    return Decision(
        year=year,
        title=(
            f"Về việc tặng Cờ thi đua, Bằng khen năm {year} cho các đơn vị thuộc "
            f"{staged.row.bloc.name}"
        ),
        state=state,
        number=number,
        signed_on=day_in_vietnam(when.decided) if is_signed else None,
        signer_name=staged.world.people.chair.full_name if is_signed else "",
        legal_bases=staged.plan.legal_bases,
        published_at=when.published if state == D.PUBLISHED else None,
    )


def grant(staged: Staged, decision: Decision, items, proposal: Proposal) -> None:
    rows = keep_all(
        ProposalItem(
            proposal=proposal,
            award=staged.world.kinds[award],
            unit=staged.unit(code),
            merit=merit(staged, award),
            state=I.GRANTED,
            decision=decision,
        )
        for award, code in items
    )
    for row in rows:
        staged.world.log.walk(ITEM, row, item_steps(staged, row))


def log_decision(staged: Staged, decision: Decision) -> None:
    when, people, log = staged.when, staged.world.people, staged.world.log
    log.note(
        "decisions.draft_decision",
        decision,
        label="Soạn dự thảo quyết định",
        actor=people.office,
        at=when.advised + minutes(90),
    )
    steps = [
        LoggedStep("sign", people.chair, when.decided),
        LoggedStep("publish", people.office, when.published),
    ]
    log.walk(DECISION, decision, steps[: list(D).index(D(decision.state))])
