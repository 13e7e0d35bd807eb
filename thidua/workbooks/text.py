"""Text as it stands in an Excel file: `_xHHHH_` is a character there, not seven typed ones."""

import re

# What XML cannot hold: control characters, halves of characters and two code points of no use.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
# Within what looks like an escape; looks ahead, so that of two that share a line each is found.
WITHIN = re.compile("(?<=_)(?=x[0-9A-Fa-f]{4}_)")


class Meant(str):
    """A text of the file whose escapes are read already."""


def writable(text: str) -> str:
    """The text without what no file can hold; every end of a line as Excel keeps it."""
    return UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def runs_of(text: str) -> list[str]:
    """The text in the pieces in which it can be written as typed; nearly always one.

    The library that writes marks a typed `_x000D_` itself, but of two that share a line below only
    the first: cut in two it is no escape. What begins with `<r>` it would take for its own runs.
    """
    if "_x" in text:
        return WITHIN.split(text)
    return [text[:2], text[2:]] if text.startswith("<r>") else [text]


def unescaped(text: str) -> str:
    """What the file means: escapes as the characters they stand for, else as it is."""
    if "_x" not in text:
        return text
    found = ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    # Excel escapes a character beyond the first 65 536 as two halves.
    whole = found.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    return writable(whole)
