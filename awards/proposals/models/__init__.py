from awards.proposals.models.proposals import Proposal, ProposalItem

__all__ = [
    "Proposal",
    "ProposalItem",
]
