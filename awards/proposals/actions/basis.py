"""A person settles what changed below a proposal: its lines stand for a reason, or are redone."""

from django.db import transaction

from awards.proposals.actions.lines import TEXTS, write_lines
from awards.proposals.actions.proposals import drafted, held_draft
from awards.proposals.models import Proposal, ProposalItem
from awards.proposals.models.basis import changed_verdicts
from awards.proposals.models.contents import item_words
from awards.proposals.models.shares import kinds_to_draft
from thidua.common.activity import record
from thidua.common.basis import change_rows, changes_to_confirm, confirm_basis, keep_basis
from thidua.common.changes import change_of
from thidua.common.permissions import require


@transaction.atomic
def confirm_proposal(
    proposal: Proposal, *, actor, reason: str, seen: str | None = None
) -> Proposal:
    """The lines stand although what they rest on changed: the bloc says why, or the office.

    What the office found eligible stands with it, where nothing else changed below the line.
    """
    proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    require(actor, "proposals.confirm_basis", proposal)
    action = "proposals.confirm_proposal"
    confirm_basis(proposal, actor=actor, action=action, reason=reason, seen=seen)
    if not proposal.is_draft:
        for item, changes in changed_verdicts(proposal):
            if all(change.name == item.unit.name for change in changes):
                keep_basis(item, actor=actor)
    return proposal


@transaction.atomic
def redraft_proposal(
    proposal: Proposal, *, actor, reason: str, seen: str | None = None
) -> Proposal:
    """Draft the lines again from vote, places and quota of now; lines that stay keep their text.

    Refused as an edit is: a line that the office has judged is not taken away.
    """
    require(actor, "proposals.confirm_basis", proposal)
    proposal = held_draft(proposal, actor)
    changes = change_rows(changes_to_confirm(proposal, reason=reason, seen=seen))
    before = item_words(proposal.items.select_related("award", "unit"))
    stored = {(row.award_id, row.unit_id): row for row in proposal.items.all()}
    lines = [
        ProposalItem(
            proposal=proposal,
            award=award,
            unit_id=unit,
            **{name: getattr(stored.get((award.pk, unit)), name, "") for name in TEXTS},
        )
        for award, unit in drafted(proposal, kinds_to_draft())
    ]
    write_lines(proposal, lines)
    keep_basis(proposal, actor=actor)
    after = item_words(proposal.items.select_related("award", "unit"))
    changes += change_of("các dòng đề nghị", before, after)
    label = "Lập lại các dòng đề nghị theo căn cứ hiện nay"
    record(actor, "proposals.redraft_proposal", proposal, label=label, note=reason, changes=changes)
    return proposal
