"""Reading an uploaded Excel file: plain rows of values, and what one cell says."""

import datetime as dt
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.files.base import File
from openpyxl.utils import get_column_letter

from blocs.scoring.terms.answers import TOO_BIG, is_too_big
from blocs.scoring.terms.numbers import half_up
from thidua.common.files import MEGABYTE, readable_name
from thidua.common.vietnamese.dates import short_date
from thidua.common.vietnamese.numbers import parse_decimal
from thidua.common.vietnamese.text import nfc
from thidua.common.warm.client import (
    BusyError,
    FailedWorkError,
    TooCostlyError,
    UnreachableError,
    Workshop,
)
from thidua.workbooks.formats import MonthFirstDay, PercentNumber
from thidua.workbooks.process import Refusal, unpacked
from thidua.workbooks.refusals import (
    BROKEN,
    BUSY,
    EMPTY,
    LARGEST_MB,
    NOT_EXCEL,
    OLD,
    TOO_COSTLY,
    TOO_LARGE,
    UNREACHABLE,
    WorkbookRefusedError,
)
from thidua.workbooks.sheets import UNCALCULATED, ReadSheet

LARGEST_WORKBOOK = LARGEST_MB * MEGABYTE
LONGEST_WHOLE = 10**15
PERCENT_DECIMALS = 4
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
READERS = Workshop(
    name="read",
    work="thidua.workbooks.process:reader",
    # The largest file that anybody fills, a year of 2,000 lines for 14 units, takes two.
    seconds=10,
    memory_mb=250,
)


def read_workbook(upload: File) -> dict[str, ReadSheet]:
    """The sheets of an uploaded .xlsx by their names, in the order of the file.

    A formula counts as its last result; one that was never calculated is UNCALCULATED and refused
    by the cell readers. Refuses `.xls`, passwords, macros, bombs, broken files and what takes more
    time or memory than a file is worth (one sentence); it is read in a process of its own.
    """
    name = readable_name(upload.name or "")
    try:
        return {sheet.name: sheet for sheet in sheets_of(plain_content(upload))}
    except WorkbookRefusedError as error:
        sentence = error.sentence.format(**({"name": name} | error.details))
        raise ValidationError(sentence) from error


def plain_content(upload: File) -> bytes:
    """The bytes of what may be an .xlsx; nothing inside is looked at here."""
    if not upload.size:
        raise WorkbookRefusedError(EMPTY)
    if upload.size > LARGEST_WORKBOOK:
        raise WorkbookRefusedError(TOO_LARGE)
    upload.seek(0)
    content = upload.read()
    upload.seek(0)
    if content.startswith((b"\xd0\xcf\x11\xe0", b"\x09\x08")):
        raise WorkbookRefusedError(OLD)
    if not content.startswith(b"PK\x03\x04"):
        raise WorkbookRefusedError(NOT_EXCEL)
    return content


def sheets_of(content: bytes) -> list[ReadSheet]:
    """What the reading process finds in the bytes."""
    try:
        found = unpacked(READERS.ask(content))
    except TooCostlyError as error:
        raise WorkbookRefusedError(TOO_COSTLY) from error
    except BusyError as error:
        raise WorkbookRefusedError(BUSY) from error
    except UnreachableError as error:
        raise WorkbookRefusedError(UNREACHABLE) from error
    except FailedWorkError as error:
        raise WorkbookRefusedError(BROKEN) from error
    if isinstance(found, Refusal):
        raise WorkbookRefusedError(found.sentence, **found.details)
    return found


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
    if is_too_big(number):
        raise ValidationError(TOO_BIG)
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
    number = Decimal(value) if type(value) is int else Decimal(f"{value:.15g}")
    return Decimal(f"{number:f}") if number == number.to_integral_value() else number


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
