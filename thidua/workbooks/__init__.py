"""Excel files in and out: read safely, written so that nothing typed becomes a formula.

Reading: `read_workbook(upload)` gives sheets of plain rows; `cell_text`, `cell_decimal`, `cell_day`
turn one value into what the program works with, or refuse it with a sentence; `Faults` collects
these refusals with sheet and cell, so that a whole file is reported at once.
Writing: `write_workbook(sheets)` gives the bytes of a file with title lines, a frozen header,
column widths and print settings. Nothing here knows a model.

    book = read_workbook(upload)
    faults = Faults()
    points = faults.read(cell_decimal, book["Bảng điểm"], row, column, decimals=2)
    if faults: raise ValidationError([str(fault) for fault in faults.found])

    columns = [Column("TT", 6), Column("Điểm", 10, kind="number")]
    write_workbook([WorkbookSheet("Bảng điểm", columns, rows)])
"""

from thidua.workbooks.faults import Fault, Faults
from thidua.workbooks.reading import (
    LARGEST_WORKBOOK,
    cell_code,
    cell_day,
    cell_decimal,
    cell_name,
    cell_percent,
    cell_text,
    read_workbook,
)
from thidua.workbooks.sheets import UNCALCULATED, ReadSheet
from thidua.workbooks.writing import (
    LISTS,
    Column,
    Value,
    WorkbookRow,
    WorkbookSheet,
    write_workbook,
)

__all__ = [
    "LARGEST_WORKBOOK",
    "LISTS",
    "UNCALCULATED",
    "Column",
    "Fault",
    "Faults",
    "ReadSheet",
    "Value",
    "WorkbookRow",
    "WorkbookSheet",
    "cell_code",
    "cell_day",
    "cell_decimal",
    "cell_name",
    "cell_percent",
    "cell_text",
    "read_workbook",
    "write_workbook",
]
