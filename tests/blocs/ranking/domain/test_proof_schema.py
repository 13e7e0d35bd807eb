"""The published schema says what a proof file is, to the last key."""

import json
import re
from pathlib import Path

from blocs.ranking.domain.proof import write_proof
from tests.factories.random_blocs import random_bloc

SCHEMA = json.loads(
    (Path(__file__).parents[4] / "docs/ranking-proof.schema.json").read_text(encoding="utf-8")
)
TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
    "null": type(None),
}


def faults(value, rule, where="$"):
    """Where a value breaks the rule; as much of JSON Schema as the file uses."""
    if "$ref" in rule:
        return faults(value, SCHEMA["$defs"][rule["$ref"].rpartition("/")[2]], where)
    if "anyOf" in rule:
        tried = [faults(value, one, where) for one in rule["anyOf"]]
        return [] if [] in tried else [f"{where}: none of the alternatives"]
    if "const" in rule or "enum" in rule:
        return [] if value in rule.get("enum", [rule.get("const")]) else [f"{where}: {value}"]
    if type(value) is not TYPES[rule["type"]]:
        return [f"{where}: {type(value).__name__} instead of {rule['type']}"]
    if isinstance(value, str):
        fits = re.search(rule.get("pattern", ""), value)
        return [] if fits else [f"{where}: {value}"]
    if isinstance(value, list):
        rows = enumerate(value) if "items" in rule else ()
        return [one for at, row in rows for one in faults(row, rule["items"], f"{where}[{at}]")]
    return members(value, rule, where) if isinstance(value, dict) else []


def members(value, rule, where):
    found = [f"{where}: {key} is missing" for key in rule.get("required", ()) if key not in value]
    for key, inner in value.items():
        other = rule.get("additionalProperties", {})
        known = rule.get("properties", {}).get(key, other)
        if known is False:
            found.append(f"{where}: {key} is not known")
        elif known:
            found += faults(inner, known, f"{where}.{key}")
    return found


def test_written_proofs_follow_the_schema():
    assert [faults(write_proof(random_bloc(seed)), SCHEMA) for seed in range(60)] == [[]] * 60


def test_the_schema_sees_what_is_wrong():
    data = write_proof(random_bloc(1))
    data["units"][0]["result"]["place"] = "1"
    data["rules"]["extra"] = 1
    del data["bloc"]
    assert faults(data, SCHEMA) == [
        "$: bloc is missing",
        "$.rules: extra is not known",
        "$.units[0].result.place: none of the alternatives",
    ]
