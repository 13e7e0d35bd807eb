"""Frozen sheets: their fingerprint, and which leaves differ between two of them."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

FrozenRow = Mapping[str, Any]
# What two versions are compared by, in the order in which it is shown.
COMPARED = (
    ("answer", "Kết quả"),
    ("own", "Điểm tự chấm"),
    ("given", "Điểm thẩm định"),
    ("reason", "Lý do điều chỉnh"),
    ("note", "Thuyết minh"),
    ("files", "Minh chứng"),
)


@dataclass(frozen=True)
class FieldChange:
    """One value of a leaf before and after, as it was frozen."""

    field: str
    label: str
    before: Any
    after: Any


@dataclass(frozen=True)
class LeafChange:
    """A leaf that differs between two versions, by its number and name."""

    path: str
    label: str
    name: str
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True)
class RectifiedRow:
    """A leaf to correct: new appraised points, a new result; None leaves what is there."""

    criterion_id: int
    points: Decimal | None = None
    value: Decimal | None = None


def fingerprint(rows: Sequence[FrozenRow]) -> str:
    """SHA-256 of the rows as canonical JSON: keys in order, no idle spaces, UTF-8."""
    text = json.dumps(list(rows), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def compare_versions(
    before: Sequence[FrozenRow], after: Sequence[FrozenRow]
) -> tuple[LeafChange, ...]:
    """The leaves whose values differ, in the order of the newer version; gone ones come last."""
    old = {row["path"]: row for row in before}
    new = {row["path"]: row for row in after}
    found = []
    for path in (*new, *(path for path in old if path not in new)):
        row = new.get(path) or old[path]
        changes = changes_of(old.get(path, {}), new.get(path, {}))
        if changes:
            found.append(LeafChange(path, row["label"], row["name"], changes))
    return tuple(found)


def changes_of(before: FrozenRow, after: FrozenRow) -> tuple[FieldChange, ...]:
    """What differs in one leaf; a value that is not there counts as empty."""
    return tuple(
        FieldChange(field, label, old, new)
        for field, label in COMPARED
        if (old := before.get(field)) != (new := after.get(field)) and (old or new)
    )
