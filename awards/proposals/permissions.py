"""Who may do what with a bloc's proposal. One line per right."""

import rules

from awards.proposals.enums import INNER_STATES, ProposalState
from awards.proposals.models import ProposalItem
from blocs.units.permissions import (
    has_seat,
    is_chair,
    is_office,
    is_province,
    is_sysadmin,
)
from blocs.years.permissions import is_bloc_head, is_bloc_secretary, takes_part
from thidua.papers.registry import register_paper


def proposal_of(obj):
    return obj.proposal if isinstance(obj, ProposalItem) else obj


@rules.predicate
def writes_for_bloc(user, obj):
    proposal = proposal_of(obj)
    return is_bloc_secretary(user, proposal) or is_bloc_head(user, proposal)


@rules.predicate
def signs_for_bloc(user, obj):
    return is_bloc_head(user, proposal_of(obj))


@rules.predicate
def is_member(user, obj):
    return takes_part(user, proposal_of(obj))


@rules.predicate
def is_with_province(user, obj):
    """The bloc has sent it and it has not come back."""
    return bool(obj) and proposal_of(obj).state not in INNER_STATES


@rules.predicate
def is_before_council(user, obj):
    return bool(obj) and proposal_of(obj).state == ProposalState.BEFORE_COUNCIL


views_proposal = is_member | (is_with_province & is_province)

# Proposal of the bloc
rules.add_perm("proposals.list_proposal", has_seat & ~is_sysadmin)
rules.add_perm("proposals.view_proposal", views_proposal)
rules.add_perm("proposals.draft_proposal", writes_for_bloc)
rules.add_perm("proposals.submit_proposal", signs_for_bloc)
rules.add_perm("proposals.receive_proposal", is_with_province & is_office)
# Whoever ends the last open line of a proposal ends the proposal: the chair by closing the council.
rules.add_perm("proposals.settle_proposal", is_with_province & (is_office | is_chair))
# What changed below a proposal is settled by whoever holds it now.
rules.add_perm(
    "proposals.confirm_basis",
    (~is_with_province & writes_for_bloc) | (is_with_province & is_office),
)

register_paper("submission", "proposals.view_proposal")
