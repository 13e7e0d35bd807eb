"""Opinions that the council waits for, and lines that wait for their way to the State."""

from django.db.models import Exists, OuterRef

from awards.board.models import Opinion
from awards.proposals.enums import ProposalState
from awards.proposals.models import Proposal, ProposalItem
from blocs.states import SeatRole
from blocs.units.models.seats import within
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
    found = yield proposals
    return [
        task(
            "Cho ý kiến về đề nghị khen thưởng",
            proposal.get_absolute_url(),
            str(proposal.bloc_year),
            None,
            desk.now,
        )
        for proposal in found
    ]


def forwarding_tasks(desk):
    """Lines that the Chairman submits to the State; the office records number and day."""
    if not desk.standing.runs:
        return []
    runs = within(desk.standing.runs, "proposal__bloc_year__bloc")
    waiting = ProposalItem.objects.to_forward().filter(runs)
    return [
        task(
            f"Ghi tờ trình cấp Nhà nước: {item.award}",
            item.get_absolute_url(),
            f"{item.unit}, {item.bloc_year}",
            None,
            desk.now,
        )
        for item in (yield waiting.for_page()[:20])
    ]
