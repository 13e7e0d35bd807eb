"""What office and council do with the lines of a proposal."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from awards.board.models import Opinion
from awards.proposals.actions.proposals import settle
from awards.proposals.enums import ItemState
from awards.proposals.models import ProposalItem
from awards.proposals.models.basis import changed_opinions
from awards.proposals.workflows import ITEM
from awards.proposals.workflows.basis import basis_stands
from thidua.common.activity import record
from thidua.common.basis import NO_REASON as CONFIRM_REASON
from thidua.common.basis import UNCHANGED, change_rows, confirm_basis, keep_basis
from thidua.common.permissions import require
from thidua.common.workflow import perform

NO_REASON = "Không đồng ý thì phải nêu lý do; lý do được ghi cùng ý kiến."


@transaction.atomic
def move_item(item: ProposalItem, move: str, *, actor, note: str = "") -> ProposalItem:
    """Any move of one line; the last refusal may finish the whole proposal.

    A line found eligible keeps what the office looked at.
    """
    item = perform(ITEM, move, item, actor=actor, note=note)
    if item.state == ItemState.ELIGIBLE:
        keep_basis(item, actor=actor)
    settle(item.proposal, actor=actor)
    return item


@transaction.atomic
def forward_item(item: ProposalItem, *, actor, number: str, signed_on: date) -> ProposalItem:
    """Record the submission to the State of an award that the province does not grant itself.

    The line ends with it, and may end its proposal. Refused (ValidationError) for an award of the
    province, while the council is asked, and for a day to come or before what it rests on.
    """
    paper = {"number": number, "signed_on": signed_on}
    item = perform(ITEM, "forward", item, actor=actor, **paper)
    settle(item.proposal, actor=actor)
    return item


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
    """A council member's opinion; it may be changed until the chair closes the round.

    Who does not agree says why. Refused while nobody has settled what changed below the proposal.
    """
    # The chair closes the round on the same row: an opinion comes before it or not at all.
    item = ProposalItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    require(actor, "board.give_opinion", item)
    if not agrees and not note.strip():
        raise ValidationError({"note": NO_REASON})
    if unsettled := basis_stands(item.proposal):
        raise ValidationError(unsettled)
    opinion, _ = Opinion.objects.update_or_create(
        item=item, member=actor, defaults={"agrees": agrees, "note": note.strip()}
    )
    keep_basis(opinion, actor=actor)
    record(actor, "board.give_opinion", item, label="Cho ý kiến Hội đồng")
    return opinion


@transaction.atomic
def confirm_verdict(
    item: ProposalItem, *, actor, reason: str, seen: str | None = None
) -> ProposalItem:
    """The line stays eligible although what the office looked at changed: the office says why."""
    item = ProposalItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    require(actor, "board.appraise_item", item)
    confirm_basis(item, actor=actor, action="board.confirm_verdict", reason=reason, seen=seen)
    return item


@transaction.atomic
def confirm_opinions(item: ProposalItem, *, actor, reason: str) -> ProposalItem:
    """The opinions on a line stand although it changed since: the chair says why.

    The log book keeps what changed below which opinion. Refused where nothing did.
    """
    item = ProposalItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    require(actor, "board.close_council")
    found = [pair for pair in changed_opinions(item.proposal) if pair[0].item_id == item.pk]
    if not found:
        raise ValidationError(UNCHANGED)
    if not reason.strip():
        raise ValidationError({"reason": CONFIRM_REASON})
    changes = []
    for opinion, changed in found:
        keep_basis(opinion, actor=actor)
        changes += [
            row | {"field": f"{opinion.member}: {row['field']}"} for row in change_rows(changed)
        ]
    label = "Xác nhận ý kiến Hội đồng khi căn cứ đã thay đổi"
    record(actor, "board.confirm_opinions", item, label=label, note=reason.strip(), changes=changes)
    return item
