"""Scoring tables as files of the format criteria-table/1, each with its source."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def criteria(name: str) -> dict[str, Any]:
    """One table by the beginning of its file name; its numbers are exact."""
    (path,) = FOLDER.glob(f"{name}*.json")
    return json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
