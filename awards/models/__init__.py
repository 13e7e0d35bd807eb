from awards.board.models import Opinion
from awards.decisions.models import Decision
from awards.proposals.models.proposals import Proposal, ProposalItem
from blocs.years.models.awards import AwardKind

__all__ = ["AwardKind", "Decision", "Opinion", "Proposal", "ProposalItem"]
