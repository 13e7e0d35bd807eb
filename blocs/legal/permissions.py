"""Who keeps the catalogue of legal texts."""

import rules

from blocs.units.permissions import runs_all

rules.add_perm("legal.keep_legal_documents", runs_all)
