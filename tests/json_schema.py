"""As much of JSON Schema as our published descriptions use, to hold what we write against them."""

import re

TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
    "null": type(None),
}


def faults(value, rule, root, where="$"):
    """Where a value breaks the rule; references lead into `root`."""
    if "$ref" in rule:
        found = root
        for name in rule["$ref"].removeprefix("#/").split("/"):
            found = found[name]
        return faults(value, found, root, where)
    if "anyOf" in rule:
        tried = [faults(value, one, root, where) for one in rule["anyOf"]]
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
        return [
            one for at, row in rows for one in faults(row, rule["items"], root, f"{where}[{at}]")
        ]
    return members(value, rule, root, where) if isinstance(value, dict) else []


def members(value, rule, root, where):
    found = [f"{where}: {key} is missing" for key in rule.get("required", ()) if key not in value]
    for key, inner in value.items():
        other = rule.get("additionalProperties", {})
        known = rule.get("properties", {}).get(key, other)
        if known is False:
            found.append(f"{where}: {key} is not known")
        elif known:
            found += faults(inner, known, root, f"{where}.{key}")
    return found
