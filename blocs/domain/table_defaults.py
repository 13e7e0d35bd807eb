"""What a table from a file leaves unsaid, filled in where the reader of the file says so."""

from collections.abc import Sequence
from dataclasses import replace

from blocs.domain.scoring import FORMULA_LABELS, Node

# The other formulas need parameters of their own at each line.
PLAIN_FORMULAS = ("proportional", "share_of_best", "relative_to_leader")
PLAIN_LABELS = {code: FORMULA_LABELS[code] for code in PLAIN_FORMULAS}


def with_formula(nodes: Sequence[Node], formula: str) -> tuple[Node, ...]:
    """The tree in which quantitative lines without a formula have this one; "" changes nothing."""
    return tuple(_filled(node, formula) for node in nodes)


def _filled(node: Node, formula: str) -> Node:
    rule = node.rule
    if formula and node.kind == "quantitative" and not rule.get("formula"):
        rule = {**rule, "formula": formula}
    return replace(node, rule=rule, children=with_formula(node.children, formula))
