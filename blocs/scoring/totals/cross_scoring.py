"""Who scores whom: every sheet gets the same number of scorers, and the work is shared evenly."""

from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass, field

Allowed = dict[Hashable, list[Hashable]]


@dataclass(frozen=True)
class CrossScoring:
    """The scorers of each unit's sheet; when `problems` says why not, there are none."""

    scorers: dict[Hashable, tuple[Hashable, ...]] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    @property
    def loads(self) -> dict[Hashable, int]:
        """How many sheets each scorer has."""
        found: dict[Hashable, int] = {}
        for scorers in self.scorers.values():
            for scorer in scorers:
                found[scorer] = found.get(scorer, 0) + 1
        return found


def cross_scoring(
    units: Sequence[Hashable],
    per_sheet: int,
    conflicts: Collection[Collection[Hashable]] = (),
    *,
    scorers: Sequence[Hashable] | None = None,
    name: Callable[[Hashable], str] = str,
) -> CrossScoring:
    """`per_sheet` scorers for every unit's sheet, nobody scoring itself or a conflicting unit.

    `conflicts` are pairs that must not score each other; `scorers` limits who scores (default:
    all units). Loads differ by at most 1. The same input gives the same matrix. If there is no
    such matrix, `problems` says why in Vietnamese.
    """
    chosen = tuple(units if scorers is None else scorers)
    excluded = {frozenset(pair) for pair in conflicts}
    allowed = {
        scorer: [
            unit
            for unit in _after(scorer, units)
            if unit != scorer and frozenset((scorer, unit)) not in excluded
        ]
        for scorer in chosen
    }
    problems = _problems(units, per_sheet, allowed, name)
    if problems:
        return CrossScoring(problems=tuple(problems))
    assigned = _assigned(units, per_sheet, allowed)
    if assigned is None:
        return CrossScoring(
            problems=(
                f"Không chia được {per_sheet} đơn vị chấm mỗi phiếu mà khối lượng vẫn đều nhau: "
                "có quá nhiều cặp đơn vị không được chấm nhau.",
            )
        )
    order = {scorer: place for place, scorer in enumerate(chosen)}
    return CrossScoring(
        {unit: tuple(sorted(assigned[unit], key=order.__getitem__)) for unit in units}
    )


def _after(scorer: Hashable, units: Sequence[Hashable]) -> list[Hashable]:
    """All units, beginning behind the scorer, so that the work spreads round the list."""
    start = units.index(scorer) + 1 if scorer in units else 0
    return [*units[start:], *units[:start]]


def _problems(
    units: Sequence[Hashable], per_sheet: int, allowed: Allowed, name: Callable[[Hashable], str]
) -> list[str]:
    if per_sheet < 1:
        return ["Mỗi phiếu cần ít nhất 1 đơn vị chấm."]
    if len(units) < 2:
        return ["Cần ít nhất 2 đơn vị để chấm chéo."]
    found = []
    for unit in units:
        count = sum(unit in sheets for sheets in allowed.values())
        if count < per_sheet:
            found.append(
                f"Phiếu của “{name(unit)}” chỉ có {count} đơn vị được chấm, "
                f"trong khi cần {per_sheet}."
            )
    fewest = len(units) * per_sheet // len(allowed) if allowed else 0
    for scorer, sheets in allowed.items():
        if len(sheets) < fewest:
            found.append(
                f"“{name(scorer)}” chỉ được chấm {len(sheets)} phiếu, "
                f"trong khi mỗi đơn vị phải chấm ít nhất {fewest}."
            )
    return found


def _assigned(
    units: Sequence[Hashable], per_sheet: int, allowed: Allowed
) -> dict[Hashable, set[Hashable]] | None:
    """A flow in two rounds: everybody gets the lower load, then some get one more.

    An augmenting path never takes work away from a scorer, so the lower load stays reached.
    """
    assigned: dict[Hashable, set[Hashable]] = {unit: set() for unit in units}
    fewest, more = divmod(len(units) * per_sheet, len(allowed))
    for scorer in allowed:
        for _ in range(fewest):
            if not _augment(scorer, assigned, per_sheet, allowed, set()):
                return None
    for scorer in allowed:
        if more and _augment(scorer, assigned, per_sheet, allowed, set()):
            more -= 1
    return None if more else assigned


def _augment(
    scorer: Hashable,
    assigned: dict[Hashable, set[Hashable]],
    per_sheet: int,
    allowed: Allowed,
    tried: set[Hashable],
) -> bool:
    """Give the scorer one more sheet, moving others to different sheets where needed."""
    for unit in allowed[scorer]:
        if unit in tried or scorer in assigned[unit]:
            continue
        tried.add(unit)
        if len(assigned[unit]) < per_sheet:
            assigned[unit].add(scorer)
            return True
        for other in sorted(assigned[unit], key=list(allowed).index):
            if _augment(other, assigned, per_sheet, allowed, tried):
                assigned[unit].remove(other)
                assigned[unit].add(scorer)
                return True
    return False
