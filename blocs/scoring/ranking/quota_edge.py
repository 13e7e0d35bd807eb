"""Who stands within the quota of a bloc, and who is equal over its last place.

Software never chooses between equals: units of one place that are more than the awards left are
a question to people. What they chose comes in as an answer, and the rest follows from it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True)
class RankedPlace:
    """A ranked unit that may be proposed; some may have every award but the flag."""

    unit: int
    place: int
    may_have_flag: bool = True


@dataclass(frozen=True)
class Tie:
    """Units of one place over the `seats` awards that are left: fewer than units, at least 1."""

    is_flag: bool
    place: int
    units: frozenset[int]
    seats: int


@dataclass(frozen=True)
class Shares:
    """Who gets a flag, who a certificate, best first, and between whom people choose.

    `ties` holds the answered ones, too; `open_ties` those without an answer.
    """

    flags: tuple[int, ...] = ()
    certificates: tuple[int, ...] = ()
    ties: tuple[Tie, ...] = ()
    open_ties: tuple[Tie, ...] = ()


@dataclass(frozen=True)
class _Edge:
    inside: tuple[int, ...] = ()
    tie: Tie | None = None


def share_awards(
    standings: Sequence[RankedPlace],
    flags: int,
    certificates: int | None,
    answers: Mapping[Tie, Collection[int]],
) -> Shares:
    """The awards of a bloc by its places; `standings` come best first.

    `flags` and `certificates` are the most the bloc may propose, None: no limit. Units without a
    flag go on to the certificates. While a tie over the flag is open, its losers are nobody yet:
    they use up certificates, but none of them is named.
    """
    able = [one for one in standings if one.may_have_flag]
    first = _edge(able, flags, is_flag=True)
    winners = (*first.inside, *_chosen(first.tie, answers))
    waiting = first.tie if first.tie not in answers else None
    rest = [one for one in standings if one.unit not in winners]
    second = _edge(rest, certificates, is_flag=False, waiting=waiting)
    ties = tuple(tie for tie in (first.tie, second.tie) if tie)
    return Shares(
        flags=winners,
        certificates=(*second.inside, *_chosen(second.tie, answers)),
        ties=ties,
        open_ties=tuple(tie for tie in ties if tie not in answers),
    )


def _edge(
    standings: Sequence[RankedPlace],
    limit: int | None,
    *,
    is_flag: bool,
    waiting: Tie | None = None,
) -> _Edge:
    """The units within the limit; the tier that does not fit into what is left is a tie."""
    inside: list[int] = []
    left = len(standings) if limit is None else limit
    unknown = waiting.units if waiting else frozenset()
    for place, units in _tiers(standings):
        has_unknown = not unknown.isdisjoint(units)
        size = len(units) - (waiting.seats if waiting and has_unknown else 0)
        if size > left:
            is_open = left > 0 and not has_unknown
            tie = Tie(is_flag, place, frozenset(units), left) if is_open else None
            return _Edge(tuple(inside), tie)
        inside += [unit for unit in units if unit not in unknown]
        left -= size
    return _Edge(tuple(inside))


def _tiers(standings: Sequence[RankedPlace]) -> Iterator[tuple[int, list[int]]]:
    for place, tier in groupby(standings, key=lambda one: one.place):
        yield place, [one.unit for one in tier]


def _chosen(tie: Tie | None, answers: Mapping[Tie, Collection[int]]) -> tuple[int, ...]:
    """The answer in the order of the units' keys; nobody while there is none."""
    return tuple(sorted(answers.get(tie, ()))) if tie else ()
