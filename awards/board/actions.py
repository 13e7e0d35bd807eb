"""What office and council do with the lines of a proposal."""

from django.core.exceptions import ValidationError
from django.db import transaction

from awards.board.models import Opinion
from awards.proposals.actions import FINISHED
from awards.proposals.enums import READY_STATES
from awards.proposals.models import Proposal, ProposalItem
from awards.proposals.workflows import ITEM, PROPOSAL
from blocs.years.workflows import YEAR
from thidua.common.activity import record
from thidua.common.permissions import require
from thidua.common.workflow import perform


@transaction.atomic
def move_item(item: ProposalItem, move: str, *, actor, note: str = "") -> ProposalItem:
    """Any move of one line; the last refusal may finish the whole proposal."""
    item = perform(ITEM, move, item, actor=actor, note=note)
    settle(item.proposal, actor=actor)
    return item


def settle(proposal: Proposal, *, actor) -> None:
    """Once every line is granted or refused, the proposal and the bloc's year are decided."""
    if proposal.state not in READY_STATES or proposal.items.exclude(state__in=FINISHED).exists():
        return
    perform(PROPOSAL, "decide", proposal, actor=actor)
    perform(YEAR, "decide", proposal.bloc_year, actor=actor)


@transaction.atomic
def note_item(item: ProposalItem, *, actor, note: str) -> ProposalItem:
    """Put a remark about a line into the log book; nothing else changes."""
    require(actor, "board.note_item", item)
    if not note.strip():
        raise ValidationError("Vui lòng ghi nội dung.")
    record(actor, "board.note_item", item, label="Ghi chú", note=note)
    return item


@transaction.atomic
def give_opinion(item: ProposalItem, *, actor, agrees: bool, note: str = "") -> Opinion:
    """A council member's opinion; it may be changed until the chair closes the round."""
    # The chair closes the round on the same row: an opinion comes before it or not at all.
    item = ProposalItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    require(actor, "board.give_opinion", item)
    opinion, _ = Opinion.objects.update_or_create(
        item=item, member=actor, defaults={"agrees": agrees, "note": note}
    )
    record(actor, "board.give_opinion", item, label="Cho ý kiến Hội đồng")
    return opinion
