"""The hash of one line in the chain; no database here, so that anybody can compute it again."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC
from typing import Any

# What the hash of a line holds: every column of it.
COLUMNS = (
    "id",
    "at",
    "actor_id",
    "actor_name",
    "action",
    "label",
    "subject_type_id",
    "subject_id",
    "subject_name",
    "from_state",
    "to_state",
    "note",
    "changes",
)
# What stands before the first line.
BEGINNING = "0" * 64


def digest_of(before: str, row: Mapping[str, Any]) -> str:
    """SHA-256 over the hash before and all columns of the line, as 64 hexadecimal digits."""
    told = [before, *(row[name] for name in COLUMNS)]
    told[1 + COLUMNS.index("at")] = row["at"].astimezone(UTC).isoformat(timespec="microseconds")
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
