"""The empty workbook in which an office writes down a whole bloc year."""

from blocs.scoring import GROUP, KINDS, kind_words
from blocs.year_files.domain.year_pages import (
    ABOUT,
    FACTS,
    LEFT_OUT,
    RESULT_COLUMNS,
    RESULTS,
    ROLES,
    TABLE,
    TABLE_COLUMNS,
    UNIT_COLUMNS,
    UNITS,
)
from thidua.workbooks import Column, WorkbookRow, WorkbookSheet, write_workbook

HELP = "Hướng dẫn"
BLANK_LINES, SAMPLE_UNITS = 40, ("MA1", "MA2", "MA3")
HELP_LINES = (
    "1. Điền các trang theo thứ tự: Thông tin, Đơn vị, Bảng điểm, Kết quả. Dấu (*) là bắt buộc.",
    "2. Trang “Đơn vị”: mỗi dòng một đơn vị. Đơn vị đã có trong phần mềm thì ghi đúng mã và tên.",
    "3. Trang “Bảng điểm”: nhóm ghi mã “I”, tiêu chí trong nhóm ghi “I/1”, cấp dưới “I/1/a”.",
    "Phần cuối của mã là ký hiệu như bản ban hành: “I/-”, “I/1/”, “I/” nếu không có ký hiệu; được "
    "trùng nhau, khi đó trang “Kết quả” ghi đúng nội dung của dòng.",
    "Nhóm nào cũng ghi “Điểm tối đa”, bằng tổng điểm của các dòng trong nhóm.",
    "4. Cột “Quy tắc” chỉ cần cho cách chấm có tham số, viết dạng JSON, số trong ngoặc kép, ví dụ: "
    '{"formula": "proportional"} với cách chấm “Định lượng theo chỉ tiêu”.',
    "5. Trang “Kết quả”: mỗi đơn vị hai cột, tiêu đề là mã đơn vị, dấu gạch ngang và “chỉ tiêu” "
    "hoặc “kết quả”, ví dụ “SXD – chỉ tiêu”, “SXD – kết quả”.",
    f"6. Ô kết quả ghi số, tên mức, “Đạt” hoặc “Không đạt”, “Có” hoặc “Không”; tiêu chí không giao "
    f"cho đơn vị thì ghi “{LEFT_OUT}”; để trống là chưa có.",
    "7. Tiêu chí có nhiều số liệu: mỗi số liệu một dòng, ghi mã tiêu chí và mã số liệu.",
    "8. Xem trước ở trang “Mở năm thi đua từ tệp Excel” (mục Năm thi đua): còn ô sai thì không ghi "
    "gì cả.",
)
UNIT_TITLES = (
    "Mã đơn vị (*)",
    "Tên chính thức (*)",
    "Tên rút gọn",
    "Vai trò",
    "Cơ quan chủ quản",
    "Họ tên thủ trưởng",
    "Chức vụ thủ trưởng",
)
TABLE_TITLES = (
    "Mã (*)",
    "Nội dung (*)",
    "Cách chấm",
    "Điểm tối đa",
    "Đơn vị tính",
    "Minh chứng (x)",
    "Quy tắc",
)
RESULT_TITLES = ("Mã tiêu chí (*)", "Mã số liệu", "Nội dung")
WIDTHS = {"name": 50, "rule": 40, "kind": 28, "superior": 22, "leader_name": 24, "label": 34}


def year_template() -> bytes:
    """The workbook, with help and lists to choose from, without a single figure."""
    kinds = tuple(kind_words(kind) for kind in (GROUP, *KINDS))
    choices = {"role": tuple(ROLES), "kind": kinds, "evidence": ("x",)}
    units = [_column(*pair, choices) for pair in zip(UNIT_TITLES, UNIT_COLUMNS, strict=True)]
    table = [_column(*pair, choices) for pair in zip(TABLE_TITLES, TABLE_COLUMNS, strict=True)]
    results = [_column(*pair, choices) for pair in zip(RESULT_TITLES, RESULT_COLUMNS, strict=True)]
    for code in SAMPLE_UNITS:
        results += [
            Column(f"{code} – {what}", 14, kind="number", is_input=True)
            for what in ("chỉ tiêu", "kết quả")
        ]
    return write_workbook(
        [
            WorkbookSheet(
                HELP, [Column("Cách điền", 120)], [WorkbookRow([line]) for line in HELP_LINES]
            ),
            _about(),
            WorkbookSheet(UNITS, units, _blank(len(units)), frozen_columns=1),
            WorkbookSheet(TABLE, table, _blank(len(table)), frozen_columns=2),
            WorkbookSheet(RESULTS, results, _blank(len(results)), frozen_columns=3),
        ]
    )


def _about() -> WorkbookSheet:
    columns = [
        Column("Mục", 34, code="label"),
        Column("Nội dung", 60, is_input=True, code="value"),
        Column("", is_hidden=True, code="code"),
    ]
    return WorkbookSheet(
        ABOUT, columns, [WorkbookRow([label, None, code]) for code, label in FACTS.items()]
    )


def _column(title: str, code: str, choices: dict[str, tuple[str, ...]]) -> Column:
    return Column(
        title,
        WIDTHS.get(code, 16),
        kind="number" if code == "max_points" else "text",
        is_input=True,
        choices=choices.get(code, ()),
        code=code,
    )


def _blank(width: int) -> list[WorkbookRow]:
    return [WorkbookRow([None] * width) for _ in range(BLANK_LINES)]
