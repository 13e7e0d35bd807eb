"""A scoring table through its Excel file: the same again, or every wrong cell."""

import datetime as dt
import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

import blocs.criteria.forms.table_workbook as reading
from blocs.criteria.documents.table_workbook import blank_workbook, table_workbook
from blocs.criteria.forms.table_workbook import WorkbookFaultsError, read_table_workbook
from blocs.scoring.totals.tables import check_table, from_json, to_json, walk
from blocs.scoring.totals.tree import with_formula
from tests.criteria import criteria
from tests.factories.files import xlsx

FILES = ("ca-cum-347", "hcmc", "template-cum", "template-khoi", "tien-giang")
WRONG_FORM = (
    "Tệp không theo mẫu bảng chấm điểm. Hãy tải tệp Excel mẫu ở trang này (hoặc xuất một bảng đã "
    "có), chép nội dung vào rồi tải lên."
)


def read(content):
    return read_table_workbook(SimpleUploadedFile("bang.xlsx", content))


def as_file(table):
    return to_json(table.nodes, table.rules, table.title, table.disqualifiers)


def cells(content):
    """Every cell of every sheet; the bytes of two files differ by their time alone."""
    book = load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.values) for sheet in book}


def changed(content, sheet, **values):
    """The file after somebody typed into some cells."""
    book = load_workbook(io.BytesIO(content))
    for name, value in values.items():
        book[sheet][name] = value
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("name", FILES)
def test_out_in_and_out_again_is_the_same(name):
    table = from_json(criteria(name))
    content = table_workbook(table)
    again = read(content)
    assert as_file(again) == as_file(table)
    assert cells(table_workbook(again)) == cells(content)


def test_the_form_has_readable_columns_and_one_row_for_each_line():
    rows = cells(table_workbook(from_json(criteria("template-khoi"))))["Tiêu chí"]
    assert rows[3][:6] == (
        "Cấp",
        "Mã, ký hiệu",
        "Nội dung",
        "Đơn vị tính",
        "Cách chấm",
        "Điểm tối đa",
    )
    assert rows[5][:6] == (
        1,
        "I",
        "Thực hiện nhiệm vụ chính trị, chuyên môn",
        None,
        "Nhóm tiêu chí",
        60,
    )
    assert [row[13] for row in rows if row[13]][2] == "\n".join(
        ("Xuất sắc: 10", "Tốt: 8", "Khá: 6", "Trung bình: 3", "Yếu: 0")
    )
    assert len(rows) == 5 + 30


def test_the_blank_form_is_a_table_already():
    table = read(blank_workbook())
    assert check_table(table.nodes, table.rules.total_max) == []


def test_a_line_typed_in_excel_is_taken_as_typed():
    content = changed(
        blank_workbook(),
        "Tiêu chí",
        F7=60,
        A8=2,
        B8=2,
        C8="=Điểm công bố",
        E8="kết quả xếp loại từ bên ngoài",
        F8="40",
        P8="từ 80 đến dưới 90: 20\ntừ 90: 40",
    )
    book = load_workbook(io.BytesIO(content))
    book["Tiêu chí"]["C8"].data_type = "s"
    file = io.BytesIO()
    book.save(file)
    (group,) = read(file.getvalue()).nodes
    leaf = group.children[1]
    assert (leaf.code, leaf.name, leaf.kind, leaf.max_points) == (
        "2",
        "=Điểm công bố",
        "external_rating",
        40,
    )
    assert leaf.rule == {
        "bands": [
            {"ends": "[)", "from": "80", "to": "90", "points": "20"},
            {"ends": "[]", "from": "90", "points": "40"},
        ]
    }


def test_every_wrong_cell_is_named_and_nothing_is_taken():
    content = changed(
        blank_workbook(),
        "Tiêu chí",
        F7="ba",
        A8=4,
        B8="1",
        C8="Trùng mã",
        E8="Chấm bừa",
        H8="ai cũng thế",
        N8="Tốt 8",
    )
    content = changed(content, "Quy tắc", B5="nhiều", B9="có lẽ")
    with pytest.raises(WorkbookFaultsError) as caught:
        read(content)
    assert [(one.sheet, one.cell, one.value, one.reason) for one in caught.value.faults] == [
        (
            "Tiêu chí",
            "F7",
            "ba",
            "“ba” không phải là số. Vui lòng viết như 9,5 hoặc 1234,5.",
        ),
        ("Tiêu chí", "A8", "4", "Cấp phải là số nguyên từ 1 đến 3."),
        ("Tiêu chí", "H8", "ai cũng thế", "Không có lựa chọn “ai cũng thế”."),
        (
            "Tiêu chí",
            "N8",
            "Tốt 8",
            "Dòng “Tốt 8” phải ghi tên mức và số điểm, ví dụ “Tốt: 8”.",
        ),
        ("Tiêu chí", "E8", "Chấm bừa", "Không có cách chấm này; hãy chọn trong danh sách."),
        (
            "Quy tắc",
            "B5",
            "nhiều",
            "“nhiều” không phải là số. Vui lòng viết như 9,5 hoặc 1234,5.",
        ),
        ("Quy tắc", "B9", "có lẽ", "Chỉ nhận: có, không."),
    ]


