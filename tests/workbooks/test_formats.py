"""What number formats make of values: percents, month-first days, codes Excel has changed."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from thidua.workbooks import cell_code, cell_day, cell_decimal, cell_percent, cell_text
from thidua.workbooks import read_workbook as read
from thidua.workbooks.formats import MONTH_FIRST, PERCENT, meaning_of

FIFTH = dt.datetime(2026, 12, 5)  # noqa: DTZ001 - a day of Excel has no zone


def value_of(value, number_format="General"):
    """The value as a file gives it back."""
    book = Workbook()
    cell = book.active.cell(1, 1)
    cell.value, cell.number_format = value, number_format
    file = io.BytesIO()
    book.save(file)
    return read(SimpleUploadedFile("a.xlsx", file.getvalue()))["Sheet"].value(1, 1)


def refusal(reader, value, **limits):
    with pytest.raises(ValidationError) as found:
        reader(value, **limits)
    return found.value.messages


@pytest.mark.parametrize(
    ("number_format", "meaning"),
    [
        ("0%", PERCENT),
        ("0.00%;[Red]-0.00%", PERCENT),
        ('0.0"%"', ""),
        ("General", ""),
        ("mm-dd-yy", MONTH_FIRST),
        ("[$-409]m/d/yyyy;@", MONTH_FIRST),
        ("dd/mm/yyyy", ""),
        ("yyyy-mm-dd", ""),
        ("mmm d, yyyy", ""),
        ("mm:ss", ""),
    ],
)
def test_a_number_format_says_what_a_value_means(number_format, meaning):
    assert meaning_of(number_format) == meaning


@pytest.mark.parametrize(
    ("value", "number_format", "percent", "text"),
    [
        (0.95, "0%", Decimal(95), "95%"),
        (0.07, "0%", Decimal(7), "7%"),
        (1, "0%", Decimal(100), "100%"),
        (0.12345, "0.000%", Decimal("12.345"), "12,345%"),
        ("95,5 %", "@", Decimal("95.5"), "95,5 %"),
        (0.95, "General", None, "0,95"),
        ("tăng 5% so với 2025", "@", None, "tăng 5% so với 2025"),
    ],
)
def test_a_percent_keeps_what_people_read(value, number_format, percent, text):
    found = value_of(value, number_format)
    assert (cell_percent(found), cell_text(found)) == (percent, text)


def test_a_number_column_asks_about_a_percent():
    words = refusal(cell_decimal, value_of(0.3, "0%"), decimals=2)
    assert words == [
        "Ô ghi 30% ở dạng phần trăm, không rõ là 30% hay 0,3. Hãy đổi ô sang dạng số rồi ghi đúng "
        "con số cần nhập."
    ]


@pytest.mark.parametrize("number_format", ["mm-dd-yy", "m/d/yyyy", "[$-409]mm/dd/yyyy"])
def test_a_day_whose_month_stands_first_is_asked_about(number_format):
    assert refusal(cell_day, value_of(FIFTH, number_format)) == [
        "Ô ngày đang ở dạng tháng trước ngày, có thể là 05/12/2026 hoặc 12/05/2026. Hãy đổi ô sang "
        "dạng chữ (Text) rồi ghi lại, như 05/12/2026."
    ]


@pytest.mark.parametrize(
    ("value", "number_format"),
    [
        (FIFTH, "dd/mm/yyyy"),
        (FIFTH, "yyyy-mm-dd"),
        (FIFTH, "mmm d, yyyy"),
        (FIFTH.replace(day=25), "m/d/yyyy"),
        (FIFTH.replace(day=12), "m/d/yyyy"),
    ],
)
def test_a_day_that_can_be_read_one_way_only_is_taken(value, number_format):
    assert cell_day(value_of(value, number_format)) == value.date()


@pytest.mark.parametrize(
    ("value", "number_format", "what"),
    [
        (1.1, "General", "số 1,1"),
        (FIFTH, "d-mmm", "ngày 05/12/2026"),
        (FIFTH, "mm-dd-yy", "ngày 05/12/2026"),
        (0.5, "0%", "một giá trị khác"),
    ],
)
def test_a_code_that_excel_has_changed_is_asked_about(value, number_format, what):
    assert refusal(cell_code, value_of(value, number_format)) == [
        f"Excel đã đổi mã này thành {what}. Hãy đổi cột sang dạng chữ (Text) rồi ghi lại mã như "
        "bản gốc."
    ]


@pytest.mark.parametrize(
    ("value", "code"), [("1/2", "1/2"), ("1.10", "1.10"), (3, "3"), ("-", "-")]
)
def test_a_code_as_typed_is_kept(value, code):
    assert cell_code(value_of(value)) == code
