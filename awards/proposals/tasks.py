"""Proposals to send in, and those that wait at the office."""

from django.db.models import Exists, OuterRef, Q

from awards.proposals.enums import READY_STATES, ItemState, ProposalState
from awards.proposals.models import Proposal, ProposalItem
from blocs.states import YearState
from blocs.units.models.seats import within
from thidua.common.task_lines import page, returned_label, task

UNSENT = (ProposalState.DRAFT, ProposalState.RETURNED)
AT_THE_OFFICE = (ProposalState.SUBMITTED, *READY_STATES)


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
    """Proposals to receive, to appraise, to put before the council, and held lines."""
    if not desk.standing.runs:
        return []
    runs = within(desk.standing.runs, "bloc_year__bloc")
    lines = ProposalItem.objects.filter(proposal=OuterRef("pk"))
    waiting = Proposal.objects.filter(runs, state__in=AT_THE_OFFICE).annotate(
        is_unread=Exists(lines.filter(state=ItemState.PROPOSED)),
        is_ready=Exists(lines.filter(state=ItemState.ELIGIBLE, decision=None)),
        is_held=Exists(lines.filter(state=ItemState.SUSPENDED)),
    )
    joined = waiting.select_related("bloc_year__bloc", "bloc_year__conference")
    asked = Q(state=ProposalState.SUBMITTED) | Q(is_unread=True) | Q(is_held=True)
    asked |= Q(state=ProposalState.RECEIVED, is_ready=True)
    return [
        task(
            office_label(proposal),
            proposal.get_absolute_url(),
            str(proposal.bloc_year),
            None,
            desk.now,
        )
        for proposal in (yield joined.filter(asked).order_by("submitted_at", "pk")[:20])
    ]


def office_label(proposal):
    """What the office has to do with a proposal; what is ready for a decision waits elsewhere."""
    if proposal.state == ProposalState.SUBMITTED:
        return "Tiếp nhận đề nghị khen thưởng"
    if proposal.is_unread:
        return "Thẩm định đề nghị khen thưởng"
    if proposal.state == ProposalState.RECEIVED and proposal.is_ready:
        return "Lấy ý kiến Hội đồng về đề nghị khen thưởng, nếu cần"
    return "Xét lại các dòng chưa xét của đề nghị khen thưởng"
