"""The forms of award a new office begins with, from `award_kinds.toml`: facts with their source."""

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

FILE = Path(__file__).parent / "award_kinds.toml"


def usual_kinds() -> Iterator[tuple[dict[str, object], str]]:
    """Fields of each form in the order of the file, and where its facts were read."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["kind"]
    for order, row in enumerate(rows, start=1):
        facts = {name: value for name, value in row.items() if name not in ("source", "compared")}
        if multiple := facts.get("bonus_multiple"):
            facts["bonus_multiple"] = Decimal(multiple)
        yield facts | {"order": order, "is_compared": row.get("compared", False)}, row["source"]
