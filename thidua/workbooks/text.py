"""Text as it stands in an Excel file: `_xHHHH_` is a character there, not seven typed ones."""

import re

# What XML cannot hold: control characters, halves of characters and two code points of no use.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
# Looks ahead, so that of two escapes sharing a line below each is found.
LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def writable(text: str) -> str:
    """The text without what no file can hold; every end of a line as Excel keeps it."""
    return UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def escaped(text: str) -> str:
    """A typed `_x000D_` with its first line marked as a line, so that it is read as typed."""
    return LOOKS_ESCAPED.sub("_x005F_", text)


def unescaped(text: str) -> str:
    """What the file means: escapes as the characters they stand for, else as it is."""
    if "_x" not in text:
        return text
    found = ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    # Excel escapes a character beyond the first 65 536 as two halves.
    whole = found.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    return writable(whole)
