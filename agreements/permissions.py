"""Who may do what with the bloc's agreement. One line per right."""

import rules

from agreements.enums import AgreementState
from blocs.units.permissions import is_office, is_province
from blocs.years.permissions import (
    is_bloc_deputy,
    is_bloc_head,
    is_bloc_secretary,
    leads_a_member,
    takes_part,
)
from thidua.papers.registry import register_paper


@rules.predicate
def is_circulated(user, agreement):
    return bool(agreement) and agreement.state != AgreementState.DRAFT


rules.add_perm(
    "agreements.view_agreement",
    is_bloc_secretary
    | is_bloc_head
    | is_bloc_deputy
    | (is_circulated & (takes_part | is_province)),
)
rules.add_perm("agreements.draft_agreement", is_bloc_secretary | is_bloc_head)
rules.add_perm("agreements.circulate_agreement", is_bloc_secretary | is_bloc_head)
rules.add_perm("agreements.sign_agreement", leads_a_member)
rules.add_perm("agreements.effect_agreement", is_bloc_head | is_office)
# A scan beside what is in force; a paper that brings it into force needs the right for that.
rules.add_perm("agreements.record_copy", is_bloc_secretary | is_bloc_head | is_office)
rules.add_perm("agreements.close_agreement", is_bloc_head)

register_paper("agreement", "agreements.view_agreement")
register_paper("agreement_addition", "agreements.view_agreement")
