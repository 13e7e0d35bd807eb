"""The scoring table as a tree, and the address of each of its nodes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from blocs.scoring.kinds.kinds import KINDS
from blocs.scoring.terms.values import Leaf, Part

GROUP = "group"


def kind_words(code: str) -> str:
    """The name of a way of scoring; groups have one too."""
    if code == GROUP:
        return "Nhóm tiêu chí"
    return KINDS[code].label if code in KINDS else f"Cách chấm “{code}” chưa được hỗ trợ"


@dataclass(frozen=True)
class Node:
    """A group or a leaf of the table; `max_points` is None where the table states none.

    `label` is the number as issued where that cannot be the code; None where it is the code.
    """

    code: str
    name: str
    kind: str = GROUP
    max_points: Decimal | None = None
    rule: Mapping[str, Any] = field(default_factory=dict)
    measure: str = ""
    children: tuple["Node", ...] = ()
    label: str | None = None

    @property
    def issued(self) -> str:
        """The number or bullet before the line as the table was issued; may be empty."""
        return self.code if self.label is None else self.label

    @property
    def is_group(self) -> bool:
        """Whether the node collects others instead of being scored."""
        return self.kind == GROUP

    @property
    def part(self) -> Part:
        """Where the points of this leaf count; groups count as work."""
        kind = KINDS.get(self.kind)
        return kind.part if kind else Part.WORK

    @property
    def is_extra(self) -> bool:
        """Bonus or deduction: a leaf of such a kind, or a group of nothing else."""
        if self.is_group:
            return bool(self.children) and all(child.is_extra for child in self.children)
        return self.part is not Part.WORK


def walk(nodes: Sequence[Node], above: str = "") -> Iterator[tuple[str, Node]]:
    """All nodes from the top down, each with its path of codes, such as “I/1/1.2”."""
    for node in nodes:
        path = f"{above}/{node.code}" if above else node.code
        yield path, node
        yield from walk(node.children, path)


def leaves(nodes: Sequence[Node]) -> dict[str, Leaf]:
    """Every scored line by its path, which is also the code of the leaf."""
    return {
        path: Leaf(path, node.kind, node.max_points, node.rule)
        for path, node in walk(nodes)
        if not node.is_group
    }


def with_formula(nodes: Sequence[Node], formula: str) -> tuple[Node, ...]:
    """The tree in which lines that lack a formula have this one; "" changes nothing."""
    return tuple(_filled(node, formula) for node in nodes)


def _filled(node: Node, formula: str) -> Node:
    kind = KINDS.get(node.kind)
    rule = kind.completed(node.rule, formula) if kind else node.rule
    return replace(node, rule=rule, children=with_formula(node.children, formula))
