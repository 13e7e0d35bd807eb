"""Writing an Excel file: nothing typed becomes a formula, numbers stay numbers."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

LONGEST_TEXT, LONGEST_LIST = 32_000, 255
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
    `choices` become a list to choose from where Excel can hold it (255 letters, no comma).
    """

    title: str
    width: float = 12
    kind: str = "text"
    is_input: bool = False
    is_hidden: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """One line of values; `look` is "", group (bold), total (bold, line above) or note (italic)."""

    values: Sequence[Value]
    look: str = ""


@dataclass(frozen=True)
class Sheet:
    """One sheet to write: title lines, the header (frozen, repeated on paper), the rows.

    `frozen_columns` stay in view; `is_locked` protects all but the input columns (no password: it
    guards against slips, not against people).
    """

    name: str
    columns: Sequence[Column]
    rows: Iterable[Row]
    title_lines: Sequence[str] = ()
    frozen_columns: int = 0
    is_hidden: bool = False
    is_locked: bool = False
    is_landscape: bool = True

    @property
    def header_row(self) -> int:
        """The number of the row with the titles of the columns."""
        return len(self.title_lines) + 1


def write_workbook(sheets: Sequence[Sheet]) -> bytes:
    """The .xlsx file of these sheets.

    Text is stored as text, with Excel's own mark where it begins like a formula (= + - @); numbers
    and days stay what they are. Characters that no file can hold are left out.
    """
    book = Workbook(write_only=True)
    for sheet in sheets:
        _write_sheet(book, sheet)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _write_sheet(book: Workbook, sheet: Sheet) -> None:
    target = book.create_sheet(sheet.name)
    target.sheet_state = "hidden" if sheet.is_hidden else "visible"
    target.freeze_panes = f"{get_column_letter(sheet.frozen_columns + 1)}{sheet.header_row + 1}"
    for place, column in enumerate(sheet.columns, start=1):
        shape = target.column_dimensions[get_column_letter(place)]
        shape.width, shape.hidden = column.width, column.is_hidden
    _set_paper(target, sheet)
    for line in sheet.title_lines:
        target.append(_line(target, [line], [_pair(target, "title")]))
    titles = [column.title for column in sheet.columns]
    target.append(_line(target, titles, [_pair(target, "header")] * len(titles)))
    looks: dict[str, list[Pair]] = {}
    count = 0
    for row in sheet.rows:
        if row.look not in looks:
            looks[row.look] = [_pair(target, row.look, column) for column in sheet.columns]
        target.append(_line(target, row.values, looks[row.look]))
        count += 1
    _offer_choices(target, sheet, count)


def _line(target, values: Sequence[Value], cells: Sequence[Pair]) -> Iterator[Cell]:
    """The cells of one line; each style has one cell that is filled anew, which is fast."""
    for value, (plain, quoted) in zip(values, cells, strict=False):
        if not isinstance(value, str):
            plain.value = value
            yield plain
            continue
        clean = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_TEXT]
        cell = quoted if clean.startswith(RISKY) else plain
        cell.value = clean
        cell.data_type = "s"
        yield cell


def _pair(target, look: str, column: Column | None = None) -> Pair:
    """The cell of one look, and its twin for texts that begin like a formula."""
    plain, quoted = _cell(target, look, column), _cell(target, look, column)
    quoted.quotePrefix = True
    return plain, quoted


def _cell(target, look: str, column: Column | None = None) -> Cell:
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
    is_input = bool(column and column.is_input and not look)
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


def _set_paper(target, sheet: Sheet) -> None:
    target.page_setup.paperSize = PAPER_A4
    target.page_setup.orientation = "landscape" if sheet.is_landscape else "portrait"
    target.page_setup.fitToHeight = 0
    target.sheet_properties.pageSetUpPr.fitToPage = True
    target.print_title_rows = f"{sheet.header_row}:{sheet.header_row}"
    if sheet.is_locked:
        target.protection.formatColumns = target.protection.formatRows = False
        target.protection.enable()


def _offer_choices(target, sheet: Sheet, count: int) -> None:
    first = sheet.header_row + 1
    last = first + count - 1 + (0 if sheet.is_locked else SPARE_ROWS)
    for place, column in enumerate(sheet.columns, start=1):
        words = ",".join(column.choices)
        if not words or len(words) > LONGEST_LIST or any("," in word for word in column.choices):
            continue
        letter = get_column_letter(place)
        offer = DataValidation("list", formula1=f'"{words}"', allow_blank=True)
        offer.add(f"{letter}{first}:{letter}{max(first, last)}")
        target.data_validations.append(offer)
