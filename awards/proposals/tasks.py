"""Proposals to send in, and those that wait at the office."""

from django.db.models import Exists, OuterRef, Q

from awards.proposals.enums import READY_STATES, ItemState, ProposalState
from awards.proposals.models import Proposal, ProposalItem
from blocs.states import YearState
from blocs.units.models.seats import within
from blocs.years.tasks import years_named
from thidua.common.task_lines import page, returned_label, task

UNSENT = (ProposalState.DRAFT, ProposalState.RETURNED)
AT_THE_OFFICE = (ProposalState.SUBMITTED, *READY_STATES)


def proposal_tasks(desk):
    """Ranked years whose head unit has not sent its proposal yet."""
    headed = [year for year in desk.years if year.head_id in desk.standing.units]
    rows = Proposal.objects.filter(bloc_year__in=headed).order_by("pk")
    told = yield rows.values_list("bloc_year", "state", "return_reason")
    known = {pk: (state, reason) for pk, state, reason in told}
    sent = {pk for pk, (state, _) in known.items() if state not in UNSENT}
    return [
        task(
            proposal_label(*known.get(year.pk, ("", ""))),
            page("proposals:proposal_detail", year.pk),
            str(year),
            year.deadline("proposal_due"),
            desk.now,
        )
        for year in headed
        if year.state == YearState.RANKED and year.pk not in sent
    ]


def proposal_label(state, reason):
    """What the bloc has to do with its proposal; a returned one says why it came back."""
    if state == ProposalState.RETURNED:
        return returned_label("Sửa đề nghị khen thưởng bị trả lại", reason)
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
    asked = Q(state=ProposalState.SUBMITTED) | Q(is_unread=True) | Q(is_held=True)
    asked |= Q(state=ProposalState.RECEIVED, is_ready=True)
    rows = waiting.filter(asked).order_by("submitted_at", "pk")
    found = yield rows.values_list("bloc_year", "state", "is_unread", "is_ready")[:20]
    labels = {year: office_label(*how) for year, *how in found}
    return [
        task(
            labels[year.pk],
            page("proposals:proposal_detail", year.pk),
            str(year),
            None,
            desk.now,
        )
        for year in (yield years_named(labels)).values()
    ]


def office_label(state, is_unread, is_ready):
    """What the office has to do with a proposal; what is ready for a decision waits elsewhere."""
    if state == ProposalState.SUBMITTED:
        return "Tiếp nhận đề nghị khen thưởng"
    if is_unread:
        return "Thẩm định đề nghị khen thưởng"
    if state == ProposalState.RECEIVED and is_ready:
        return "Lấy ý kiến Hội đồng về đề nghị khen thưởng, nếu cần"
    return "Xét lại các dòng chưa xét của đề nghị khen thưởng"
