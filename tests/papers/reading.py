"""Pages and workbooks as people read them: every cell under the head of its column."""

import io
from decimal import Decimal
from html.parser import HTMLParser

from openpyxl import load_workbook

from thidua.common.vietnamese.numbers import format_decimal


class Tables(HTMLParser):
    """The tables of a page as rows of texts; a picture in a cell says nothing but its figures."""

    def __init__(self):
        super().__init__()
        self.tables, self.is_cell, self.is_drawn = [], False, False

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.tables:
            self.tables[-1][-1].append("")
            self.is_cell = True
        self.is_drawn |= tag == "svg"

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.is_cell = False
        self.is_drawn &= tag != "svg"

    def handle_data(self, data):
        if self.is_cell and not self.is_drawn:
            self.tables[-1][-1][-1] += data


def tables_of(answer):
    """Each table of an answered page: its rows, the head first."""
    reader = Tables()
    reader.feed(answer.content.decode())
    return [[[" ".join(cell.split()) for cell in row] for row in rows] for rows in reader.tables]


def under_heads(rows):
    """The rows below the first one, each cell under the head of its column."""
    head, *below = rows
    return [dict(zip(head, row, strict=True)) for row in below]


def sheet_of(content, name):
    """The rows of one sheet of a workbook as they stand there."""
    return list(load_workbook(io.BytesIO(content))[name].iter_rows(values_only=True))


def lines_of(content, name, head):
    """The lines of a sheet below the row that begins with `head`, each cell under its column."""
    rows = sheet_of(content, name)
    (start,) = [place for place, row in enumerate(rows) if row[0] == head]
    heads = [title for title in rows[start] if title]
    return [dict(zip(heads, row, strict=False)) for row in rows[start + 1 :]]


def as_printed(number, decimals=2):
    """A number of a workbook as a paper prints it."""
    return format_decimal(Decimal(str(number)), decimals)
