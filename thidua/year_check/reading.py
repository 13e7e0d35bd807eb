"""A page, a PDF, a workbook or a proof as rows of cells, or as text where there are no cells."""

import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

from openpyxl import load_workbook
from pypdf import PdfReader

from blocs.ranking.domain.proof_check import check_proof
from blocs.ranking.domain.proof_reading import read_proof
from blocs.scoring.totals.table_json import SCHEMA, from_json
from blocs.scoring.totals.tree import walk

CELLS, ROWS = ("td", "th", "dt", "dd"), ("tr", "dl", "div")
# What begins a line of its own inside a cell.
APART = ("span", "br", "p", "li", "details", "summary")
Cell = str | Decimal


@dataclass(frozen=True)
class Content:
    """What stands in an artefact: rows of cells, or one running text (a PDF has no rows).

    `after` is the address of the next page of a list, as its link says it.
    """

    rows: tuple[tuple[Cell, ...], ...] = ()
    text: str = ""
    after: str = ""


def read(kind: str, body: bytes) -> Content:
    """The content by its media type; raises LookupError for one that nobody reads."""
    for part, reader in READERS.items():
        if part in kind:
            return reader(body)
    raise LookupError(kind)


class PageRows(HTMLParser):
    """The rows of tables and lists of facts, and the way to the next page."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.depth = 0
        self.after = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ROWS and not self.is_inside(tag):
            self.rows.append([])
        elif tag in CELLS:
            if not self.rows:
                self.rows.append([])
            self.rows[-1].append("")
            self.depth += 1
        elif tag in (*APART, "div"):
            self.handle_data(" ")
        elif tag == "a" and ("rel", "next") in attrs:
            self.after = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in CELLS:
            self.depth -= 1
        elif tag in ROWS and not self.is_inside(tag):
            self.rows.append([])

    def is_inside(self, tag: str) -> bool:
        """A block within a cell begins no row."""
        return tag == "div" and self.depth > 0

    def handle_data(self, data: str) -> None:
        if self.depth > 0 and self.rows[-1]:
            self.rows[-1][-1] += data


def read_page(body: bytes) -> Content:
    """The tables of a page, and its lists of facts."""
    reader = PageRows()
    reader.feed(body.decode())
    rows = tuple(tuple(squeezed(cell) for cell in row) for row in reader.rows if row)
    return Content(rows=rows, after=reader.after)


def read_pdf(body: bytes) -> Content:
    """The text in the order in which it was set, without the numbers of the pages."""
    pages = (page.extract_text().strip() for page in PdfReader(io.BytesIO(body)).pages)
    return Content(text=squeezed(" ".join(re.sub(r"\n\d+$", "", page) for page in pages)))


def read_workbook(body: bytes) -> Content:
    """The rows of all sheets, empty cells left out."""
    book = load_workbook(io.BytesIO(body), read_only=True, data_only=True)
    rows = (row for sheet in book for row in sheet.iter_rows(values_only=True))
    return Content(rows=tuple(tuple(cell_of(value) for value in filled(row)) for row in rows))


def filled(row: Iterable[Any]) -> Iterator[Any]:
    return (value for value in row if value not in (None, ""))


def cell_of(value: Any) -> Cell:
    """A number as it is, everything else as squeezed text."""
    if isinstance(value, int | float):
        return Decimal(str(value))
    return squeezed(str(value))


def read_data(body: bytes) -> Content:
    """A scoring table or a proof, whichever the file says it is."""
    data = json.loads(body)
    return read_table(data) if data.get("schema") == SCHEMA else read_proof_file(body)


def read_table(data: dict[str, Any]) -> Content:
    """The lines of a scoring table with their maxima."""
    nodes = (node for _, node in walk(from_json(data).nodes))
    rows = ([squeezed(node.name), node.max_points] for node in nodes)
    return Content(rows=tuple(tuple(cell for cell in row if cell is not None) for row in rows))


def read_proof_file(body: bytes) -> Content:
    """The results that a proof gives when it is computed again; none where it refutes itself."""
    found = check_proof(read_proof(body.decode()))
    results = () if found.mismatches else found.rows
    return Content(rows=tuple(tuple(proof_cells(row)) for row in results))


def proof_cells(row: dict[str, Any]) -> Iterator[Cell]:
    """Name, total, the figure that was compared, class."""
    yield from (row["name"], Decimal(row["total"]))
    if row["compared"] is not None:
        yield Decimal(row["compared"])
    yield row["class"] or ""


READERS = {
    "html": read_page,
    "pdf": read_pdf,
    "spreadsheet": read_workbook,
    "json": read_data,
}


def squeezed(text: str) -> str:
    """One space between words, none at the ends."""
    return " ".join(text.split())
