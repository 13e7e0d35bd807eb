"""Which rules people may set in fields, and which only the office writes as data."""

from collections.abc import Mapping
from typing import Any

from blocs.scoring import GROUP, KINDS


def is_ordinary(kind: str, rule: Mapping[str, Any]) -> bool:
    """Whether the fields of the kind's form can show this rule whole."""
    return kind == GROUP or (kind in KINDS and KINDS[kind].is_ordinary(rule))
