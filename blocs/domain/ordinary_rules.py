"""Which rules people may set in ordinary fields, and which are written as data by the office."""

from collections.abc import Mapping
from typing import Any

from blocs.domain.scoring import GROUP, KINDS

RICH_KINDS = ("clauses",)


def is_ordinary(kind: str, rule: Mapping[str, Any]) -> bool:
    """Whether the fields of the kind's form say all that decides the points of this rule."""
    if kind == GROUP:
        return True
    if kind not in KINDS or kind in RICH_KINDS:
        return False
    if kind == "quantitative":
        return rule.get("formula", "proportional") == "proportional"
    return not rule.get("bands")
