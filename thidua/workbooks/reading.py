"""Reading an uploaded Excel file: plain rows of values, and what one cell says."""

import datetime as dt
import warnings
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from zipfile import BadZipFile

from django.core.exceptions import ValidationError
from django.core.files.base import File
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from blocs.scoring.terms.numbers import half_up
from thidua.common.files import readable_name
from thidua.common.vietnamese.dates import short_date
from thidua.common.vietnamese.numbers import parse_decimal
from thidua.common.vietnamese.text import nfc
from thidua.workbooks.formats import MonthFirstDay, PercentNumber, marked_styles, marked_values
from thidua.workbooks.safety import BROKEN, require_safe_workbook
from thidua.workbooks.text import RawReader, unescaped

MOST_ROWS, MOST_COLUMNS, MOST_SHEETS = 20_000, 400, 60
LONGEST_WHOLE = 10**15
PERCENT_DECIMALS = 4
TOO_LONG = "Trang “{sheet}” có hơn {most} dòng; tệp số liệu không lớn đến thế."
TOO_WIDE = "Trang “{sheet}” có số liệu ở quá cột thứ {most}; tệp số liệu không rộng đến thế."
UNCALCULATED = object()
NOT_CALCULATED = "Ô có công thức chưa có kết quả. Hãy chép ô rồi dán lại dạng giá trị (Values)."
ASK_PERCENT = (
    "Ô ghi {shown} ở dạng phần trăm, không rõ là {shown} hay {plain}. Hãy đổi ô sang dạng số rồi "
    "ghi đúng con số cần nhập."
)
ASK_DAY = (
    "Ô ngày đang ở dạng tháng trước ngày, có thể là {one} hoặc {other}. Hãy đổi ô sang dạng chữ "
    "(Text) rồi ghi lại, như 05/12/2026."
)
ASK_CODE = (
    "Excel đã đổi mã này thành {what}. Hãy đổi cột sang dạng chữ (Text) rồi ghi lại mã như bản gốc."
)
# What a file that is no proper workbook makes the reader stumble over.
STUMBLES = (
    ArithmeticError,
    AttributeError,
    BadZipFile,
    EOFError,
    InvalidFileException,
    LookupError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
    zlib.error,
)


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


def read_workbook(upload: File) -> dict[str, ReadSheet]:
    """The sheets of an uploaded .xlsx by their names, in the order of the file.

    A formula counts as its last result; one that was never calculated is UNCALCULATED and refused
    by the cell readers. Refuses `.xls`, passwords, macros, bombs and broken files (one sentence).
    """
    has_formulas = require_safe_workbook(upload)
    try:
        found = _sheets(upload, data_only=True)
        return _marked(found, _sheets(upload, data_only=False)) if has_formulas else found
    except ValidationError:
        raise
    except STUMBLES as error:
        name = readable_name(upload.name or "")
        raise ValidationError(BROKEN.format(name=name)) from error


def _sheets(upload: File, *, data_only: bool) -> dict[str, ReadSheet]:
    upload.seek(0)
    with warnings.catch_warnings():
        # It warns of what it leaves out (pictures, lists to choose from); we read values only.
        warnings.simplefilter("ignore")
        reader = RawReader(upload, read_only=True, data_only=data_only, keep_links=False)
        reader.read()
        book = reader.wb
        try:
            sheets, styles = book.worksheets[:MOST_SHEETS], marked_styles(book)
            return {
                sheet.title: ReadSheet(
                    sheet.title, tuple(_rows(sheet, styles)), sheet.sheet_state != "visible"
                )
                for sheet in sheets
            }
        finally:
            book.close()


def _values(sheet, styles: dict[int, str]) -> Iterator[tuple[object, ...]]:
    """The values of each row; cells are only looked at where a style of the file needs it."""
    if not styles:
        yield from sheet.iter_rows(values_only=True)
        return
    for row in sheet.iter_rows():
        yield tuple(marked_values(row, styles))


def _rows(sheet, styles: dict[int, str]) -> Iterator[tuple[object, ...]]:
    """Rows without the empty cells behind the last one; empty rows only between full ones."""
    # The stated size of a sheet is often wrong; without it the reader looks at the cells.
    sheet.reset_dimensions()
    waiting = 0
    for number, row in enumerate(_values(sheet, styles), start=1):
        width = len(row)
        while width and row[width - 1] in (None, ""):
            width -= 1
        if not width:
            waiting += 1
            continue
        if number > MOST_ROWS:
            raise ValidationError(TOO_LONG.format(sheet=sheet.title, most=MOST_ROWS))
        if width > MOST_COLUMNS:
            raise ValidationError(TOO_WIDE.format(sheet=sheet.title, most=MOST_COLUMNS))
        yield from ((),) * waiting
        waiting = 0
        yield tuple(unescaped(value) if type(value) is str else value for value in row[:width])


def _marked(found: dict[str, ReadSheet], written: dict[str, ReadSheet]) -> dict[str, ReadSheet]:
    """The values, with a mark where a formula stands that was never calculated."""
    return {name: _marked_sheet(sheet, written[name]) for name, sheet in found.items()}


