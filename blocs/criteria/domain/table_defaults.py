"""What a table from a file leaves unsaid, filled in where the reader of the file says so."""

from collections.abc import Sequence
from dataclasses import replace

from blocs.scoring import KINDS, Node


def with_formula(nodes: Sequence[Node], formula: str) -> tuple[Node, ...]:
    """The tree in which lines that lack a formula have this one; "" changes nothing."""
    return tuple(_filled(node, formula) for node in nodes)


def _filled(node: Node, formula: str) -> Node:
    kind = KINDS.get(node.kind)
    rule = kind.completed(node.rule, formula) if kind else node.rule
    return replace(node, rule=rule, children=with_formula(node.children, formula))
