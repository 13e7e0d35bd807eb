"""Who may see and settle a ranking. One line per right."""

import rules

from blocs.units.permissions import is_office, is_own_unit, is_province, oversees, sits_in_unit
from blocs.years.permissions import (
    is_bloc_deputy,
    is_bloc_head,
    is_bloc_people,
    is_bloc_secretary,
    takes_part,
)

rules.add_perm("ranking.view_ranking", is_province | takes_part)
# Before the conference has agreed the points.
rules.add_perm("ranking.view_provisional_ranking", is_bloc_people | oversees)
rules.add_perm(
    "ranking.settle_relative", is_bloc_secretary | is_bloc_head | is_bloc_deputy | is_office
)
# What changed below a sealed ranking: the head competes in it, so the office settles it.
rules.add_perm("ranking.settle_ranking", is_office)
# What minutes state without points: of an old year, of a bloc that agreed without a table.
rules.add_perm("ranking.state_results", is_office | is_bloc_secretary)
# Grounds on which a unit is out, held or limited: nobody records or lifts one of its own unit.
rules.add_perm("ranking.view_ground", sits_in_unit | is_bloc_people | oversees)
rules.add_perm("ranking.record_ground", is_office | (is_bloc_head & ~is_own_unit))
