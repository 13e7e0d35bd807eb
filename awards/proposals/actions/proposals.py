"""What bloc, office and council do with a proposal."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from awards.proposals.actions.lines import write_lines
from awards.proposals.documents.submission import submission_paper
from awards.proposals.enums import INNER_STATES, READY_STATES, ItemState
from awards.proposals.models import Proposal, ProposalItem
from awards.proposals.models.basis import drafted_facts
from awards.proposals.models.contents import HEADER, item_words, proposal_words
from awards.proposals.models.ended_years import ended_words
from awards.proposals.models.shares import (
    Lines,
    kinds_to_draft,
    shared_lines,
    voted_lines,
)
from awards.proposals.workflows import PROPOSAL
from blocs.ranking.models.results import ranking_faults
from blocs.years.domain.track import NOTHING_GRANTED
from blocs.years.models import AwardKind, BlocYear
from blocs.years.workflows import YEAR
from thidua.common.activity import record
from thidua.common.basis import follow_basis, keep_basis
from thidua.common.changes import all_words, change_of, set_fields
from thidua.common.permissions import require
from thidua.common.stamps import refuse_overtaken
from thidua.common.workflow import check_move, perform
from thidua.papers.days import day_faults
from thidua.papers.numbers import hold_numbers
from thidua.papers.stored import pdf_of, store_paper

SENT = "Đề nghị đã gửi tỉnh nên không sửa được nữa."
AWARDED = (ItemState.GRANTED, ItemState.FORWARDED)
FINISHED = (*AWARDED, ItemState.REFUSED)


@transaction.atomic
def start_proposal(bloc_year: BlocYear, *, actor) -> Proposal:
    """Draft the proposal of a bloc year from its vote, else from points and quota."""
    proposal = Proposal(bloc_year=bloc_year)
    require(actor, "proposals.draft_proposal", proposal)
    if over := ended_words(bloc_year):
        raise ValidationError(over)
    if unsettled := ranking_faults(bloc_year):
        raise ValidationError(unsettled)
    proposal.full_clean()
    proposal.save()
    for kind, unit in drafted(proposal, kinds_to_draft()):
        ProposalItem.objects.create(proposal=proposal, award=kind, unit_id=unit)
    keep_basis(proposal, actor=actor, facts=drafted_facts(proposal))
    record(actor, "proposals.start_proposal", proposal, label="Lập đề nghị khen thưởng")
    return proposal


def drafted(proposal: Proposal, kinds: Mapping[bool, AwardKind]) -> Lines:
    """What the conference voted, else the first places within the quota: nobody out of equals.

    Each award is asked by itself: a vote on the flag alone leaves the certificates to the places.
    """
    if not kinds:
        return []
    voted = voted_lines(proposal.bloc_year, kinds)
    return list(dict.fromkeys([*voted, *shared_lines(proposal.shares, kinds)]))


@transaction.atomic
def edit_proposal(
    proposal: Proposal,
    *,
    actor,
    header: Mapping,
    items: Sequence[Mapping],
    seen: str | None = None,
) -> Proposal:
    """Write header and lines. `items` are mappings with award, unit (or None) and texts.

    What `header` does not name stays.

    Only while the bloc holds it; one unit has one line of each award.
    """
    proposal = held_draft(proposal, actor)
    lines = [ProposalItem(proposal=proposal, **row) for row in items]
    stored = proposal_words(proposal)
    changes = set_fields(proposal, {name: header[name] for name in HEADER if name in header})
    typed = all_words(proposal, HEADER) | {"items": item_words(lines)}
    if stored == typed:
        return proposal
    refuse_overtaken(
        proposal,
        "proposals.edit_proposal",
        seen=seen,
        stored=stored,
        typed=typed,
        names={"items": "Các dòng đề nghị"},
    )
    refuse_header(proposal, typed["dated_on"] != stored["dated_on"])
    if lines_changed := change_of("các dòng đề nghị", stored["items"], typed["items"]):
        changes += lines_changed
        write_lines(proposal, lines)
    proposal.full_clean()
    proposal.save()
    follow_basis(proposal, actor=actor)
    label = "Sửa đề nghị khen thưởng"
    record(actor, "proposals.edit_proposal", proposal, label=label, changes=changes)
    return proposal


def refuse_header(proposal: Proposal, is_dated_anew: bool) -> None:
    """A draft, too, has a number that is free, and takes no day that has not come."""
    day = proposal.dated_on if is_dated_anew else None
    faults = {
        "number": proposal.number_faults(),
        "dated_on": day_faults("Tờ trình", day, timezone.localdate()),
    }
    if any(faults.values()):
        raise ValidationError({name: said for name, said in faults.items() if said})


def held_draft(proposal: Proposal, actor) -> Proposal:
    """The proposal and the numbers of its bloc under their locks; refused once it was sent."""
    hold_numbers(proposal.bloc_year.bloc)
    proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    require(actor, "proposals.draft_proposal", proposal)
    if proposal.state not in INNER_STATES:
        raise ValidationError(SENT)
    return proposal


def submit_proposal(
    proposal: Proposal, *, actor, note: str = "", is_confirmed: bool = False
) -> Proposal:
    """The head sends the proposal; with it the year counts as proposed and the tờ trình is kept.

    The paper is printed before the transaction, so that nobody waits for the printer. Refused
    with a ValidationError where no PDF can be made, and then nothing is changed.
    """
    require(actor, "proposals.submit_proposal", proposal)
    proposal = Proposal.objects.for_page().get(pk=proposal.pk)
    move, asked = PROPOSAL["submit"], {"note": note, "is_confirmed": is_confirmed}
    check_move(PROPOSAL, move, proposal, actor=actor, **asked)
    pdf_of(submission_paper(proposal))
    return keep_submission(proposal, actor=actor, **asked)


@transaction.atomic
def keep_submission(
    proposal: Proposal, *, actor, note: str, is_confirmed: bool = False
) -> Proposal:
    """Send and store the tờ trình: all of it or nothing. Each sending keeps a paper of its own."""
    asked = {"note": note, "is_confirmed": is_confirmed}
    proposal = perform(PROPOSAL, "submit", proposal, actor=actor, **asked)
    perform(YEAR, "propose", proposal.bloc_year, actor=actor)
    paper = submission_paper(proposal)
    store_paper(
        paper,
        subject=proposal,
        kind="submission",
        title=paper.title,
        number=proposal.number,
        actor=actor,
    )
    return proposal


@transaction.atomic
def return_proposal(proposal: Proposal, *, actor, note: str) -> Proposal:
    """The office sends it back with a reason; the bloc's year is open for a new one."""
    proposal = perform(PROPOSAL, "return", proposal, actor=actor, note=note)
    perform(YEAR, "take_back", proposal.bloc_year, actor=actor)
    return proposal


