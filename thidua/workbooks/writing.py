"""Writing an Excel file: nothing typed becomes a formula, numbers stay numbers."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from thidua.workbooks.text import runs_of, writable

LONGEST_TEXT, LONGEST_LIST = 32_000, 255
# Lists that do not fit into a cell rule stand on a hidden sheet of this name.
LISTS = "danh-muc"
# A text that begins so would be calculated when somebody edits the cell.
RISKY = ("=", "+", "-", "@", "\t", "\r")
SPARE_ROWS, PAPER_A4 = 500, 9
FONT = "Times New Roman"
LINE = "#9AA5B1"
TINTS = {"header": "#DDE6F0", "group": "#F1F4F8", "total": "#E6ECF3", "input": "#FFF8DC"}
DAY = "dd/mm/yyyy"
# Else Excel makes a number or a day of the next text that is typed there.
TEXT = "@"
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
    file = BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        Writer(book).write(sheets)
    return file.getvalue()


@dataclass(frozen=True)
class CellLook:
    """The formats of one look: of values, of texts that begin like a formula, of days."""

    plain: Format
    quoted: Format
    day: Format


class Writer:
    """Puts sheets into a book; each look is one format, each long list one hidden column."""

    def __init__(self, book: Workbook):
        self.book = book
        self.formats: dict[tuple[tuple[str, object], ...], Format] = {}
        self.lists: dict[tuple[str, ...], int] = {}

    def write(self, sheets: Sequence[WorkbookSheet]) -> None:
        for sheet in sheets:
            self.write_sheet(sheet)
        if self.lists:
            self.write_lists()

    def write_sheet(self, sheet: WorkbookSheet) -> None:
        target = self.book.add_worksheet(sheet.name)
        if sheet.is_hidden:
            target.hide()
        target.freeze_panes(sheet.first_row - 1, sheet.frozen_columns)
        for place, column in enumerate(sheet.columns):
            target.set_column(place, place, column.width, None, {"hidden": column.is_hidden})
        set_paper(target, sheet)
        for number, line in enumerate(sheet.title_lines):
            self.write_line(target, number, [line], [self.pair("title")])
        self.write_head(target, sheet)
        for words, cells in self.write_rows(target, sheet).items():
            first, *others = cells
            rule = {"validate": "list", "source": self.source(words), "other_cells": others}
            target.data_validation(*first, rule)

    def write_head(self, target: Worksheet, sheet: WorkbookSheet) -> None:
        titles = [column.title for column in sheet.columns]
        number = len(sheet.title_lines)
        self.write_line(target, number, titles, [self.pair("header")] * len(titles))
        if sheet.first_row > sheet.header_row + 1:
            target.set_row(number + 1, None, None, {"hidden": True})
            codes = [column.code for column in sheet.columns]
            self.write_line(target, number + 1, codes, [self.pair("note")] * len(codes))

    def write_rows(self, target: Worksheet, sheet: WorkbookSheet) -> dict[tuple[str, ...], list]:
        """Write the values; returns the ranges at which each list is offered."""
        looks: dict[tuple, list[CellLook]] = {}
        offered: dict[tuple[str, ...], list] = {}
        number = sheet.first_row - 2
        for number, row in enumerate(sheet.rows, start=sheet.first_row - 1):
            look = (row.look, row.inputs and frozenset(row.inputs))
            if look not in looks:
                looks[look] = [
                    self.pair(row.look, column, row.inputs is None or place in row.inputs)
                    for place, column in enumerate(sheet.columns)
                ]
            self.write_line(target, number, row.values, looks[look])
            for place, words in row.choices.items():
                offered.setdefault(words, []).append((number, place, number, place))
        last = max(number + (0 if sheet.is_locked else SPARE_ROWS), sheet.first_row - 1)
        for place, column in enumerate(sheet.columns):
            if column.choices:
                cells = offered.setdefault(column.choices, [])
                cells.append((sheet.first_row - 1, place, last, place))
        return offered

    def source(self, words: tuple[str, ...]) -> list[str] | str:
        """A short list stands in the rule itself, another one in a column of the hidden sheet."""
        if len(",".join(words)) <= LONGEST_LIST and not any(
            "," in word or '"' in word for word in words
        ):
            return list(words)
        letter = xl_col_to_name(self.lists.setdefault(words, len(self.lists)))
        return f"='{LISTS}'!${letter}$1:${letter}${len(words)}"

    def write_lists(self) -> None:
        target = self.book.add_worksheet(LISTS)
        target.hide()
        for words, place in self.lists.items():
            target.write_column(0, place, words)

    def write_line(
        self, target: Worksheet, number: int, values: Sequence[Value], looks: Sequence[CellLook]
    ) -> None:
        """One line of values, each in the look of its column."""
        for place, (value, look) in enumerate(zip(values, looks, strict=False)):
            if value is None or value == "":
                target.write_blank(number, place, None, look.plain)
            elif isinstance(value, str):
                clean = writable(value)[:LONGEST_TEXT]
                shape = look.quoted if clean.startswith(RISKY) else look.plain
                first, *more = runs_of(clean)
                if more:
                    runs = (part for run in more for part in (shape, run))
                    target.write_rich_string(number, place, first, *runs, shape)
                else:
                    target.write_string(number, place, clean, shape)
            elif isinstance(value, bool):
                target.write_boolean(number, place, value, look.plain)
            elif isinstance(value, dt.date):
                target.write_datetime(number, place, value, look.day)
            else:
                target.write_number(number, place, value, look.plain)

    def pair(self, look: str, column: Column | None = None, is_open: bool = True) -> CellLook:
        shape = shape_of(look, column, is_open)
        return CellLook(
            self.format(shape),
            self.format(shape | {"quote_prefix": True}),
            self.format(shape | {"num_format": DAY}),
        )

    def format(self, shape: dict[str, object]) -> Format:
        """One format for each shape: a file may hold some 64,000 of them."""
        key = tuple(sorted(shape.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(shape)
        return self.formats[key]


def shape_of(look: str, column: Column | None, is_open: bool) -> dict[str, object]:
    """How the cells of one look appear and what may be typed into them."""
    shape: dict[str, object] = {
        "font_name": FONT,
        "font_size": 13 if look == "title" else 11,
        "bold": look in ("title", "header", "group", "total"),
        "italic": look == "note",
    }
    if look == "title":
        return shape
    is_input = bool(column and column.is_input and not look and is_open)
    if tint := TINTS.get(look) or (TINTS["input"] if is_input else ""):
        shape["bg_color"] = tint
    kind = column.kind if column else ""
    if kind in ("day", "text"):
        shape["num_format"] = DAY if kind == "day" else TEXT
    side = "center" if look == "header" else "right" if kind == "number" else "left"
    return shape | {
        "border": 1,
        "border_color": LINE,
        "align": side,
        "valign": "top",
        "text_wrap": True,
        "locked": not is_input,
    }


def set_paper(target: Worksheet, sheet: WorkbookSheet) -> None:
    """How the sheet is printed, and that a locked one is changed in its open cells alone."""
    target.set_paper(PAPER_A4)
    if sheet.is_landscape:
        target.set_landscape()
    target.fit_to_pages(1, 0)
    target.repeat_rows(sheet.header_row - 1)
    if sheet.is_locked:
        target.protect("", {"format_columns": True, "format_rows": True})
