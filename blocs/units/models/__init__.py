from blocs.units.models.blocs import Bloc, Membership
from blocs.units.models.requests import AccountRequest
from blocs.units.models.seats import Seat
from blocs.units.models.units import Unit, UnitSuccession

__all__ = [
    "AccountRequest",
    "Bloc",
    "Membership",
    "Seat",
    "Unit",
    "UnitSuccession",
]
