"""A rule of clauses as flat rows that a form and a spreadsheet can hold, and back."""

from collections.abc import Mapping, Sequence
from typing import Any

from blocs.scoring.terms.numbers import RuleError
from blocs.scoring.terms.rule_texts import bands_of, bands_text, conditions_of, conditions_text

Rows = list[dict[str, str]]
FACT_KEYS = ("key", "label", "type", "unit")
ITEM_NUMBERS = ("points", "over", "each", "cap")


def facts_rows(rule: Mapping[str, Any]) -> Rows:
    """The facts to be asked for, one in a row."""
    return [
        {key: str(fact.get(key) or "") for key in FACT_KEYS} for fact in rule.get("facts") or ()
    ]


def computed_rows(rule: Mapping[str, Any]) -> Rows:
    """The figures worked out from two facts, one in a row."""
    return [
        {
            "key": str(fact.get("key") or ""),
            "label": str(fact.get("label") or ""),
            "above": str((fact.get("ratio") or ["", ""])[0]),
            "below": str((fact.get("ratio") or ["", ""])[1]),
            "times": _stored(fact, "times"),
        }
        for fact in rule.get("computed") or ()
    ]


def part_rows(rule: Mapping[str, Any]) -> Rows:
    """The parts in their order; their items stand in `item_rows` under the number of the part."""
    return [
        {
            "part": str(place),
            "if": conditions_text(part.get("if") or ()),
            "choose": str(part.get("choose") or ""),
            "cap": _stored(part, "cap"),
            "bonus": "có" if part.get("bonus") else "",
            "needs_full": "có" if part.get("needs_full") else "",
        }
        for place, part in enumerate(rule.get("parts") or (), start=1)
    ]


def item_rows(rule: Mapping[str, Any]) -> Rows:
    """Every item of every part, with the number of its part."""
    return [
        {"part": str(place), **_item_row(item)}
        for place, part in enumerate(rule.get("parts") or (), start=1)
        for item in part.get("items") or ()
    ]


def _item_row(item: Mapping[str, Any]) -> dict[str, str]:
    return {
        "if": conditions_text(item.get("if") or ()),
        "per": str(item.get("per") or ""),
        **{key: _stored(item, key) for key in ITEM_NUMBERS},
        "of": str(item.get("of") or ""),
        "bands": bands_text(item.get("bands") or (), "; "),
    }


def _stored(row: Mapping[str, Any], key: str) -> str:
    return "" if row.get(key) is None else str(row[key])


def rule_of_rows(
    facts: Sequence[Mapping[str, str]],
    computed: Sequence[Mapping[str, str]],
    parts: Sequence[Mapping[str, str]],
    items: Sequence[Mapping[str, str]],
) -> dict[str, Any]:
    """The rule that these rows say; numbers are decimal strings already.

    RuleError names the row that cannot be read. Whether the rule makes sense, `check_leaf` says.
    """
    rule: dict[str, Any] = {"facts": [_stated(row, FACT_KEYS) for row in facts]}
    if computed:
        rule["computed"] = [_computed(row) for row in computed]
    found: dict[str, dict[str, Any]] = {}
    for row in parts:
        if row.get("part", "") in found:
            raise RuleError(f"Phần số “{row.get('part')}” được ghi hai lần.")
        found[row.get("part", "")] = _part(row)
    for row in items:
        if row.get("part", "") not in found:
            raise RuleError(
                f"Có quy định ghi thuộc phần “{row.get('part')}”, mà không có phần này."
            )
        found[row["part"]]["items"].append(_item(row))
    return rule | {"parts": list(found.values())}


def _stated(row: Mapping[str, str], keys: Sequence[str]) -> dict[str, Any]:
    return {key: row[key] for key in keys if row.get(key)}


def _computed(row: Mapping[str, str]) -> dict[str, Any]:
    ratio = [row.get("above", ""), row.get("below", "")]
    return _stated(row, ("key", "label")) | {"ratio": ratio} | _stated(row, ("times",))


def _part(row: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {"if": conditions_of(row["if"])} if row.get("if") else {}
    found |= _stated(row, ("choose", "cap"))
    found |= {key: True for key in ("bonus", "needs_full") if row.get(key)}
    return found | {"items": []}


def _item(row: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {"if": conditions_of(row["if"])} if row.get("if") else {}
    found |= _stated(row, ("per", *ITEM_NUMBERS, "of"))
    return found | ({"bands": bands_of(row["bands"])} if row.get("bands") else {})
