"""What rests on a unit that is about to go: told by the apps above before anything is written."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from blocs.states import SeatRole
from blocs.units.models.blocs import Bloc
from blocs.units.models.units import Unit
from thidua.common.registry import Registry
from thidua.common.vietnamese.numbers import two_digits


@dataclass(frozen=True)
class Place:
    """Where a unit goes that moves: a bloc of the province, or out of it."""

    bloc: Bloc | None = None
    is_outside: bool = False


@dataclass(frozen=True)
class Leaving:
    """A unit that leaves these blocs from a day on, how, and who takes its place.

    `ahead` are the units that go into the same successor before it, by the same act.
    """

    unit: Unit
    blocs: Iterable[Bloc]
    kind: str
    on: date
    successor: Unit | None = None
    ahead: Sequence[Unit] = ()


# Sentences about what would be touched.
LEAVING_EFFECTS: Registry[Callable[[Leaving], list[str]]] = Registry()


def leaving_effects(leaving: Leaving) -> list[str]:
    """Sentences about all that the unit leaves behind in these blocs; none where nothing."""
    return [sentence for tell in LEAVING_EFFECTS for sentence in tell(leaving)]


def people_left(unit: Unit) -> list[str]:
    """Who works for the unit and would only read from then on."""
    count = unit.seats.filter(ends_on=None, role__in=(SeatRole.EDITOR, SeatRole.LEADER)).count()
    said = f"{unit}: {two_digits(count)} người chỉ còn xem hồ sơ, không làm việc cho đơn vị nữa."
    return [said] if count else []


def blocs_left(unit: Unit) -> list[str]:
    """Of which blocs the unit would be no member from then on."""
    rows = unit.memberships.filter(ends_on=None).select_related("bloc").order_by("pk")
    return [f"{unit} rời {row.bloc}." for row in rows]
