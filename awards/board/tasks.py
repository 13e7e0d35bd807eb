"""Opinions that the council waits for."""

from django.db.models import Exists, OuterRef

from awards.board.models import Opinion
from awards.proposals.enums import ProposalState
from awards.proposals.models import Proposal, ProposalItem
from blocs.states import SeatRole
from thidua.common.task_lines import task


def council_tasks(desk):
    """Proposals on which the person has still to give an opinion."""
    if not desk.standing.has(SeatRole.COUNCIL, SeatRole.CHAIR):
        return []
    given = Opinion.objects.filter(item=OuterRef("pk"), member=desk.user)
    open_items = ProposalItem.objects.filter(proposal__state=ProposalState.BEFORE_COUNCIL).exclude(
        Exists(given)
    )
    proposals = (
        Proposal.objects.filter(items__in=open_items)
        .select_related("bloc_year__bloc", "bloc_year__conference")
        .distinct()
        .order_by("pk")[:20]
    )
    return [
        task(
            "Cho ý kiến về đề nghị khen thưởng",
            proposal.get_absolute_url(),
            str(proposal.bloc_year),
            None,
            desk.now,
        )
        for proposal in proposals
    ]
