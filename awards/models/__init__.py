from awards.models.decisions import Decision
from awards.models.proposals import AwardKind, Opinion, Proposal, ProposalItem

__all__ = ["AwardKind", "Decision", "Opinion", "Proposal", "ProposalItem"]
