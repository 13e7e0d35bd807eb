"""Plain rows out of an Excel file, in the reading process: nothing is built of what is too much."""

import io
import warnings
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from thidua.workbooks.formats import marked, marked_styles
from thidua.workbooks.refusals import (
    BROKEN,
    EMPTY_BEYOND,
    LAST_ROW,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_LINES,
    MOST_ROWS,
    MOST_SHEETS,
    TOO_LONG,
    TOO_MANY_CELLS,
    TOO_MANY_SHEETS,
    TOO_WIDE,
    WorkbookRefusedError,
)
from thidua.workbooks.safety import refuse_unsafe
from thidua.workbooks.text import Meant, unescaped

ITEM, ROW, DATA, TEXT, RUN = (
    f"{{{SHEET_MAIN_NS}}}{name}" for name in ("si", "row", "sheetData", "t", "r")
)
# Excel keeps 15 digits; what is larger was put into the file by something else, and is no number.
NO_NUMBER = 10**40
# What a file that is no proper workbook makes the reader stumble over.
STUMBLES = (
    ArithmeticError,
    AttributeError,
    BadZipFile,
    EOFError,
    InvalidFileException,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zlib.error,
)


class Uncalculated:
    """The value of a formula without a result; there is one, UNCALCULATED."""

    def __reduce__(self) -> str:
        return "UNCALCULATED"


UNCALCULATED = Uncalculated()


@dataclass(frozen=True)
class ReadSheet:
    """One sheet as it stands in the file; empty cells and rows at the end are left out."""

    name: str
    rows: tuple[tuple[object, ...], ...]
    is_hidden: bool = False

    def value(self, row: int, column: int) -> object:
        """What stands in a cell, both counted from 1; None where nothing does."""
        line = self.rows[row - 1] if 0 < row <= len(self.rows) else ()
        return line[column - 1] if 0 < column <= len(line) else None


def read_sheets(content: bytes) -> list[ReadSheet]:
    """The sheets of a file in their order; WorkbookRefusedError says why there are none."""
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            refuse_unsafe(archive)
        with warnings.catch_warnings():
            # It warns of what it leaves out (pictures, lists to choose from); we read values only.
            warnings.simplefilter("ignore")
            return PlainReader(io.BytesIO(content)).sheets()
    except STUMBLES as error:
        raise WorkbookRefusedError(BROKEN) from error


class PlainReader(ExcelReader):
    """openpyxl's reader with our own reading of texts and rows."""

    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file, read_only=True, data_only=True, keep_links=False)
        self.left = MOST_CELLS
        self.parts: list[tuple[str, str, bool]] = []

    def read_strings(self) -> None:
        """Fill the table of the texts that cells refer to, as they stand.

        openpyxl takes every `x005F_` out of them, and then nobody can tell an escape from typed
        text.
        """
        part = self.package.find(SHARED_STRINGS)
        if part is None:
            return
        with self.archive.open(part.PartName[1:]) as source:
            for _, node in iterparse(source):
                if node.tag == ITEM:
                    self.shared_strings.append(text_of(node))
                    node.clear()

    def read_worksheets(self) -> None:
        """Note where the sheets are; nothing of them is read yet."""
        for sheet, relation in self.parser.find_sheets():
            if relation.target in self.valid_files and "chartsheet" not in relation.Type:
                self.parts.append((sheet.name, relation.target, sheet.state != "visible"))

    def sheets(self) -> list[ReadSheet]:
        """Every sheet; of too many none, for nobody would see which of them were left out."""
        self.read()
        if len(self.parts) > MOST_SHEETS:
            raise WorkbookRefusedError(TOO_MANY_SHEETS)
        styles = marked_styles(self.wb)
        return [
            ReadSheet(name, tuple(self._rows(name, part, styles)), is_hidden)
            for name, part, is_hidden in self.parts
        ]

    def _rows(
        self, name: str, part: str, styles: Mapping[int, str]
    ) -> Iterator[tuple[object, ...]]:
        """Rows without the empty cells behind the last one; empty rows only between full ones."""
        last = 0
        with self.archive.open(part) as source:
            parser = RowParser(source, self.shared_strings, self.wb)
            for line, (number, cells) in enumerate(parser.rows(), start=1):
                if line > MOST_LINES:
                    raise WorkbookRefusedError(TOO_LONG, sheet=name)
                values = plain_values(name, number, cells, styles)
                self.left -= len(values)
                if self.left < 0:
                    raise WorkbookRefusedError(TOO_MANY_CELLS)
                if values:
                    yield from ((),) * (number - last - 1)
                    yield values
                    last = number


class RowParser(WorkSheetParser):
    """The rows that stand in a sheet; what comes behind the last one is not read."""

    def __init__(self, source: Any, texts: list[str], book: Any) -> None:
        super().__init__(
            source,
            texts,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )

    def rows(self) -> Iterator[tuple[int, list[dict[str, Any]]]]:
        """Number and cells of each row; a file whose numbers go back or beyond Excel is broken."""
        last = 0
        for _, element in iterparse(self.source):
            if element.tag == DATA:
                return
            if element.tag == ROW:
                number, cells = self.parse_row(element)
                if not last < number <= LAST_ROW:
                    raise WorkbookRefusedError(BROKEN)
                last = number
                yield number, cells
                element.clear()

    def parse_cell(self, element: Any) -> dict[str, Any]:
        """A cell as openpyxl reads it; a formula without a result is marked."""
        cell = super().parse_cell(element)
        if cell["value"] is None and element.find(FORMULA_TAG) is not None:
            cell["value"] = UNCALCULATED
        return cell


def text_of(item: Any) -> str:
    """The words of a shared text, plain or in runs of several fonts, without its phonetic hints."""
    return Meant("".join(unescaped(one.findtext(TEXT, "")) for one in (item, *item.findall(RUN))))


def plain_values(
    sheet: str, number: int, cells: Iterable[Mapping[str, Any]], styles: Mapping[int, str]
) -> tuple[object, ...]:
    """The values of one row up to its last full cell; refused where it lies beyond the limits.

    A cell that is drawn but empty counts, too: a row of them would be as wide as a full one.
    """
    found: dict[int, object] = {}
    widest = 0
    for cell in cells:
        widest = max(widest, cell["column"])
        value = cell["value"]
        if value is None or value == "":
            continue
        found[cell["column"]] = plain_value(value, styles.get(cell["style_id"], ""))
    width = max(found, default=0)
    if found and number > MOST_ROWS:
        raise WorkbookRefusedError(TOO_LONG, sheet=sheet)
    if width > MOST_COLUMNS:
        raise WorkbookRefusedError(TOO_WIDE, sheet=sheet)
    if widest > MOST_COLUMNS or (widest and number > MOST_ROWS):
        cell_name = f"{get_column_letter(widest)}{number}"
        raise WorkbookRefusedError(EMPTY_BEYOND, sheet=sheet, cell=cell_name)
    return tuple(found.get(column) for column in range(1, width + 1))


def plain_value(value: object, meaning: str) -> object:
    """One value as the program knows it; what no cell can hold becomes a text to be refused."""
    if type(value) is Meant:
        return str(value)
    if type(value) is str:
        return unescaped(value)
    if type(value) in (int, float) and not -NO_NUMBER < value < NO_NUMBER:
        return f"{value}"[:60]
    return marked(value, meaning) if meaning else value
