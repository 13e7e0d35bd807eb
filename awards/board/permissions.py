"""Who may do what with the lines before the award board. One line per right."""

import rules

from awards.proposals.permissions import is_before_council, is_with_province, writes_for_bloc
from blocs.units.permissions import is_chair, is_council, is_office

rules.add_perm("board.appraise_item", is_with_province & is_office)
rules.add_perm("board.suspend_item", is_with_province & is_office)
rules.add_perm("board.forward_item", is_with_province & is_office)
rules.add_perm("board.note_item", writes_for_bloc | (is_with_province & is_office))
rules.add_perm("board.give_opinion", is_before_council & (is_council | is_chair))
rules.add_perm("board.close_council", is_chair)
