"""What higher apps say must be settled before a year goes on."""

from collections.abc import Callable

from blocs.years.models.years import BlocYear
from thidua.common.registry import Registry

# Each gives sentences, none where nothing is open.
HOLDS: Registry[Callable[[BlocYear], list[str]]] = Registry()
