"""What became of units whose order the tie rules leave to people, told by the app above."""

from collections.abc import Callable
from dataclasses import dataclass

from blocs.years.models import BlocYear
from thidua.common.registry import Registry


@dataclass(frozen=True)
class ChosenUnits:
    """What people chose between equal units, as a sentence, and the names it was between."""

    sentence: str
    names: frozenset[str]


# Each takes a bloc year and a reader and gives the choices that this reader may know.
CHOICES: Registry[Callable[[BlocYear, object], list[ChosenUnits]]] = Registry()


def choices_between(bloc_year: BlocYear, reader: object) -> list[ChosenUnits]:
    """All choices between equal units of the year that the reader may know."""
    return [choice for told in CHOICES for choice in told(bloc_year, reader)]
