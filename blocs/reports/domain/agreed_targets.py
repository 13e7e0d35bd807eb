"""Which leaf of a scoring table a target of the year's agreement is meant for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from thidua.common.vietnamese.text import tone_key


@dataclass(frozen=True)
class AgreedTarget:
    """One target that all units of the bloc signed; `leaf` is the path of a leaf, or empty."""

    name: str
    planned: Decimal
    leaf: str = ""


def targets_by_leaf(
    targets: Iterable[AgreedTarget], leaves: Mapping[str, str]
) -> dict[str, Decimal]:
    """The agreed figure of each leaf (`leaves`: names by path) that a target is meant for.

    A target names its leaf, else it belongs to the one leaf of the same name; where two leaves
    bear that name, or two targets mean one leaf, nobody can say, and there is none.
    """
    by_name: dict[str, list[str]] = {}
    for path, name in leaves.items():
        by_name.setdefault(tone_key(name), []).append(path)
    found: dict[str, list[Decimal]] = {}
    for target in targets:
        same = by_name.get(tone_key(target.name), [])
        path = target.leaf or (same[0] if len(same) == 1 else "")
        if path in leaves:
            found.setdefault(path, []).append(target.planned)
    return {path: figures[0] for path, figures in found.items() if len(set(figures)) == 1}
