"""The list of what the product is made of (CycloneDX 1.6): `python -m tools.parts [FILE]`.

Packages come from the lock, with its hashes; licences from what is installed; files of others that
the browser or a paper gets from static/vendor/VENDORED.md. The same tree gives the same bytes: no
time, no random number, everything in order. Imports nothing of the product.
"""

import hashlib
import json
import re
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from itertools import groupby
from pathlib import Path
from urllib.parse import quote
from uuid import UUID, uuid5

from tools.locked import Pin, pins_of

ROOT = Path(__file__).resolve().parents[1]
VENDORED = re.compile(
    r"^\| (?P<name>[^|]+) \| (?P<version>[^|]+) \| (?P<licence>[^|]+) \| (?P<path>[^|]+)"
    r" \| (?P<sum>[0-9a-f]{64}) \| (?P<origin>[^|]+) \|$",
    re.MULTILINE,
)
NAMESPACE = UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")  # RFC 4122: names that are addresses


def licences_of(pin: Pin) -> list[dict]:
    """What the installed package says of its licence; nothing of another version."""
    try:
        told = metadata(pin.name)
    except PackageNotFoundError:
        return []
    if told["Version"] != pin.version:
        return []
    if expression := told.get("License-Expression"):
        return [{"expression": expression}]
    classified = [c for c in told.get_all("Classifier") or [] if c.startswith("License ::")]
    names = [c.rpartition(" :: ")[2] for c in classified] or [told.get("License") or ""]
    return [{"license": {"name": name}} for name in names if name and "\n" not in name]


def locked_part(pin: Pin) -> dict:
    """One locked package; the hashes are those of its files in the registry."""
    purl = f"pkg:pypi/{pin.name}@{pin.version}"
    part = {"type": "library", "bom-ref": purl, "name": pin.name, "version": pin.version}
    part |= {"scope": "optional" if pin.marker else "required", "purl": purl}
    if licences := licences_of(pin):
        part["licenses"] = licences
    hashes = [{"alg": "SHA-256", "content": content} for content in sorted(pin.hashes)]
    part["externalReferences"] = [{"type": "distribution", "url": purl, "hashes": hashes}]
    if pin.marker:
        part["properties"] = [{"name": "thidua:condition", "value": pin.marker}]
    return part


def vendored_parts(table: str) -> list[dict]:
    """Parts of others kept in static/, each with its files and their hashes."""
    rows = sorted(VENDORED.finditer(table), key=lambda row: (row["name"], row["path"]))
    return [vendored_part(list(files)) for _, files in groupby(rows, key=lambda row: row["name"])]


def vendored_part(files: list[re.Match]) -> dict:
    """One part of others; where it comes from is kept as it is written."""
    row = files[0]
    kind = "npm" if row["origin"].startswith("npm ") else "generic"
    purl = f"pkg:{kind}/{quote(row['name'])}@{row['version']}"
    return {
        "type": "library",
        "bom-ref": purl,
        "name": row["name"],
        "version": row["version"],
        "scope": "required",
        "licenses": [{"license": {"id": row["licence"]}}],
        "purl": purl,
        "properties": [{"name": "thidua:origin", "value": row["origin"]}],
        "components": [
            {
                "type": "file",
                "bom-ref": f"static/{file['path']}",
                "name": f"static/{file['path']}",
                "hashes": [{"alg": "SHA-256", "content": file["sum"]}],
            }
            for file in files
        ],
    }


def bill(root: Path) -> dict:
    """The whole list; its number is made of its content, so that equal lists have equal numbers."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    locked = [locked_part(pin) for pin in pins_of(root / "requirements/base.txt")]
    table = (root / "static/vendor/VENDORED.md").read_text(encoding="utf-8")
    parts = sorted([*locked, *vendored_parts(table)], key=lambda part: part["purl"])
    made = {"type": "application", "bom-ref": project["name"]}
    made |= {key: project[key] for key in ("name", "version", "description")}
    content = json.dumps([made, parts], sort_keys=True)
    number = uuid5(NAMESPACE, hashlib.sha256(content.encode()).hexdigest())
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{number}",
        "version": 1,
        "metadata": {"component": made},
        "components": parts,
    }


def main(file: str = "var/parts.cdx.json") -> int:
    """Write the list and say how much is in it."""
    whole = bill(ROOT)
    target = Path(file)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(whole, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    unlicensed = [part["name"] for part in whole["components"] if "licenses" not in part]
    told = f"{target}: {len(whole['components'])} thành phần."
    if unlicensed:
        told += f" Chưa đọc được giấy phép (không cài trên máy này): {', '.join(unlicensed)}."
    sys.stdout.write(told + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
