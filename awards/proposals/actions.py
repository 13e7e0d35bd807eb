"""What bloc, office and council do with a proposal."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from awards.proposals.documents.submission import submission_paper
from awards.proposals.enums import INNER_STATES, ItemState
from awards.proposals.models import Proposal, ProposalItem, TieChoice, TieUnit
from awards.proposals.models.shares import (
    Lines,
    has_voted,
    kinds_to_draft,
    shared_lines,
    voted_lines,
)
from awards.proposals.workflows import PROPOSAL
from blocs.scoring.ranking.quota_edge import Tie
from blocs.units.models import Unit
from blocs.years.models import AwardKind, BlocYear
from blocs.years.workflows import YEAR
from thidua.common.activity import record
from thidua.common.changes import all_words, change_of, set_fields
from thidua.common.permissions import require
from thidua.common.stamps import refuse_overtaken
from thidua.common.workflow import check_move, perform
from thidua.papers.stored import pdf_of, store_paper

HEADER = ("number", "dated_on", "summary", "quota_reason")
FINISHED = (ItemState.GRANTED, ItemState.REFUSED)


@transaction.atomic
def start_proposal(bloc_year: BlocYear, *, actor) -> Proposal:
    """Draft the proposal of a bloc year from its vote, else from points and quota."""
    proposal = Proposal(bloc_year=bloc_year)
    require(actor, "proposals.draft_proposal", proposal)
    proposal.full_clean()
    proposal.save()
    for kind, unit in drafted(proposal, kinds_to_draft()):
        ProposalItem.objects.create(proposal=proposal, award=kind, unit_id=unit)
    record(actor, "proposals.start_proposal", proposal, label="Lập đề nghị khen thưởng")
    return proposal


def drafted(proposal: Proposal, kinds: Mapping[bool, AwardKind]) -> Lines:
    """What the conference voted, or the first places within the quota: nobody out of equals."""
    if not kinds:
        return []
    if has_voted(proposal.bloc_year):
        return voted_lines(proposal.bloc_year, kinds)
    return shared_lines(proposal.shares, kinds)


@transaction.atomic
def edit_proposal(
    proposal: Proposal,
    *,
    actor,
    header: Mapping,
    items: Sequence[Mapping],
    seen: str | None = None,
) -> Proposal:
    """Write header and lines. `items` are mappings with award, unit (or None) and merit.

    Only while the bloc holds it; one unit has one line of each award.
    """
    proposal = held_draft(proposal, actor)
    lines = [ProposalItem(proposal=proposal, **row) for row in items]
    stored = proposal_words(proposal)
    changes = set_fields(proposal, {name: header[name] for name in HEADER})
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
    if lines_changed := change_of("các dòng đề nghị", stored["items"], typed["items"]):
        changes += lines_changed
        replace_items(proposal, lines)
    proposal.full_clean()
    proposal.save()
    label = "Sửa đề nghị khen thưởng"
    record(actor, "proposals.edit_proposal", proposal, label=label, changes=changes)
    return proposal


def proposal_words(proposal: Proposal) -> dict[str, str]:
    """What the proposal says now, in words: its header by field, and all lines as one value."""
    items = proposal.items.select_related("award", "unit")
    return all_words(proposal, HEADER) | {"items": item_words(items)}


def item_words(items: Iterable[ProposalItem]) -> str:
    """«Cờ thi đua – Sở A: merit; …», in an order that the order of typing does not change."""
    words = (f"{item}: {item.merit}" if item.merit else str(item) for item in items)
    return "; ".join(sorted(words))


def replace_items(proposal: Proposal, items: Sequence[ProposalItem]) -> None:
    """Exactly these lines belong to the proposal; each is proposed anew."""
    proposal.items.all().delete()
    for item in items:
        check_member(proposal.bloc_year, item.unit)
        item.full_clean()
        item.save()


@transaction.atomic
def choose_between(
    proposal: Proposal,
    *,
    actor,
    award: AwardKind,
    chosen: Collection[Unit],
    reason: str,
    seen: str | None = None,
) -> Proposal:
    """Write down whom people chose of the equal units at the quota of `award`, and why.

    The lines that follow from it are put right; all other lines stay as they are. Refused where
    these units are not equal any more.
    """
    proposal = held_draft(proposal, actor)
    tie = tie_over(proposal, award)
    if not {unit.pk for unit in chosen} <= tie.units:
        raise ValidationError("Chỉ chọn trong số các đơn vị cùng hạng.")
    before, stored = drafted(proposal, kinds_to_draft()), choice_words(proposal, award)
    typed = {"chosen": names_of(chosen), "reason": reason.strip()}
    refuse_overtaken(
        proposal,
        "proposals.choose_between",
        seen=seen,
        stored=stored,
        typed=typed,
    )
    keep_choice(proposal, actor, award, tie, chosen, typed["reason"])
    proposal = Proposal.objects.get(pk=proposal.pk)
    follow_choice(proposal, before, drafted(proposal, kinds_to_draft()))
    changes = [
        *change_of("đơn vị được chọn", stored["chosen"], typed["chosen"]),
        *change_of("lý do chọn", stored["reason"], typed["reason"]),
    ]
    label = f"Chọn giữa các đơn vị cùng hạng {tie.place}: {award}"
    record(actor, "proposals.choose_between", proposal, label=label, changes=changes)
    return proposal


def held_draft(proposal: Proposal, actor) -> Proposal:
    """The proposal under its lock; refused unless the bloc still writes it."""
    proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    require(actor, "proposals.draft_proposal", proposal)
    if proposal.state not in INNER_STATES:
        raise ValidationError("Đề nghị đã gửi tỉnh nên không sửa được nữa.")
    return proposal


def tie_over(proposal: Proposal, award: AwardKind) -> Tie:
    """The tie at the quota of this award, answered or not; refused where there is none now."""
    kinds = kinds_to_draft()
    ties = [tie for tie in proposal.shares.ties if kinds.get(tie.is_flag) == award]
    if not ties:
        raise ValidationError(f"Không còn đơn vị cùng hạng ở mức cuối được đề nghị {award}.")
    return ties[0]


def choice_words(proposal: Proposal, award: AwardKind) -> dict[str, str]:
    """What is chosen between equals for this award now, in words; empty before the first choice."""
    choice = proposal.tie_choices.filter(award=award).first()
    if choice is None:
        return {"chosen": "", "reason": ""}
    chosen = Unit.objects.filter(pk__in=choice.chosen)
    return {"chosen": names_of(chosen), "reason": choice.reason}


def names_of(units: Iterable[Unit]) -> str:
    """The names in one line, in an order that the order of choosing does not change."""
    return ", ".join(sorted(unit.name for unit in units))


def keep_choice(
    proposal: Proposal, actor, award: AwardKind, tie: Tie, chosen: Collection[Unit], reason: str
) -> None:
    """One choice for each award; a new one replaces the old, the log book keeps both."""
    proposal.tie_choices.filter(award=award).delete()
    choice = TieChoice(
        proposal=proposal,
        award=award,
        place=tie.place,
        seats=tie.seats,
        reason=reason,
        chosen_by=actor,
    )
    choice.full_clean()
    choice.save()
    picked = {unit.pk for unit in chosen}
    TieUnit.objects.bulk_create(
        TieUnit(choice=choice, unit_id=unit, is_chosen=unit in picked) for unit in sorted(tie.units)
    )


def follow_choice(proposal: Proposal, before: Lines, after: Lines) -> None:
    """Take away the drafted lines that no longer hold and add those that do now."""
    for award, unit in before:
        if (award, unit) not in after:
            proposal.items.filter(award=award, unit=unit).delete()
    for award, unit in after:
        if (award, unit) not in before:
            proposal.items.get_or_create(award=award, unit_id=unit)


def check_member(bloc_year: BlocYear, unit: Unit | None) -> None:
    """A bloc proposes its own members; where no members are on record nothing can be checked."""
    members = bloc_year.members
    if unit and members.exists() and not members.filter(unit=unit).exists():
        raise ValidationError(f"“{unit}” không phải thành viên của khối trong năm này.")


def submit_proposal(proposal: Proposal, *, actor, note: str = "") -> Proposal:
    """The head sends the proposal; with it the year counts as proposed and the tờ trình is kept.

    The paper is printed before the transaction, so that nobody waits for the printer. Refused
    with a ValidationError where no PDF can be made, and then nothing is changed.
    """
    require(actor, "proposals.submit_proposal", proposal)
    proposal = Proposal.objects.for_page().get(pk=proposal.pk)
    check_move(PROPOSAL, PROPOSAL["submit"], proposal, actor=actor, note=note)
    pdf_of(submission_paper(proposal))
    return keep_submission(proposal, actor=actor, note=note)


@transaction.atomic
def keep_submission(proposal: Proposal, *, actor, note: str) -> Proposal:
    """Send and store the tờ trình: all of it or nothing. Each sending keeps a paper of its own."""
    proposal = perform(PROPOSAL, "submit", proposal, actor=actor, note=note)
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


def move_proposal(proposal: Proposal, move: str, *, actor, note: str = "") -> Proposal:
    """Any move of a proposal, with what it does to the bloc's year."""
    special = {"submit": submit_proposal, "return": return_proposal}
    if move in special:
        return special[move](proposal, actor=actor, note=note)
    return perform(PROPOSAL, move, proposal, actor=actor, note=note)
