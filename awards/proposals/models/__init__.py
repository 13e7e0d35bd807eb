from awards.proposals.models.proposals import Proposal, ProposalItem
from awards.proposals.models.ties import TieChoice, TieUnit

__all__ = [
    "Proposal",
    "ProposalItem",
    "TieChoice",
    "TieUnit",
]
