"""Weights of the groups of one level: in percent, 100 together, of sums on one scale."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from blocs.scoring.terms.group_rules import group_rule
from blocs.scoring.terms.numbers import HUNDRED, ZERO, RuleError, show
from blocs.scoring.totals.tree import Node


@dataclass(frozen=True)
class Weighted:
    """A counted line of a level with its weight, and what its lines come to before it."""

    node: Node
    weight: Decimal | None

    @property
    def scale(self) -> Decimal:
        """What the lines below can give together."""
        below = (node.max_points or ZERO for node in self.node.children if not node.is_extra)
        return sum(below, ZERO)

    @property
    def name(self) -> str:
        return f"“{self.node.name}”"


def level_faults(nodes: Sequence[Node]) -> Iterator[str]:
    """Why the weights of one level cannot be applied; nothing where no group states one.

    Bonus and deduction lie outside, as they do in every sum of maxima.
    """
    yield from (
        f"“{node.name}” chỉ gồm điểm thưởng, điểm trừ nên không ghi tỷ trọng."
        for node in nodes
        if node.is_extra and _weight(node) is not None
    )
    counted = [Weighted(node, _weight(node)) for node in nodes if not node.is_extra]
    weights = [one.weight for one in counted if one.weight is not None]
    if not weights:
        return
    lacking = [one.name for one in counted if one.weight is None]
    if lacking:
        yield f"mọi nhóm cùng cấp phải ghi tỷ trọng; còn thiếu ở {', '.join(lacking)}."
        return
    if (found := sum(weights, ZERO)) != HUNDRED:
        told = " + ".join(f"{show(one)}%" for one in weights)
        yield f"tỷ trọng các nhóm cộng lại là {told} = {show(found)}%, phải bằng 100%."
    if len({one.scale for one in counted}) > 1:
        told = "; ".join(f"{one.name} {show(one.scale)}" for one in counted)
        yield (
            "các nhóm tính theo tỷ trọng phải chấm cùng một thang điểm trước khi nhân, hiện là: "
            f"{told}."
        )


def _weight(node: Node) -> Decimal | None:
    """The weight a group states; a rule that cannot be read is told at its own line."""
    try:
        return group_rule(node.rule).weight if node.is_group else None
    except RuleError:
        return None
