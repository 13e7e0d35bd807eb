"""Frozen rows: the fingerprint is that of the values, and a comparison names every change."""

import hashlib

from blocs.reports.domain.sheet_versions import (
    FieldChange,
    LeafChange,
    compare_versions,
    fingerprint,
)


def row(path, **values):
    empty = {"answer": "", "own": None, "given": None, "reason": "", "note": "", "files": []}
    return {"path": path, "label": path, "name": f"Tiêu chí {path}"} | empty | values


def test_fingerprint_is_the_hash_of_canonical_json():
    text = '[{"a":"Điểm","b":"9.5"}]'
    expected = hashlib.sha256(text.encode()).hexdigest()
    assert fingerprint([{"b": "9.5", "a": "Điểm"}]) == expected
    assert fingerprint([{"a": "Điểm", "b": "9.5"}]) == expected
    assert fingerprint([{"a": "Điểm", "b": "9.50"}]) != expected


def test_comparison_names_leaf_and_field():
    before = [row("I/1", own="9"), row("I/2", own="5", given="5")]
    after = [row("I/1", own="9"), row("I/2", own="5", given="4.5", reason="Thiếu số liệu.")]
    assert compare_versions(before, after) == (
        LeafChange(
            "I/2",
            "I/2",
            "Tiêu chí I/2",
            (
                FieldChange("given", "Điểm thẩm định", "5", "4.5"),
                FieldChange("reason", "Lý do điều chỉnh", "", "Thiếu số liệu."),
            ),
        ),
    )
    assert compare_versions(after, after) == ()


def test_leaf_that_only_one_version_has_is_told():
    changes = compare_versions([row("A", own="1")], [row("B", own="2")])
    assert [(leaf.path, leaf.changes[0].before, leaf.changes[0].after) for leaf in changes] == [
        ("B", None, "2"),
        ("A", "1", None),
    ]