def move_proposal(
    proposal: Proposal, move: str, *, actor, note: str = "", is_confirmed: bool = False
) -> Proposal:
    """Any move of a proposal, with what it does to the bloc's year.

    `is_confirmed`: the person has seen what the sending asks and goes on.
    """
    if move == "submit":
        return submit_proposal(proposal, actor=actor, note=note, is_confirmed=is_confirmed)
    if move == "return":
        return return_proposal(proposal, actor=actor, note=note)
    if move == "close_council":
        return close_council(proposal, actor=actor, note=note)
    return perform(PROPOSAL, move, proposal, actor=actor, note=note)


@transaction.atomic
def close_council(proposal: Proposal, *, actor, note: str = "") -> Proposal:
    """The chair closes the round; where the office has refused every line, all is decided."""
    proposal = perform(PROPOSAL, "close_council", proposal, actor=actor, note=note)
    return settle(proposal, actor=actor)


def settle(proposal: Proposal, *, actor) -> Proposal:
    """Once every line is granted, with the State or refused, proposal and year are decided.

    Asked after whatever may have ended the last open line, or the asking of the council.
    """
    if proposal.state not in READY_STATES or proposal.items.exclude(state__in=FINISHED).exists():
        return proposal
    is_awarded = proposal.items.filter(state__in=AWARDED).exists()
    note = "" if is_awarded else f"{NOTHING_GRANTED[:1].upper()}{NOTHING_GRANTED[1:]}."
    proposal = perform(PROPOSAL, "decide", proposal, actor=actor, note=note)
    perform(YEAR, "decide", proposal.bloc_year, actor=actor, note=note)
    return proposal
