"""Lengths of the stylesheet and widths of words, in millimetres and points."""

import functools
import re

from fontTools.ttLib import TTFont

from thidua.papers.pdf.client import STATIC

MM_OF = {"mm": 1.0, "cm": 10.0, "pt": 25.4 / 72}
LENGTH = re.compile(r"(-?[\d.]+)(mm|cm|pt|%)?$")
# Natural line of Times New Roman: “single” in Word is so many times the size of the letters.
NATURAL_LINE = 1.15


def mm(value: str, whole: float = 0) -> float:
    """Millimetres of a length of the stylesheet; a percentage is one of `whole`, words are 0."""
    found = LENGTH.match(value.strip())
    if not found:
        return 0.0
    number, unit = float(found[1]), found[2]
    return number * whole / 100 if unit == "%" else number * MM_OF.get(unit, 0)


def points(value: str, whole: float = 0) -> float:
    """The same length in points."""
    return mm(value, whole) / MM_OF["pt"]


@functools.cache
def advances(is_bold: bool, is_italic: bool) -> tuple[dict[int, float], float]:
    """(width of each letter, of any other) in parts of the size, of the font papers are set in."""
    face = ("Bold" if is_bold else "") + ("Italic" if is_italic else "") or "Regular"
    path = STATIC / "fonts/paper" / f"PaperSerif-{face}.ttf"
    with TTFont(path, lazy=True) as font:
        em, widths = font["head"].unitsPerEm, font["hmtx"].metrics
        letters = {code: widths[name][0] / em for code, name in font.getBestCmap().items()}
    return letters, 0.5


def width_of(text: str, size: float, *, is_bold: bool, is_italic: bool) -> float:
    """Millimetres of a text on one line in letters of `size` points."""
    letters, other = advances(is_bold, is_italic)
    return sum(letters.get(ord(sign), other) for sign in text) * size * MM_OF["pt"]


def whole(length: float) -> int:
    """The nearest whole unit of Word; a length on paper, never a figure of anybody."""
    return int(length + 0.5)
