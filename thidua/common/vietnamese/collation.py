"""Vietnamese order of names, equal to ICU's «vi» as PostgreSQL calls it.

SQLite has no such order, so the same key is registered there under the same name.
Letters first (Đ after D, Ă and Â after A), then tones (ngang, huyền, hỏi, ngã, sắc, nặng),
then small before capital.
"""

import re
import sqlite3
import unicodedata
from functools import lru_cache
from typing import Any

from thidua.common.vietnamese.text import fold

COLLATION = "vi-x-icu"
FOLD_FUNCTION = "thidua_fold"

# Orders read from ICU (CLDR root with the Vietnamese tailoring).
SYMBOLS = "\t\n\r _-‐–—,;:!?.·'‘’\"“”«»()[]{}§@*/\\&#%‰•`^°+±÷×<=>|~−$₫€"
LETTERS = "aăâbƀcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = "\u0300\u0309\u0303\u0301\u0323"
OTHER_MARKS = "\u0306\u0302\u030c\u030a\u0308\u030b\u0307\u0327\u0328\u0304\u031b"
PRIMARY = {char: place for place, char in enumerate(SYMBOLS + "0123456789" + LETTERS, start=1)}
SECONDARY = {mark: place for place, mark in enumerate(TONES + OTHER_MARKS, start=1)}
# Ð (eth) is to ICU a D with a mark stronger than all others.
ETH = "ð"
SECONDARY[ETH] = 0x400
VARIANTS = {"\u00a0": " ", "\u2011": "‐", "…": "..."}

SortKey = tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...], str]


@lru_cache(maxsize=8192)
def sort_key(text: str) -> SortKey:
    """The key that puts names into Vietnamese order; unequal for unequal texts."""
    primary: list[int] = []
    secondary: list[int] = []
    tertiary: list[int] = []
    for cluster in re.findall(r".[\u0300-\u036f]*", unicodedata.normalize("NFD", text), re.DOTALL):
        base, marks = _letter(cluster)
        plain = VARIANTS.get(base, base.lower())
        weights = [PRIMARY.get(char, len(PRIMARY) + ord(char)) for char in plain]
        primary += weights
        secondary += [0] * len(weights) + [SECONDARY.get(mark, ord(mark)) for mark in marks]
        tertiary += [int(plain != base)] * len(weights) + [0] * len(marks)
    return tuple(primary), tuple(secondary), tuple(tertiary), text


def _letter(cluster: str) -> tuple[str, str]:
    """The letter of our alphabet a cluster begins with, and the marks left over.

    In ệ the dot stands before the circumflex, and yet the letter is ê: a mark reaches over
    marks of another class, never over one of its own.
    """
    base, marks = cluster[0], cluster[1:]
    if base.lower() == ETH:
        return "d" if base == ETH else "D", ETH + marks
    for place, mark in enumerate(marks):
        joined = unicodedata.normalize("NFC", base + mark)
        is_free = all(
            unicodedata.combining(other) < unicodedata.combining(mark) for other in marks[:place]
        )
        if is_free and joined.lower() in PRIMARY:
            return joined, marks[:place] + marks[place + 1 :]
    return base, marks


def compare(first: str, second: str) -> int:
    """-1, 0 or 1, as a collation answers."""
    one, other = sort_key(first), sort_key(second)
    return (one > other) - (one < other)


def register(connection: Any) -> None:
    """Give a new SQLite connection the collation and the folding that our queries use."""
    if connection.vendor == "sqlite":
        teach(connection.connection)


def teach(connection: sqlite3.Connection) -> None:
    """The same for a file that is opened without Django, such as a backup."""
    connection.create_collation(COLLATION, compare)
    connection.create_function(FOLD_FUNCTION, 1, _fold_or_null, deterministic=True)


def _fold_or_null(value: str | None) -> str | None:
    return None if value is None else fold(str(value))
