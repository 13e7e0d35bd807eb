"""Who signs in, and by what else than a password."""

from thidua.accounts.models.devices import Authenticator, SpareCode, SpareCodes
from thidua.accounts.models.identities import Identity
from thidua.accounts.models.users import User, UserManager

__all__ = ("Authenticator", "Identity", "SpareCode", "SpareCodes", "User", "UserManager")
