"""How much is written: provinces, blocs and their sizes, years, lines of a table."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import cycle, islice

from blocs.states import YearState
from thidua.demo.data import read_data

DATA = read_data("scale")
NAMES = DATA["names"]
LAST_YEAR = 2026
# In the last year the large blocs stand where most is read: sheets come in, the ranking is read.
OF_LARGE = (YearState.CLOSING, YearState.RANKED)


@dataclass(frozen=True)
class BlocShape:
    """A bloc of `size` units, and how far it has come in the last year."""

    size: int
    state: YearState


@dataclass(frozen=True)
class Shape:
    """What `scale_data` writes; the same shape and seed give the same rows."""

    provinces: int = 1
    years: int = 10
    leaves: int = 60
    seed: int = 1
    large: tuple[int, ...] = tuple(DATA["province"]["large"])
    blocs: int = DATA["province"]["blocs"]
    sizes: tuple[int, ...] = tuple(DATA["province"]["sizes"])

    @property
    def of_province(self) -> list[BlocShape]:
        """The blocs of each province: the large ones, then all states in turn."""
        large = map(BlocShape, self.large, OF_LARGE)
        return [*large, *islice(self._others(), self.blocs)]

    @property
    def closed_years(self) -> range:
        """The years that are over and kept; the last one is in work."""
        return range(LAST_YEAR - self.years + 1, LAST_YEAR)

    def _others(self) -> Iterator[BlocShape]:
        # A state keeps its size, so that few patterns are needed.
        rows = [
            BlocShape(size, state)
            for size, state in zip(cycle(self.sizes), YearState, strict=False)
        ]
        return cycle(rows)


def shape_of(*, with_communes: bool = False, **numbers: int) -> Shape:
    """The shape of provinces of today, or of those that compare what belongs to communes, too."""
    row = DATA["communes" if with_communes else "province"]
    return Shape(
        large=tuple(row["large"]), blocs=row["blocs"], sizes=tuple(row["sizes"]), **numbers
    )


def drawn(seed: int, *about: object) -> int:
    """A number that looks drawn by lot, the same for the same seed and thing."""
    text = ":".join(map(str, (seed, *about)))
    return int.from_bytes(sha256(text.encode()).digest()[:8])
