"""Facts and texts of the demo, as files that anybody can read and change."""

import tomllib
from pathlib import Path

FOLDER = Path(__file__).parent


def read_data(name: str) -> dict:
    """What stands in `name`.toml here."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
