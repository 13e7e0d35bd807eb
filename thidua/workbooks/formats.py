"""Cells whose number format changes what their value means: percents and month-first days.

Excel keeps «95%» as 0.95 and «05/12/2026», typed where months come first, as the 12th of May. Both
look like plain values once the format is gone, so the value carries it on.
"""

import datetime as dt
import re

from openpyxl import Workbook
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

# Texts in quotes, escaped letters, colours and languages are no part of a format.
NO_FORMAT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
PERCENT, MONTH_FIRST = "percent", "month_first"


class PercentNumber(float):
    """The fraction in a cell that shows it as a percent: 0.95 where people read 95%."""

    __slots__ = ()


class MonthFirstDay(dt.datetime):
    """A day in a cell that shows the month before the day."""

    @property
    def is_ambiguous(self) -> bool:
        """Whether day and month could have been meant the other way round."""
        return self.day <= 12 and self.day != self.month


def marked_styles(book: Workbook) -> dict[int, str]:
    """The styles of a workbook that change the meaning of a value, by their number."""
    found = {}
    for number, style in enumerate(book._cell_styles):
        if meaning := meaning_of(format_of(book, style.numFmtId)):
            found[number] = meaning
    return found


def format_of(book: Workbook, number: int) -> str:
    """The text of a number format; one that the file does not state is a plain one."""
    if number < BUILTIN_FORMATS_MAX_SIZE:
        return BUILTIN_FORMATS.get(number, "")
    place = number - BUILTIN_FORMATS_MAX_SIZE
    return book._number_formats[place] if place < len(book._number_formats) else ""


def meaning_of(number_format: str) -> str:
    """What a number format makes of a value; empty for a plain one."""
    # The first section is that of positive numbers.
    plain = NO_FORMAT.sub("", number_format).lower().partition(";")[0]
    if "%" in plain:
        return PERCENT
    # Months in letters (mmm) cannot be taken for days; a year in front is the ISO order.
    letters = re.sub(r"[^dmy]", "", plain)
    is_month_first = re.match(r"m{1,2}d", letters) is not None
    return MONTH_FIRST if is_month_first else ""


def marked(value: object, meaning: str) -> object:
    """One value with its meaning; texts and empty cells stay what they are."""
    if meaning == PERCENT and type(value) in (int, float):
        return PercentNumber(value)
    if meaning == MONTH_FIRST and isinstance(value, dt.datetime):
        return MonthFirstDay.combine(value.date(), value.time())
    return value
