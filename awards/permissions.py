"""Who may do what with proposals and decisions. One line per right."""

import rules

from awards.decisions.enums import DecisionState
from awards.models import Decision, ProposalItem
from awards.proposals.enums import INNER_STATES, ProposalState
from blocs.permissions import (
    has_seat,
    is_bloc_head,
    is_bloc_secretary,
    is_chair,
    is_council,
    is_office,
    is_sysadmin,
    takes_part,
)
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


@rules.predicate
def is_published(user, obj):
    return isinstance(obj, Decision) and obj.state == DecisionState.PUBLISHED


views_proposal = is_member | (is_with_province & (is_office | is_council | is_chair))

# Proposal of the bloc
rules.add_perm("awards.list_proposal", has_seat & ~is_sysadmin)
rules.add_perm("awards.view_proposal", views_proposal)
rules.add_perm("awards.draft_proposal", writes_for_bloc)
rules.add_perm("awards.submit_proposal", signs_for_bloc)
rules.add_perm("awards.receive_proposal", is_with_province & is_office)
rules.add_perm("awards.appraise_item", is_with_province & is_office)
rules.add_perm("awards.suspend_item", is_with_province & is_office)
rules.add_perm("awards.note_item", writes_for_bloc | (is_with_province & is_office))
rules.add_perm("awards.give_opinion", is_before_council & (is_council | is_chair))
rules.add_perm("awards.close_council", is_chair)
rules.add_perm("awards.keep_award_kinds", is_office)

# Decision of the Chairman
rules.add_perm("awards.list_decision", has_seat)
rules.add_perm("awards.view_decision", is_published | is_office | is_chair)
rules.add_perm("awards.draft_decision", is_office)
rules.add_perm("awards.sign_decision", is_chair)
rules.add_perm("awards.publish_decision", is_office)

register_paper("submission", "awards.view_proposal")
register_paper("decision", "awards.view_decision")
