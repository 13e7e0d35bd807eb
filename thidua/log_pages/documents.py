"""Lines of the log book as an Excel file."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from thidua.common.vietnamese.dates import moment_words
from thidua.workbooks import Column, WorkbookRow, WorkbookSheet, write_workbook

COLUMNS = (
    Column("Thời điểm", 18),
    Column("Người thực hiện", 26),
    Column("Việc", 40),
    Column("Loại đối tượng", 20),
    Column("Đối tượng", 44),
    Column("Trước", 40),
    Column("Sau", 40),
    Column("Nội dung thay đổi", 30),
    Column("Ghi chú", 40),
)


def log_workbook(lines: Iterable[Mapping[str, Any]], *, at: datetime) -> bytes:
    """One row a changed value, and one for a line that changed none."""
    rows = [row for line in lines for row in rows_of(line)]
    title = f"Nhật ký công việc, tải lúc {moment_words(at)}"
    sheet = WorkbookSheet("Nhật ký", COLUMNS, rows, title_lines=(title,), frozen_columns=1)
    return write_workbook([sheet])


def rows_of(line: Mapping[str, Any]) -> Iterator[WorkbookRow]:
    """The rows of one line."""
    at = timezone.localtime(line["at"]).strftime("%H:%M:%S %d-%m-%Y")
    about = (at, line["actor_name"], line["label"], line["kind"], line["subject"])
    nothing = {"before": "", "after": "", "name": ""}
    for change in [*line["changes"], *line["more"]] or [nothing]:
        yield WorkbookRow((*about, change["before"], change["after"], change["name"], line["note"]))
