"""Who may let a program read in the own name, and who sees and ends the tokens of all.

A token is held by people of units and of the office alone: who decides (Chairman, council), who
looks for some days (auditors) and who sees no score (the administrator) have no system of theirs.
"""

import rules

from blocs.units.models.seats import standing_of
from blocs.units.permissions import is_sysadmin, runs_all


@rules.predicate
def works_on_blocs(user):
    """Works for a unit, or acts in the office, be it for some blocs alone."""
    standing = standing_of(user)
    return bool(standing.units or standing.runs)


@rules.predicate
def is_own_token(user, token):
    return token is not None and token.person_id == user.pk


# Asked when a token is made, and again at each request that shows it.
rules.add_perm("api.hold_token", works_on_blocs)
rules.add_perm("api.list_tokens", runs_all | is_sysadmin)
rules.add_perm("api.end_token", is_own_token | runs_all | is_sysadmin)
