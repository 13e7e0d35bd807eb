"""How far a seat of the province reaches: to every bloc, to some, or to none."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Reach:
    """The blocs a person may see, or act for; `everywhere` is also what concerns no bloc."""

    everywhere: bool = False
    blocs: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.blocs)

    def __or__(self, other: "Reach") -> "Reach":
        return Reach(self.everywhere or other.everywhere, self.blocs | other.blocs)

    def covers(self, bloc: int | None) -> bool:
        """Whether it reaches what is of this bloc; None: of no bloc, or of several."""
        return self.everywhere or bloc in self.blocs


NOWHERE, EVERYWHERE = Reach(), Reach(everywhere=True)


def reach_of(limits: Iterable[Iterable[int]]) -> Reach:
    """The reach of seats with these limits together; a seat without a limit reaches everything."""
    found = NOWHERE
    for blocs in limits:
        only = frozenset(blocs)
        found |= Reach(blocs=only) if only else EVERYWHERE
    return found
