"""Who sees how the machine is."""

import rules

from blocs.units.permissions import is_office, is_sysadmin

rules.add_perm("upkeep.view_health", is_office | is_sysadmin)
