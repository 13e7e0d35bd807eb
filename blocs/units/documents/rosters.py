"""Lists of units and people as Excel: the form to fetch, and what came back in it."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.core.files.base import File

from blocs.units.domain.person_rosters import FULL_NAME, PERSON_COLUMNS, ROLE
from blocs.units.domain.rosters import RosterColumn, roster_text
from blocs.units.domain.unit_rosters import ADDRESS, NAME, UNIT_COLUMNS
from thidua.common.vietnamese.dates import short_date
from thidua.workbooks import Column, WorkbookRow, WorkbookSheet, read_workbook, write_workbook
from thidua.workbooks.formats import MonthFirstDay
from thidua.workbooks.reading import cell_text

HELP = "Hướng dẫn"
BLANK_LINES = 40
WIDE = {NAME.code: 50, ADDRESS.code: 34, FULL_NAME.code: 28, ROLE.code: 22}
NO_SHEET = "Tệp không có trang nào có số liệu."
UNIT_HELP = (
    "Mỗi dòng một đơn vị; dòng đầu là tên cột, giữ nguyên. Cột có dấu (*) là bắt buộc.",
    "Mã đơn vị: để trống thì phần mềm đặt theo chữ đầu của tên.",
    "Tên rút gọn, cơ quan chủ quản, chức danh thủ trưởng, địa chỉ: để trống được.",
    "Mã khối, cụm: ký hiệu của khối, cụm đã lập, như KTĐ5; đơn vị chưa vào khối nào thì để trống.",
    "Thuộc khối từ ngày: ngày của quyết định, viết như 05/12/2026; có mã khối thì phải có ngày.",
    "Đơn vị đã có trong phần mềm được giữ nguyên, không sửa theo danh sách.",
    "Nhiều nhất 1.000 dòng một lần. Có một dòng sai thì không ghi dòng nào.",
)
PERSON_HELP = (
    "Mỗi dòng một người ở một vị trí; dòng đầu là tên cột, giữ nguyên. Cột có dấu (*) là bắt buộc.",
    "Tên đăng nhập: để trống thì phần mềm đặt theo họ tên, không dấu.",
    "Mã đơn vị: bắt buộc với cán bộ đầu mối và lãnh đạo đơn vị; vai trò ở tỉnh thì để trống.",
    "Vai trò: cán bộ đầu mối, lãnh đạo đơn vị, cơ quan thường trực, thành viên Hội đồng, Chủ tịch, "
    "quản trị hệ thống. Vị trí kiểm toán, thanh tra giao ở trang của từng người.",
    "Từ ngày: ngày giữ vị trí, viết như 05/12/2026.",
    "Mật khẩu dùng một lần do phần mềm đặt, in ra phiếu ngay khi mở tài khoản; không lưu ở đâu.",
    "Nhiều nhất 500 dòng một lần. Có một dòng sai thì không mở tài khoản nào.",
)


def unit_roster_form() -> bytes:
    """The empty workbook in which an office writes down its units."""
    return roster_form("Đơn vị", UNIT_COLUMNS, UNIT_HELP)


def person_roster_form() -> bytes:
    """The empty workbook in which an office writes down who sits where."""
    return roster_form("Người dùng", PERSON_COLUMNS, PERSON_HELP)


def roster_form(name: str, columns: Sequence[RosterColumn], help_lines: Sequence[str]) -> bytes:
    """An empty workbook with these columns, and a sheet that says how to fill them."""
    shown = [
        Column(
            f"{column.title} (*)" if column.is_required else column.title,
            WIDE.get(column.code, 18),
            is_input=True,
        )
        for column in columns
    ]
    blank = [WorkbookRow([None] * len(shown)) for _ in range(BLANK_LINES)]
    told = [WorkbookRow([line]) for line in help_lines]
    return write_workbook(
        [
            WorkbookSheet(name, shown, blank, frozen_columns=1),
            WorkbookSheet(HELP, [Column("Cách điền", 110)], told),
        ]
    )


def text_of_workbook(upload: File) -> str:
    """The first sheet of an uploaded list as the text that pasting it would give.

    ValidationError where the file is no workbook, or holds nothing to be seen.
    """
    sheets = [sheet for sheet in read_workbook(upload).values() if not sheet.is_hidden]
    rows = next((sheet.rows for sheet in sheets if sheet.rows), None)
    if rows is None:
        raise ValidationError(NO_SHEET)
    return roster_text([[cell_words(value) for value in row] for row in rows])


def cell_words(value: object) -> str:
    """One cell on one line; what cannot be read stands there so that its line is refused."""
    if isinstance(value, MonthFirstDay) and value.is_ambiguous:
        other = value.replace(day=value.month, month=value.day)
        return f"{short_date(value)} hay {short_date(other)}"
    try:
        return " ".join(cell_text(value).split("\n"))
    except ValidationError:
        return "="
