"""A filled workbook of a whole bloc year, as an office would fill the template."""

import io

from openpyxl import load_workbook

from blocs.year_files.documents.template import year_template
from tests.factories.forms import saved

FACTS = {
    "bloc_code": "KTĐ9",
    "bloc_name": "Khối thi đua số 9",
    "bloc_kind": "khối",
    "year": 2026,
    "table_title": "Bảng chấm điểm năm 2026",
}
UNITS = (
    ("SA", "Sở Thử nghiệm A", "", "Trưởng", "", "Nguyễn Văn A", ""),
    ("SB", "Sở Thử nghiệm B", "", "Phó", "", "", ""),
)
FACT_RULE = (
    '{"facts": [{"key": "so_vu", "label": "Số vụ", "type": "count"}], "standard": "10", '
    '"parts": [{"items": [{"per": "so_vu", "points": "-1"}]}]}'
)
TABLE = (
    ("I", "Nhiệm vụ", "Nhóm tiêu chí", 90, "", "", ""),
    ("I/1", "Hoàn thành nhiệm vụ", "Chấm điểm trực tiếp", 40, "", "x", ""),
    ("I/2", "Hồ sơ đúng hạn", "quantitative", 50, "%", "", '{"formula": "proportional"}'),
    ("II", "Chấp hành", "", 10, "", "", ""),
    ("II/1", "Không có đơn thư", "pass_fail", 10, "", "", ""),
)
RESULTS = (
    ("I", "", "Nhiệm vụ"),
    ("I/1", "", "Hoàn thành nhiệm vụ", None, 35.5, None, "40"),
    ("I/2", "", "Hồ sơ đúng hạn", 100, "80", "KG", None),
    ("II/1", "", "Không có đơn thư", None, "Đạt", None, "không đạt"),
)


def put(page, lines, first=3):
    """Lines of values from a row on; None leaves a cell as it is."""
    for row, line in enumerate(lines, start=first):
        for column, value in enumerate(line, start=1):
            if value not in (None, ""):
                page.cell(row, column).value = value


def year_book(facts=None, units=UNITS, table=TABLE, results=RESULTS):
    """The template filled in; the sample columns bear the codes of the units."""
    book = load_workbook(io.BytesIO(year_template()))
    about = book["Thông tin"]
    for row in range(3, about.max_row + 1):
        about.cell(row, 2).value = (FACTS | (facts or {})).get(about.cell(row, 3).value)
    put(book["Đơn vị"], units)
    put(book["Bảng điểm"], table)
    page = book["Kết quả"]
    for column in range(4, max(page.max_column, 3 + 2 * len(units)) + 1):
        code = units[(column - 4) // 2][0] if column < 4 + 2 * len(units) else None
        what = "chỉ tiêu" if column % 2 == 0 else "kết quả"
        page.cell(1, column).value = f"{code} – {what}" if code else None
    put(page, results)
    return book


def year_upload(book=None, name="nam-2026.xlsx"):
    return saved(book or year_book(), name)
