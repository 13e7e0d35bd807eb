"""Which rules people may set in fields, and which only the office writes as data."""

from collections.abc import Mapping
from typing import Any

from blocs.domain.clause_rows import computed_rows, facts_rows, item_rows, part_rows
from blocs.domain.scoring import GROUP, KINDS

ROWS = ("levels", "bands", "facts", "computed", "parts")


def is_ordinary(kind: str, rule: Mapping[str, Any]) -> bool:
    """Whether the fields of the kind's form can show this rule whole."""
    if kind == GROUP:
        return True
    if kind not in KINDS or not all(_are_rows(rule.get(key)) for key in ROWS):
        return False
    try:
        for rows in (facts_rows, computed_rows, part_rows, item_rows):
            rows(rule)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        # A rule from a file may have any shape; then it is shown as data.
        return False
    return True


def _are_rows(value: object) -> bool:
    if value is None:
        return True
    return isinstance(value, list) and all(isinstance(row, Mapping) for row in value)
