"""The total of points that people gave, whatever the rule of each leaf would have computed.

The sums, caps and scales of the table hold for appraised points as they do for the unit's own;
so the same arithmetic runs over the same tree, its leaves replaced by ones that take a number.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from blocs.domain.scoring import (
    Entry,
    Node,
    Part,
    SheetTotal,
    TableRules,
    sheet_total,
    walk,
)
from blocs.domain.scoring.numbers import ZERO

PLAIN = {
    "standard": "0",
    "facts": [{"key": "work"}, {"key": "bonus"}],
    "parts": [
        {"items": [{"points": "1", "per": "work"}]},
        {"bonus": True, "items": [{"points": "1", "per": "bonus"}]},
    ],
}


def given_total(
    nodes: Sequence[Node],
    points: Mapping[str, Decimal],
    rules: TableRules,
    not_applicable: Collection[str] = (),
    bonus: Mapping[str, Decimal] | None = None,
) -> SheetTotal:
    """Add up points by the path of their leaf under the rules of the table.

    Deductions are ≤ 0, as they are stored. `bonus` is the known share of a leaf of clauses that
    goes beyond its standard; unknown, it is what exceeds the maximum. Given points stand as they
    are: no step, no leaf waits for another. Points beat `not_applicable`, the paths that do not
    concern the unit.
    """
    by_path, shares = dict(walk(nodes)), bonus or {}
    entries = {path: Entry(not_applicable=True) for path in not_applicable}
    entries |= {
        path: _entry(by_path[path], value, shares.get(path)) for path, value in points.items()
    }
    plain = replace(rules, step=None, round_to_step=False)
    return sheet_total([_plain(node) for node in nodes], entries, plain)


def _plain(node: Node) -> Node:
    """The leaf as one that takes what it is given, counted in the same part of the sheet."""
    if node.is_group:
        return replace(node, children=tuple(_plain(child) for child in node.children))
    if node.part is not Part.WORK:
        return replace(node, rule={}, max_points=None)
    kept = {key: node.rule[key] for key in ("may_be_not_applicable",) if key in node.rule}
    return replace(node, kind="clauses", rule=PLAIN | kept)


def _entry(node: Node, points: Decimal, share: Decimal | None) -> Entry:
    if node.part is not Part.WORK:
        return Entry(value=abs(points))
    if share is None:
        share = ZERO
        if node.kind == "clauses":
            share = max(ZERO, points - (node.max_points or ZERO))
    return Entry(facts={"work": points - share, "bonus": share})
