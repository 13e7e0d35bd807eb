"""Who may do what with decisions. One line per right."""

import rules

from awards.decisions.enums import DecisionState
from awards.decisions.models import Decision
from blocs.units.permissions import has_seat, is_chair, oversees, runs_all
from thidua.papers.registry import register_paper


@rules.predicate
def is_published(user, obj):
    return isinstance(obj, Decision) and obj.state == DecisionState.PUBLISHED


# Decision of the Chairman
rules.add_perm("decisions.list_decision", has_seat)
rules.add_perm("decisions.view_decision", is_published | oversees | is_chair)
rules.add_perm("decisions.draft_decision", runs_all)
rules.add_perm("decisions.sign_decision", is_chair)
rules.add_perm("decisions.publish_decision", runs_all)
register_paper("decision", "decisions.view_decision")
