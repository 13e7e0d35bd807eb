"""Excel files in and out: what is refused, what a cell says, what may never become a formula."""

import datetime as dt
import io
import zipfile
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from tests.factories.files import docx, office, pdf, xlsx
from thidua.workbooks import (
    UNCALCULATED,
    Column,
    Faults,
    ReadSheet,
    WorkbookRow,
    WorkbookSheet,
    cell_day,
    cell_decimal,
    cell_name,
    cell_text,
    read_workbook,
    write_workbook,
)

SAVE_AS = "Hãy mở tệp bằng Excel, chọn Lưu thành (Save As), kiểu “Excel Workbook (.xlsx)”"
# Excel keeps a day as a moment without a zone.
MIDNIGHT = dt.datetime.combine(dt.date(2026, 12, 5), dt.time())
TEXT, NUMBER = Column("Nội dung", 30), Column("Điểm", 10, kind="number", is_input=True)


def upload(content, name="bảng.xlsx"):
    return SimpleUploadedFile(name, content)


def saved(fill):
    """A workbook that Excel or somebody's script may have made."""
    book = Workbook()
    fill(book.active)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def written(*rows, **more):
    return write_workbook(
        [WorkbookSheet("Bảng điểm", [TEXT, NUMBER], [WorkbookRow(row) for row in rows], **more)]
    )


