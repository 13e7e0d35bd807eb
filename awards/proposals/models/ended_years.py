"""A bloc's draft of a year that ended without it: nobody can send it, so it stays as it is."""

from django.db.models import Model

from awards.proposals.models.proposals import Proposal, ProposalItem
from blocs.states import YearState
from blocs.years.models import BlocYear
from thidua.common.activity import KEPT

OVER = (YearState.DECIDED, YearState.ARCHIVED)
ENDED = (
    "Năm thi đua đã kết thúc{outcome}. Đề nghị khen thưởng không gửi nữa nên không lập, không sửa."
)


def ended_words(bloc_year: BlocYear) -> str:
    """Why nothing is proposed in the year any more, with how it ended; empty until it has."""
    if bloc_year.state not in OVER:
        return ""
    outcome = bloc_year.no_award_words.rstrip(".;")
    return ENDED.format(outcome=f", {outcome}" if outcome else "")


@KEPT.add
def draft_refusal(action: str, obj: Model | None, to_state: str) -> str:
    """Why a draft or returned proposal, or a line of it, is not written; of a kept year the year
    itself says it."""
    proposal = obj.proposal if isinstance(obj, ProposalItem) else obj
    if not isinstance(proposal, Proposal) or not proposal.is_draft:
        return ""
    year = proposal.bloc_year
    return ended_words(year) if year.state == YearState.DECIDED else ""
