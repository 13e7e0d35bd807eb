"""Who may do what with a conference and its counts. One line per right."""

import rules

from blocs.units.permissions import is_office, is_province, leads_unit
from blocs.years.permissions import (
    is_bloc_deputy,
    is_bloc_head,
    is_bloc_secretary,
    is_of_member,
    takes_part,
)
from thidua.papers.registry import register_paper

# Conference, votes, minutes
rules.add_perm("conferences.view_conference", is_province | takes_part)
rules.add_perm("conferences.write_conference", is_bloc_secretary | is_bloc_head | is_bloc_deputy)
rules.add_perm("conferences.name_delegate", leads_unit & is_of_member)
rules.add_perm("conferences.record_ballot", is_bloc_secretary)
rules.add_perm("conferences.confirm_count", is_bloc_head | is_bloc_deputy)
rules.add_perm("conferences.sign_minutes", is_bloc_head)
# Minutes signed by hand are recorded by whoever has the paper; the sheets are agreed with them.
rules.add_perm(
    "conferences.record_minutes",
    is_bloc_secretary | is_bloc_head | is_bloc_deputy | is_office,
)
register_paper("minutes", "conferences.view_conference")
register_paper("counting_minutes", "conferences.view_conference")
