"""Proposals to send in, and those that wait at the office."""

from awards.proposals.enums import ProposalState
from awards.proposals.models import Proposal
from blocs.states import SeatRole, YearState
from thidua.common.task_lines import page, task

UNSENT = (ProposalState.DRAFT, ProposalState.RETURNED)
# Whose turn it is at the office, and the word for it.
AT_THE_OFFICE = {ProposalState.SUBMITTED: "Tiếp nhận", ProposalState.RECEIVED: "Thẩm định"}


def proposal_tasks(desk):
    """Ranked years whose head unit has not sent its proposal yet."""
    headed = [year for year in desk.years if year.head_id in desk.standing.units]
    sent = set(
        Proposal.objects.filter(bloc_year__in=headed)
        .exclude(state__in=UNSENT)
        .values_list("bloc_year_id", flat=True)
    )
    return [
        task(
            "Lập và gửi đề nghị khen thưởng",
            page("proposals:proposal_detail", year.pk),
            str(year),
            year.deadline("proposal_due"),
            desk.now,
        )
        for year in headed
        if year.state == YearState.RANKED and year.pk not in sent
    ]


def office_tasks(desk):
    """Proposals to receive and to appraise."""
    if not desk.standing.has(SeatRole.OFFICE):
        return []
    waiting = Proposal.objects.filter(state__in=AT_THE_OFFICE).select_related(
        "bloc_year__bloc", "bloc_year__conference"
    )
    return [
        task(
            f"{AT_THE_OFFICE[proposal.state]} đề nghị khen thưởng",
            proposal.get_absolute_url(),
            str(proposal.bloc_year),
            None,
            desk.now,
        )
        for proposal in waiting.order_by("submitted_at", "pk")[:20]
    ]
