"""What the apps above have to say on the page of a bloc."""

from collections.abc import Callable
from dataclasses import dataclass

from blocs.units.models.blocs import Bloc
from thidua.common.registry import Registry


@dataclass(frozen=True)
class BlocNote:
    """A sentence, and the page on which the office goes on from it."""

    sentence: str
    url: str


# Asked for the page of a bloc, of those who may change it.
BLOC_NOTES: Registry[Callable[[Bloc], list[BlocNote]]] = Registry()