def _marked_sheet(sheet: ReadSheet, written: ReadSheet) -> ReadSheet:
    def marked(row: int) -> tuple[object, ...]:
        width = max(len(line.rows[row - 1]) if row <= len(line.rows) else 0 for line in both)
        return tuple(
            UNCALCULATED
            if sheet.value(row, column) is None and written.value(row, column) is not None
            else sheet.value(row, column)
            for column in range(1, width + 1)
        )

    both = (sheet, written)
    count = max(len(sheet.rows), len(written.rows))
    return ReadSheet(sheet.name, tuple(marked(row) for row in range(1, count + 1)), sheet.is_hidden)


def cell_name(row: int, column: int) -> str:
    """«C7», as Excel calls the cell; both counted from 1."""
    return f"{get_column_letter(column)}{row}"


def cell_text(value: object) -> str:
    """The text of a cell, NFC and trimmed; numbers and days as people would have typed them."""
    if value is UNCALCULATED:
        raise ValidationError(NOT_CALCULATED)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, PercentNumber):
        return percent_words(value)
    if isinstance(value, dt.date):
        return short_date(value)
    if isinstance(value, float | int):
        return f"{exact(value):f}".replace(".", ",")
    return nfc(str(value)).replace("\r\n", "\n").strip()


def cell_decimal(value: object, decimals: int, maximum: Decimal | None = None) -> Decimal | None:
    """The exact number of a cell: a number cell, or a text as people type it («9,5»).

    None for an empty cell; ValidationError (one sentence) for days, words, too many decimals.
    """
    # Nearly every cell is a plain number: big files are read at the pace of this line.
    if (plain := _plain(value, decimals)) is not None:
        return plain
    if isinstance(value, bool):
        raise ValidationError("Ô chứa giá trị đúng/sai; ở đây cần một số.")
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        raise ValidationError("Ô đang ở dạng ngày tháng; hãy đổi sang dạng số rồi nhập lại.")
    if (share := cell_percent(value)) is not None:
        shown, plain = (f"{share:f}%".replace(".", ","), share / 100)
        raise ValidationError(ASK_PERCENT.format(shown=shown, plain=f"{plain:f}".replace(".", ",")))
    if not isinstance(value, int | float):
        return parse_decimal(cell_text(value), decimals=decimals, maximum=maximum)
    number = exact(value)
    if number != half_up(number, decimals):
        places = f"nhiều nhất {decimals} chữ số thập phân" if decimals else "số nguyên"
        raise ValidationError(f"Số trong ô có phần lẻ quá dài; ở đây chỉ nhập {places}.")
    return number


def _plain(value: object, decimals: int) -> Decimal | None:
    """The number of a number cell with few enough decimals; None where a closer look is needed."""
    if type(value) is int:
        return Decimal(value) if abs(value) < LONGEST_WHOLE else None
    if type(value) is not float:
        return None
    text = f"{value:.15g}"
    whole, _, fraction = text.partition(".")
    is_plain = (whole + fraction).lstrip("-").isdigit() and len(fraction) <= decimals
    return Decimal(text) if is_plain else None


def exact(value: float) -> Decimal:
    """The number that Excel shows: it keeps 15 digits, what lies behind is noise of its sums."""
    number = Decimal(f"{value:.15g}")
    return half_up(number, 0) if number == number.to_integral_value() else number


def percent_words(value: PercentNumber) -> str:
    """«95%»: the percent as the cell shows it."""
    return f"{exact(value * 100):f}%".replace(".", ",")


def cell_percent(value: object) -> Decimal | None:
    """95 of a cell that shows 95% or holds the text «95%»; None for every other cell."""
    if isinstance(value, PercentNumber):
        return exact(value * 100)
    if not isinstance(value, str) or not value.rstrip().endswith("%"):
        return None
    return parse_decimal(value.strip().removesuffix("%").strip(), decimals=PERCENT_DECIMALS)


def cell_code(value: object) -> str:
    """The text of a cell that holds a code; asks where Excel made a number or a day of it."""
    if isinstance(value, PercentNumber | dt.date | dt.time | dt.timedelta):
        day = f"ngày {short_date(value)}" if isinstance(value, dt.date) else "một giá trị khác"
        raise ValidationError(ASK_CODE.format(what=day))
    text = cell_text(value)
    if isinstance(value, float) and not value.is_integer():
        raise ValidationError(ASK_CODE.format(what=f"số {text}"))
    return text


def cell_day(value: object) -> dt.date | None:
    """The day of a cell: a day cell or «05/12/2026»; ValidationError for anything else."""
    if isinstance(value, MonthFirstDay) and value.is_ambiguous:
        other = value.replace(day=value.month, month=value.day)
        words = ASK_DAY.format(one=short_date(value), other=short_date(other))
        raise ValidationError(words)
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    text = cell_text(value)
    if not text:
        return None
    try:
        return dt.datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 - a day has no zone
    except ValueError as error:
        raise ValidationError(f"“{text}” không phải là ngày dạng dd/mm/yyyy.") from error
