"""Writing an Excel file: nothing typed becomes a formula, numbers stay numbers."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.datavalidation import DataValidation

from thidua.workbooks.text import escaped, writable

LONGEST_TEXT, LONGEST_LIST = 32_000, 255
# Lists that do not fit into a cell rule stand on a hidden sheet of this name.
LISTS = "danh-muc"
# A text that begins so would be calculated when somebody edits the cell.
RISKY = ("=", "+", "-", "@", "\t", "\r")
SPARE_ROWS, PAPER_A4 = 500, "9"
FONT = "Times New Roman"
LINE = Side(style="thin", color="FF9AA5B1")
BORDER = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
TINTS = {"header": "FFDDE6F0", "group": "FFF1F4F8", "total": "FFE6ECF3", "input": "FFFFF8DC"}
Pair = tuple[Cell, Cell]
Value = str | int | float | bool | Decimal | dt.date | None


@dataclass(frozen=True)
class Column:
    """One column to write. `kind`: text, number (right, as typed) or day; `width` in letters.

    `is_input` is tinted and, in a locked sheet, the only kind of cell that can be typed into;
    `choices` become a list to choose from. `code` stands in a hidden line under the titles, so that
    a reader finds the column whatever became of its title.
    """

    title: str
    width: float = 12
    kind: str = "text"
    is_input: bool = False
    is_hidden: bool = False
    choices: tuple[str, ...] = ()
    code: str = ""


@dataclass(frozen=True)
class WorkbookRow:
    """One line of values; `look` is "", group (bold), total (bold, line above) or note (italic).

    `inputs` are the places to type into in this line, counted from 0 (None: every input column);
    `choices` what may be chosen at a place of this line.
    """

    values: Sequence[Value]
    look: str = ""
    inputs: Collection[int] | None = None
    choices: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class WorkbookSheet:
    """One sheet to write: title lines, the header (frozen, repeated on paper), the rows.

    `frozen_columns` stay in view; `is_locked` protects all but the input columns (no password: it
    guards against slips, not against people).
    """

    name: str
    columns: Sequence[Column]
    rows: Iterable[WorkbookRow]
    title_lines: Sequence[str] = ()
    frozen_columns: int = 0
    is_hidden: bool = False
    is_locked: bool = False
    is_landscape: bool = True

    @property
    def header_row(self) -> int:
        """The number of the row with the titles of the columns."""
        return len(self.title_lines) + 1

    @property
    def first_row(self) -> int:
        return self.header_row + (2 if any(column.code for column in self.columns) else 1)


def write_workbook(sheets: Sequence[WorkbookSheet]) -> bytes:
    """The .xlsx file of these sheets.

    Text is stored as text, with Excel's own mark where it begins like a formula (= + - @); numbers
    and days stay what they are. Characters that no file can hold are left out.
    """
    book = Workbook(write_only=True)
    lists: dict[tuple[str, ...], int] = {}
    for sheet in sheets:
        _write_sheet(book, sheet, lists)
    if lists:
        _write_lists(book, lists)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _write_sheet(book: Workbook, sheet: WorkbookSheet, lists: dict[tuple[str, ...], int]) -> None:
    target = book.create_sheet(sheet.name)
    target.sheet_state = "hidden" if sheet.is_hidden else "visible"
    target.freeze_panes = f"{get_column_letter(sheet.frozen_columns + 1)}{sheet.first_row}"
    for place, column in enumerate(sheet.columns, start=1):
        shape = target.column_dimensions[get_column_letter(place)]
        shape.width, shape.hidden = column.width, column.is_hidden
    _set_paper(target, sheet)
    for line in sheet.title_lines:
        target.append(_line(target, [line], [_pair(target, "title")]))
    _write_head(target, sheet)
    offered = _write_rows(target, sheet)
    for words, cells in offered.items():
        rule = DataValidation("list", formula1=_source(words, lists), allow_blank=True)
        rule.sqref = MultiCellRange(" ".join(cells))
        target.data_validations.append(rule)


def _write_head(target, sheet: WorkbookSheet) -> None:
    titles = [column.title for column in sheet.columns]
    target.append(_line(target, titles, [_pair(target, "header")] * len(titles)))
    if sheet.first_row > sheet.header_row + 1:
        target.row_dimensions[sheet.header_row + 1].hidden = True
        codes = [column.code for column in sheet.columns]
        target.append(_line(target, codes, [_pair(target, "note")] * len(codes)))


def _write_rows(target, sheet: WorkbookSheet) -> dict[tuple[str, ...], list[str]]:
    """Write the values; returns the cells at which each list is offered."""
    looks: dict[tuple, list[Pair]] = {}
    offered: dict[tuple[str, ...], list[str]] = {}
    number = sheet.first_row - 1
    for number, row in enumerate(sheet.rows, start=sheet.first_row):
        look = (row.look, row.inputs and frozenset(row.inputs))
        if look not in looks:
            looks[look] = [
                _pair(target, row.look, column, row.inputs is None or place in row.inputs)
                for place, column in enumerate(sheet.columns)
            ]
        target.append(_line(target, row.values, looks[look]))
        for place, words in row.choices.items():
            offered.setdefault(words, []).append(f"{get_column_letter(place + 1)}{number}")
    last = max(number + (0 if sheet.is_locked else SPARE_ROWS), sheet.first_row)
    for place, column in enumerate(sheet.columns, start=1):
        if column.choices:
            letter = get_column_letter(place)
            cells = offered.setdefault(column.choices, [])
            cells.append(f"{letter}{sheet.first_row}:{letter}{last}")
    return offered


def _source(words: tuple[str, ...], lists: dict[tuple[str, ...], int]) -> str:
    """A short list stands in the rule itself, another one in a column of the hidden sheet."""
    inline = ",".join(words)
    if len(inline) <= LONGEST_LIST and not any("," in word or '"' in word for word in words):
        return f'"{inline}"'
    letter = get_column_letter(lists.setdefault(words, len(lists) + 1))
    return f"'{LISTS}'!${letter}$1:${letter}${len(words)}"


def _write_lists(book: Workbook, lists: dict[tuple[str, ...], int]) -> None:
    target = book.create_sheet(LISTS)
    target.sheet_state = "hidden"
    plain = [(WriteOnlyCell(target), WriteOnlyCell(target)) for _ in lists]
    for row in range(max(map(len, lists))):
        words = [words[row] if row < len(words) else None for words in lists]
        target.append(_line(target, words, plain))


def _line(target, values: Sequence[Value], cells: Sequence[Pair]) -> Iterator[Cell]:
    """The cells of one line; each style has one cell that is filled anew, which is fast."""
    for value, (plain, quoted) in zip(values, cells, strict=False):
        if not isinstance(value, str):
            plain.value = value
            yield plain
            continue
        clean = writable(value)[:LONGEST_TEXT]
        cell = quoted if clean.startswith(RISKY) else plain
        cell.value = escaped(clean)
        cell.data_type = "s"
        yield cell


def _pair(target, look: str, column: Column | None = None, is_open: bool = True) -> Pair:
    """The cell of one look, and its twin for texts that begin like a formula."""
    plain, quoted = (_cell(target, look, column, is_open) for _ in range(2))
    quoted.quotePrefix = True
    return plain, quoted


def _cell(target, look: str, column: Column | None, is_open: bool) -> Cell:
    """A cell of one look, waiting for its values."""
    cell = WriteOnlyCell(target)
    cell.font = Font(
        name=FONT,
        size=13 if look == "title" else 11,
        bold=look in ("title", "header", "group", "total"),
        italic=look == "note",
    )
    if look == "title":
        return cell
    cell.border = BORDER
    is_input = bool(column and column.is_input and not look and is_open)
    tint = TINTS.get(look) or (TINTS["input"] if is_input else "")
    if tint:
        cell.fill = PatternFill("solid", fgColor=tint)
    is_number = bool(column and column.kind == "number")
    side = "center" if look == "header" else "right" if is_number else "left"
    cell.alignment = Alignment(horizontal=side, vertical="top", wrap_text=True)
    if column and column.kind == "day":
        cell.number_format = "dd/mm/yyyy"
    elif column and column.kind == "text":
        # Else Excel makes a number or a day of the next text that is typed there.
        cell.number_format = "@"
    cell.protection = Protection(locked=not is_input)
    return cell


def _set_paper(target, sheet: WorkbookSheet) -> None:
    target.page_setup.paperSize = PAPER_A4
    target.page_setup.orientation = "landscape" if sheet.is_landscape else "portrait"
    target.page_setup.fitToHeight = 0
    target.sheet_properties.pageSetUpPr.fitToPage = True
    target.print_title_rows = f"{sheet.header_row}:{sheet.header_row}"
    if sheet.is_locked:
        target.protection.formatColumns = target.protection.formatRows = False
        target.protection.enable()
