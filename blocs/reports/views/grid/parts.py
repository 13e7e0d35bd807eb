"""Finished pieces of a grid: 15 units of 60 leaves are 900 cells, too many for a template."""

from collections.abc import Iterable
from functools import reduce
from operator import add

from django.utils.html import format_html
from django.utils.safestring import SafeString

CELL = '<td class="num{}" data-label="{}">{}{}{}</td>'
OWN = '<span class="sheet-hint">tự chấm {}</span>'
MARK = '<strong class="mark">{}</strong>'


def joined(parts: Iterable[SafeString]) -> SafeString:
    """The pieces after each other; one that was not escaped makes the whole plain text again."""
    return reduce(add, parts, SafeString(""))


def points_cell(
    label: str, points: str, *, own: str = "", mark: str = "", is_quiet: bool = False
) -> SafeString:
    """Points under their unit; beside them its own where they differ, and a mark beyond a share."""
    return format_html(
        CELL,
        " quiet-text" if is_quiet else "",
        label,
        points,
        format_html(OWN, own) if own else "",
        format_html(MARK, mark) if mark else "",
    )
