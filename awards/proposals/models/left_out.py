"""Which step before the province's decision a bloc or the province has left out, in words."""

from awards.proposals.enums import ProposalState
from awards.proposals.models.proposals import Proposal
from blocs.states import BallotKind
from blocs.years.models import BlocYear

NO_VOTE = (
    "không bỏ phiếu suy tôn, đề nghị khen thưởng; các đơn vị được đề nghị theo kết quả xếp hạng và "
    "quy định số lượng"
)
COUNCIL = "Hội đồng Thi đua - Khen thưởng tỉnh"
UNSPOKEN = f"không có ý kiến của {COUNCIL}"


def vote_left_out(bloc_year: BlocYear) -> str:
    """That nobody voted on the awards of the year; empty where a sitting did."""
    voted = bloc_year.sittings.filter(ballots__kind=BallotKind.AWARD).exists()
    return "" if voted else NO_VOTE


def council_left_out(proposal: Proposal) -> str:
    """That the proposal was decided without a word of the council; empty while it may speak."""
    if proposal.state != ProposalState.DECIDED:
        return ""
    return "" if proposal.items.exclude(opinions=None).exists() else UNSPOKEN
