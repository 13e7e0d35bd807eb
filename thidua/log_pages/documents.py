"""Lines of the log book as an Excel file, or as text that any program reads (CSV)."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from io import TextIOWrapper
from typing import Any, BinaryIO, TextIO

from django.utils import timezone

from thidua.common.files import CONTENT_TYPES
from thidua.common.vietnamese.dates import moment_words
from thidua.jobs.kinds import Made
from thidua.workbooks import Column, WorkbookRow, WorkbookSheet, write_workbook
from thidua.workbooks.csv_text import CSV, write_csv

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


EXCEL, TEXT = "xlsx", "csv"


def write_log(
    file: BinaryIO, form: str, lines: Iterable[Mapping[str, Any]], *, at: datetime
) -> Made:
    """Write the lines in one of the two forms; what the file is called."""
    name = f"nhat-ky-{at:%Y%m%d-%H%M}.{form}"
    if form == EXCEL:
        file.write(log_workbook(lines, at=at))
        return Made(name, CONTENT_TYPES[".xlsx"])
    text = TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    log_table(lines, text)
    text.detach()
    return Made(name, CSV)


def log_workbook(lines: Iterable[Mapping[str, Any]], *, at: datetime) -> bytes:
    """One row a changed value, and one for a line that changed none."""
    rows = [row for line in lines for row in rows_of(line)]
    title = f"Nhật ký công việc, tải lúc {moment_words(at)}"
    sheet = WorkbookSheet("Nhật ký", COLUMNS, rows, title_lines=(title,), frozen_columns=1)
    return write_workbook([sheet])


def log_table(lines: Iterable[Mapping[str, Any]], file: TextIO) -> None:
    """The same rows as CSV."""
    titles = [column.title for column in COLUMNS]
    write_csv(file, titles, (row.values for line in lines for row in rows_of(line)))


def rows_of(line: Mapping[str, Any]) -> Iterator[WorkbookRow]:
    """The rows of one line."""
    at = timezone.localtime(line["at"]).strftime("%H:%M:%S %d-%m-%Y")
    about = (at, line["actor_name"], line["label"], line["kind"], line["subject"])
    nothing = {"before": "", "after": "", "name": ""}
    for change in [*line["changes"], *line["more"]] or [nothing]:
        yield WorkbookRow((*about, change["before"], change["after"], change["name"], line["note"]))
