"""Opinions that the council waits for, and lines that wait for their way to the State."""

from django.db.models import Exists, OuterRef

from awards.board.models import Opinion
from awards.proposals.enums import ProposalState
from awards.proposals.models import Proposal, ProposalItem
from blocs.states import SeatRole
from blocs.units.models.seats import within
from blocs.years.tasks import years_named
from thidua.common.task_lines import page, task

CLOSE = "Kết thúc lấy ý kiến Hội đồng về đề nghị khen thưởng"


def council_tasks(desk):
    """Proposals on which the person has still to give an opinion; the chair closes the round."""
    if not desk.standing.has(SeatRole.COUNCIL, SeatRole.CHAIR):
        return []
    given = Opinion.objects.filter(item=OuterRef("pk"), member=desk.user)
    open_items = ProposalItem.objects.filter(proposal=OuterRef("pk")).exclude(Exists(given))
    proposals = Proposal.objects.filter(state=ProposalState.BEFORE_COUNCIL)
    waiting = proposals.annotate(is_asked=Exists(open_items))
    # Who has heard everybody closes the round; nobody else can.
    mine = waiting if desk.standing.has(SeatRole.CHAIR) else waiting.filter(is_asked=True)
    is_asked = dict((yield mine.order_by("pk").values_list("bloc_year", "is_asked")[:20]))
    return [
        task(
            "Cho ý kiến về đề nghị khen thưởng" if is_asked[year.pk] else CLOSE,
            page("proposals:proposal_detail", year.pk),
            str(year),
            None,
            desk.now,
        )
        for year in (yield years_named(is_asked)).values()
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
