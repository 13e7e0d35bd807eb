"""Finished pieces of a grid: 15 units of 60 leaves are 900 cells, too many for a template."""

from collections.abc import Iterable
from functools import reduce
from operator import add

from django.utils.html import escape
from django.utils.safestring import SafeData, SafeString

ESCAPE = escape.__wrapped__
CELL = '<td class="num{}" data-label="{}">{}{}{}</td>'
OWN = '<span class="sheet-hint">tự chấm {}</span>'
MARK = '<strong class="mark">{}</strong>'


def written(shape: str, *words: str) -> SafeString:
    """The words in the holes of the shape, escaped unless they are finished pieces.

    As Django's `format_html`, which looks for lazy texts around every word and escapes a second
    time: on a sheet of 60 leaves, which has five hundred pieces, that is a tenth of the page.
    """
    safe = (one if isinstance(one, SafeData) else ESCAPE(one) for one in words)
    return SafeString(shape.format(*safe))


def joined(parts: Iterable[SafeString]) -> SafeString:
    """The pieces after each other; one that was not escaped makes the whole plain text again."""
    return reduce(add, parts, SafeString(""))


def points_cell(
    label: str, points: str, *, own: str = "", mark: str = "", is_quiet: bool = False
) -> SafeString:
    """Points under their unit; beside them its own where they differ, and a mark beyond a share."""
    return written(
        CELL,
        " quiet-text" if is_quiet else "",
        label,
        points,
        written(OWN, own) if own else "",
        written(MARK, mark) if mark else "",
    )
