"""Tables as text that any program reads (CSV): UTF-8 with a mark, values apart by commas."""

import csv
from collections.abc import Iterable
from typing import Any, TextIO

CSV = "text/csv; charset=utf-8"
# Full-width signs count as the plain ones.
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")


def write_csv(file: TextIO, titles: Iterable[str], rows: Iterable[Iterable[Any]]) -> None:
    """Titles and rows, one written after the other.

    A text that a spreadsheet would take for a formula begins with an apostrophe.
    """
    writer = csv.writer(file)
    file.write("\ufeff")
    writer.writerow(titles)
    writer.writerows([plain(value) for value in row] for row in rows)


def plain(value: Any) -> str:
    """A value as text that nothing computes; nothing where there is none."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
