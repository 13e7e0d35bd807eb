"""A scoring table as a file of criteria-table/1, and the fingerprint of that file."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from blocs.criteria.models.criteria import ScoringTable
from blocs.criteria.models.tree import Tree, rules_of, tree_of
from blocs.scoring import Disqualifier, TableRules
from blocs.scoring.totals.table_json import SCHEMA
from blocs.scoring.totals.tables import Node, Table, from_json, to_json

# A criterion says it in a column of its own, a file beside the parameters of the rule.
EVIDENCE = "needs_evidence"
# The columns of the table itself; everything else of its rules is kept in `settings`.
OWN_COLUMNS = ("total_max", "bonus_cap")


def table_value(table: ScoringTable) -> Table:
    """The stored table as the domain has it, for files and for copies."""
    return value_of(table, tree_of(table))


def value_of(table: ScoringTable, tree: Tree) -> Table:
    """The same of a table whose tree has been read already."""
    proved = {path for path, row in tree.rows.items() if row.needs_evidence}
    return Table(
        nodes=tuple(_filed(node, node.code, proved) for node in tree.nodes),
        rules=rules_of(table),
        title=table.title,
        disqualifiers=disqualifiers_of(table),
    )


def table_file(table: ScoringTable) -> dict[str, Any]:
    """The whole table as one mapping; equal tables give equal mappings."""
    value = table_value(table)
    return to_json(value.nodes, value.rules, value.title, value.disqualifiers)


def _filed(node: Node, path: str, proved: set[str]) -> Node:
    # The database has 0 where the format leaves the maximum of bonus and deduction open.
    rule = dict(node.rule) | ({EVIDENCE: True} if path in proved else {})
    points = None if node.is_extra and not node.max_points else node.max_points
    children = tuple(_filed(child, f"{path}/{child.code}", proved) for child in node.children)
    return replace(node, rule=rule, max_points=points, children=children)


def fingerprint_of(data: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical JSON: sorted keys, no spaces, letters as they are."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def settings_of(rules: TableRules, disqualifiers: Sequence[Disqualifier] = ()) -> dict[str, Any]:
    """What `ScoringTable.settings` keeps of the summing rules; decimals as strings."""
    usual = TableRules()
    stated = {
        name: str(value) if isinstance(value, Decimal) else value
        for name, value in vars(rules).items()
        if name not in OWN_COLUMNS and value != getattr(usual, name)
    }
    rows = to_json((), disqualifiers=disqualifiers)["disqualifiers"]
    return stated | ({"disqualifiers": rows} if rows else {})


def disqualifiers_of(table: ScoringTable) -> tuple[Disqualifier, ...]:
    """The grounds on which a unit is out, as the table states them."""
    rows = table.settings.get("disqualifiers", [])
    return from_json({"schema": SCHEMA, "sections": [], "disqualifiers": rows}).disqualifiers
