"""Who may do what with scoring tables. One line per right."""

import rules

from blocs.units.permissions import is_office, is_province
from blocs.years.permissions import (
    edits_a_member,
    is_bloc_head,
    is_bloc_secretary,
    leads_a_member,
    takes_part,
)

# Rules and scoring table
rules.add_perm("criteria.view_table", is_province | takes_part)
rules.add_perm("criteria.comment_table", edits_a_member | leads_a_member)
rules.add_perm("criteria.draft_table", is_bloc_secretary | is_bloc_head | is_office)
rules.add_perm("criteria.publish_table", is_office)
