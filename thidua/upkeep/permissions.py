"""Who sees how the machine is."""

import rules

from blocs.units.permissions import is_sysadmin, runs_all

rules.add_perm("upkeep.view_health", runs_all | is_sysadmin)