def repacked(content, change):
    """The same archive with some parts changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return office(change(parts))


def bomb():
    """Small on the disk, 51 MB when unpacked."""
    file = io.BytesIO(xlsx())
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/a.bin", bytes(51 * 1024 * 1024))
    return file.getvalue()


MACRO_TYPE = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Tệp “bảng.xlsx” không có nội dung. Hãy chọn tệp khác."),
        (
            b"\xd0\xcf\x11\xe0" + bytes(600),
            f"Tệp “bảng.xlsx” là Excel đời cũ (.xls) hoặc có mật khẩu. {SAVE_AS} không mật khẩu.",
        ),
        (pdf(), f"Tệp “bảng.xlsx” không phải là tệp Excel (.xlsx). {SAVE_AS} rồi tải lại."),
        (docx(), f"Tệp “bảng.xlsx” không phải là tệp Excel (.xlsx). {SAVE_AS} rồi tải lại."),
        (
            xlsx({"xl/vbaProject.bin": "x"}),
            f"Tệp “bảng.xlsx” có macro nên không nhận. {SAVE_AS} không macro rồi tải lại.",
        ),
        (
            repacked(written(), lambda parts: parts | {"[Content_Types].xml": MACRO_TYPE}),
            f"Tệp “bảng.xlsx” có macro nên không nhận. {SAVE_AS} không macro rồi tải lại.",
        ),
        (
            bomb(),
            "Tệp “bảng.xlsx” bung ra quá lớn nên không đọc. Hãy chép số liệu sang tệp mới rồi "
            "tải lại.",
        ),
        (
            xlsx({"xl/sharedStrings.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x/>'}),
            "Tệp “bảng.xlsx” bị hỏng hoặc chưa trọn vẹn. Hãy mở thử trên máy rồi tải lại.",
        ),
        (xlsx(), "Tệp “bảng.xlsx” bị hỏng hoặc chưa trọn vẹn. Hãy mở thử trên máy rồi tải lại."),
        (
            written()[:-200],
            "Tệp “bảng.xlsx” bị hỏng hoặc chưa trọn vẹn. Hãy mở thử trên máy rồi tải lại.",
        ),
    ],
)
def test_a_file_that_is_no_plain_workbook_is_refused_with_advice(content, sentence):
    with pytest.raises(ValidationError) as caught:
        read_workbook(upload(content))
    assert caught.value.messages == [sentence]


def test_a_file_above_ten_megabytes_is_refused():
    with pytest.raises(ValidationError) as caught:
        read_workbook(upload(b"PK\x03\x04" + bytes(10 * 1024 * 1024)))
    assert caught.value.messages == [
        "Tệp “bảng.xlsx” nặng hơn 10 MB, không phải tệp số liệu. Hãy bỏ ảnh, trang tính thừa."
    ]


def test_sheets_too_wide_or_too_long_are_refused():
    wide = saved(lambda sheet: sheet.cell(row=1, column=401, value="x"))
    long = saved(lambda sheet: sheet.cell(row=20_001, column=1, value="x"))
    with pytest.raises(ValidationError) as caught:
        read_workbook(upload(wide))
    assert caught.value.messages == [
        "Trang “Sheet” có số liệu ở quá cột thứ 400; tệp số liệu không rộng đến thế."
    ]
    with pytest.raises(ValidationError) as caught:
        read_workbook(upload(long))
    assert caught.value.messages == [
        "Trang “Sheet” có hơn 20000 dòng; tệp số liệu không lớn đến thế."
    ]


def test_rows_are_read_without_the_empty_end():
    def fill(sheet):
        sheet["A1"], sheet["B3"], sheet["C9"] = "đầu", 2.5, ""

    assert read_workbook(upload(saved(fill)))["Sheet"].rows == (("đầu",), (), (None, 2.5))


def test_a_formula_counts_as_its_result_and_never_as_nothing():
    def fill(sheet):
        sheet["A1"], sheet["B1"] = "=1+1", 3

    content = saved(fill)
    assert read_workbook(upload(content))["Sheet"].rows == ((UNCALCULATED, 3),)
    sheet = next(
        name for name in zipfile.ZipFile(io.BytesIO(content)).namelist() if "sheet1" in name
    )
    counted = repacked(
        content,
        lambda parts: (
            parts
            | {sheet: parts[sheet].replace(b"<v />", b"<v>2</v>").replace(b"<v></v>", b"<v>2</v>")}
        ),
    )
    assert read_workbook(upload(counted))["Sheet"].rows == ((2, 3),)


@pytest.mark.parametrize("text", ["=1+1", "+84 919", "-5 điểm", "@SUM(A1)", "\t=1", "=HYPERLINK()"])
def test_a_text_that_begins_like_a_formula_is_stored_as_text(text):
    content = written([text, Decimal("1.5")])
    cell = load_workbook(io.BytesIO(content)).active["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)
    assert read_workbook(upload(content))["Bảng điểm"].value(2, 1) == text


def test_plain_text_and_numbers_keep_their_kind():
    cells = load_workbook(io.BytesIO(written(["Đúng hạn\x0b", Decimal("-9.25")]))).active
    assert [(cell.value, cell.data_type, cell.quotePrefix) for cell in cells[2]] == [
        ("Đúng hạn", "s", False),
        (-9.25, "n", False),
    ]


def test_the_header_is_frozen_repeated_and_below_the_title_lines():
    content = written(["a", 1], title_lines=["BẢNG ĐIỂM", "Năm 2026"], frozen_columns=1)
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet.freeze_panes == "B4"
    assert sheet.print_title_rows == "$3:$3"
    assert [cell.value for cell in sheet["A"]] == ["BẢNG ĐIỂM", "Năm 2026", "Nội dung", "a"]
    # Thirty letters and the margins of a cell.
    assert sheet.column_dimensions["A"].width == 30.7109375
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)


def test_a_locked_sheet_lets_only_its_inputs_be_typed():
    sheet = load_workbook(io.BytesIO(written(["a", 1], is_locked=True))).active
    assert sheet.protection.sheet is True
    assert [cell.protection.locked for cell in sheet[2]] == [True, False]


def test_choices_are_offered_also_where_a_rule_cannot_hold_them():
    columns = [Column("a", choices=("Đạt", "Không đạt")), Column("b", choices=("Tốt, khá", "Yếu"))]
    content = write_workbook(
        [WorkbookSheet("S", columns, [WorkbookRow(["Đạt", ""])], is_locked=True)]
    )
    offers = load_workbook(io.BytesIO(content)).active.data_validations.dataValidation
    assert [(str(one.sqref), one.formula1) for one in offers] == [
        ("A2", '"Đạt,Không đạt"'),
        ("B2", "'danh-muc'!$A$1:$A$2"),
    ]


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (None, None),
        ("", None),
        (9.5, Decimal("9.5")),
        (10, Decimal(10)),
        (0.1 + 0.2, Decimal("0.3")),
        ("9,5", Decimal("9.5")),
        ("1.234,5", Decimal("1234.5")),
        (1e3, Decimal(1000)),
    ],
)
def test_the_number_of_a_cell_is_exact(value, number):
    assert cell_decimal(value, decimals=2) == number


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (MIDNIGHT, "Ô đang ở dạng ngày tháng; hãy đổi sang dạng số rồi nhập lại."),
        (True, "Ô chứa giá trị đúng/sai; ở đây cần một số."),
        (
            1.234,
            "Số trong ô có phần lẻ quá dài; ở đây chỉ nhập nhiều nhất 2 chữ số thập phân.",
        ),
        ("chín", "“chín” không phải là số. Vui lòng viết như 9,5 hoặc 1234,5."),
        (
            UNCALCULATED,
            "Ô có công thức chưa có kết quả. Hãy chép ô rồi dán lại dạng giá trị (Values).",
        ),
    ],
)
def test_what_is_no_number_is_refused(value, sentence):
    with pytest.raises(ValidationError) as caught:
        cell_decimal(value, decimals=2)
    assert caught.value.messages == [sentence]


def test_texts_and_days_of_cells():
    assert [cell_text(value) for value in (None, " Hoa\u0300 ", 9.5, 3, True)] == [
        "",
        "Hoà",
        "9,5",
        "3",
        "có",
    ]
    day = dt.date(2026, 12, 5)
    assert [cell_day(value) for value in (None, "05/12/2026", MIDNIGHT)] == [
        None,
        day,
        day,
    ]
    with pytest.raises(ValidationError) as caught:
        cell_day("2026-12-05")
    assert caught.value.messages == ["“2026-12-05” không phải là ngày dạng dd/mm/yyyy."]


def test_faults_name_sheet_cell_value_and_reason():
    sheet = ReadSheet("Điểm", ((None, 1), ("chín", 2)))
    faults = Faults()
    assert faults.read(cell_decimal, sheet, 2, 1, decimals=2) is None
    assert faults.read(cell_decimal, sheet, 2, 2, decimals=2) == 2
    faults.add(sheet, 7, 28, "Thiếu mã.")
    assert [str(fault) for fault in faults.found] == [
        "Trang “Điểm”, ô A2, giá trị “chín”: “chín” không phải là số. Vui lòng viết như 9,5 hoặc "
        "1234,5.",
        "Trang “Điểm”, ô AB7: Thiếu mã.",
    ]
    assert cell_name(1, 703) == "AAA1"


NUMBERS = st.decimals(
    min_value=-99999, max_value=99999, places=4, allow_nan=False, allow_infinity=False
)


@given(NUMBERS)
def test_a_number_that_is_written_is_read_again(number):
    sheet = read_workbook(upload(written(["a", number])))["Bảng điểm"]
    assert cell_decimal(sheet.value(2, 2), decimals=4) == number


def test_a_form_has_hidden_codes_own_inputs_and_own_lists():
    columns = [
        Column("Nội dung", 30, code="noi_dung"),
        Column("Mức", 12, is_input=True, code="muc"),
    ]
    long = ("Hoàn thành tốt, đúng hạn", "Không hoàn thành")
    rows = [
        WorkbookRow(["Nhóm", None], look="group"),
        WorkbookRow(["Một", "Đạt"], inputs={1}, choices={1: ("Đạt", "Không đạt")}),
        WorkbookRow(["Hai", None], inputs={1}, choices={1: long}),
        WorkbookRow(["Ba", None], inputs=(), choices={1: ("Đạt", "Không đạt")}),
    ]
    sheet = WorkbookSheet("Mẫu", columns, rows, title_lines=("TÊN",), is_locked=True)
    book = load_workbook(io.BytesIO(write_workbook([sheet])))
    page = book["Mẫu"]
    assert [cell.value for cell in page[3]] == ["noi_dung", "muc"]
    assert page.row_dimensions[3].hidden is True
    assert (page.freeze_panes, sheet.first_row) == ("A4", 4)
    assert [page.cell(row, 2).protection.locked for row in range(4, 8)] == [
        True,
        False,
        False,
        True,
    ]
    rules = {str(rule.sqref): rule.formula1 for rule in page.data_validations.dataValidation}
    assert rules == {"B5 B7": '"Đạt,Không đạt"', "B6": "'danh-muc'!$A$1:$A$2"}
    assert [cell.value for cell in book["danh-muc"]["A"]] == list(long)
    assert book["danh-muc"].sheet_state == "hidden"
