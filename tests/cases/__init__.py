"""Real cases of public record, as data; see README.md for where they come from."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def case(name: str) -> dict[str, Any]:
    """One case by the beginning of its file name; its numbers are exact."""
    (path,) = FOLDER.glob(f"{name}*.json")
    return json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
