"""Proposals to send in, and those that wait at the office."""

from awards.proposals.enums import ProposalState
from awards.proposals.models import Proposal
from blocs.states import YearState
from blocs.units.models.seats import within
from thidua.common.task_lines import page, returned_label, task

UNSENT = (ProposalState.DRAFT, ProposalState.RETURNED)
# Whose turn it is at the office, and the word for it.
AT_THE_OFFICE = {ProposalState.SUBMITTED: "Tiếp nhận", ProposalState.RECEIVED: "Thẩm định"}


def proposal_tasks(desk):
    """Ranked years whose head unit has not sent its proposal yet."""
    headed = [year for year in desk.years if year.head_id in desk.standing.units]
    rows = yield Proposal.objects.filter(bloc_year__in=headed)
    known = {row.bloc_year_id: row for row in rows}
    sent = {pk for pk, row in known.items() if row.state not in UNSENT}
    return [
        task(
            proposal_label(known.get(year.pk)),
            page("proposals:proposal_detail", year.pk),
            str(year),
            year.deadline("proposal_due"),
            desk.now,
        )
        for year in headed
        if year.state == YearState.RANKED and year.pk not in sent
    ]


def proposal_label(proposal):
    """What the bloc has to do with its proposal; a returned one says why it came back."""
    if proposal is not None and proposal.state == ProposalState.RETURNED:
        return returned_label("Sửa đề nghị khen thưởng bị trả lại", proposal.return_reason)
    return "Lập và gửi đề nghị khen thưởng"


def office_tasks(desk):
    """Proposals to receive and to appraise."""
    if not desk.standing.runs:
        return []
    runs = within(desk.standing.runs, "bloc_year__bloc")
    waiting = Proposal.objects.filter(runs, state__in=AT_THE_OFFICE).select_related(
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
        for proposal in (yield waiting.order_by("submitted_at", "pk")[:20])
    ]
