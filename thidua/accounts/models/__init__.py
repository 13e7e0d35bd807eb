"""Who signs in, and by what else than a password."""

from thidua.accounts.models.devices import Authenticator, SpareCode, SpareCodes
from thidua.accounts.models.users import User, UserManager

__all__ = ("Authenticator", "SpareCode", "SpareCodes", "User", "UserManager")
