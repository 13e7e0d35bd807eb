"""Who keeps the catalogue of legal texts."""

import rules

from blocs.units.permissions import is_office

rules.add_perm("legal.keep_legal_documents", is_office)