def test_a_rule_that_is_none_and_a_ground_without_effect_are_told():
    content = changed(blank_workbook(), "Quy tắc", A9="Quy tắc khác")
    content = changed(content, "Trường hợp không xét", A4="KL", B4="Có kỷ luật", C4="bừa")
    with pytest.raises(WorkbookFaultsError) as caught:
        read(content)
    assert [(one.sheet, one.cell) for one in caught.value.faults] == [
        ("Quy tắc", "A9"),
        ("Trường hợp không xét", "C4"),
    ]


def test_a_table_has_no_more_lines_than_anybody_reads(monkeypatch):
    monkeypatch.setattr(reading, "MOST_LINES", 1)
    with pytest.raises(ValidationError) as caught:
        read(blank_workbook())
    assert caught.value.messages == ["Trang “Tiêu chí” có hơn 1 dòng."]


@pytest.mark.parametrize("content", [table_workbook(from_json(criteria("hcmc")))])
def test_another_workbook_is_refused_with_advice(content):
    book = load_workbook(io.BytesIO(content))
    del book["mau-bang-diem"]
    file = io.BytesIO()
    book.save(file)
    with pytest.raises(ValidationError) as caught:
        read(file.getvalue())
    assert caught.value.messages == [WRONG_FORM]


def test_macros_are_refused_with_advice():
    with pytest.raises(ValidationError) as caught:
        read(xlsx({"xl/vbaProject.bin": "x"}))
    assert caught.value.messages == [
        "Tệp “bang.xlsx” có macro nên không nhận. Hãy mở tệp bằng Excel, chọn Lưu thành (Save "
        "As), kiểu “Excel Workbook (.xlsx)” không macro rồi tải lại."
    ]


def problems(name, formula=""):
    table = from_json(criteria(name))
    rules = table.rules
    nodes = with_formula(table.nodes, formula)
    return check_table(nodes, rules.total_max, step=rules.step, decimals=rules.decimals)


def test_each_real_table_adds_up_or_says_exactly_why_not():
    assert problems("template-cum") == problems("template-khoi") == problems("tien-giang") == []
    assert problems("ca-cum-347", "relative_to_leader") == []
    lines = dict(walk(from_json(criteria("ca-cum-347")).nodes))
    assert problems("ca-cum-347") == [
        f"Mục {path} “{node.name}”: tiêu chí định lượng chưa chọn cách tính điểm."
        for path, node in lines.items()
        if node.kind == "quantitative"
    ]
    assert problems("hcmc") == [
        "Mục TDKT “Công tác thi đua - khen thưởng”: tổng điểm các mục con là 90, khác điểm tối đa "
        "100.",
        "Mục TDKT/08: chưa có tên.",
        "Mục TDKT/08: chưa có điểm tối đa.",
    ]


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [(1.1, "General", "số 1,1"), (dt.date(2026, 2, 1), "d-mmm", "ngày 01/02/2026")],
)
def test_a_code_that_excel_has_changed_is_asked_about(value, number_format, shown):
    book = load_workbook(io.BytesIO(table_workbook(from_json(criteria("template-khoi")))))
    book["Tiêu chí"]["B6"] = value
    book["Tiêu chí"]["B6"].number_format = number_format
    file = io.BytesIO()
    book.save(file)
    with pytest.raises(WorkbookFaultsError) as caught:
        read(file.getvalue())
    faults = [(fault.cell, fault.reason) for fault in caught.value.faults]
    assert faults[:1] == [
        (
            "B6",
            f"Excel đã đổi mã này thành {shown}. Hãy đổi cột sang dạng chữ (Text) rồi ghi lại mã "
            "như bản gốc.",
        )
    ]


def test_a_percent_among_the_points_of_a_table_is_asked_about():
    book = load_workbook(io.BytesIO(table_workbook(from_json(criteria("template-khoi")))))
    book["Tiêu chí"]["F6"] = 0.6
    book["Tiêu chí"]["F6"].number_format = "0%"
    file = io.BytesIO()
    book.save(file)
    with pytest.raises(WorkbookFaultsError) as caught:
        read(file.getvalue())
    assert [fault.cell for fault in caught.value.faults] == ["F6"]
