"""A scoring table as an Excel file that can be filled in, checked and read in again."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from blocs.criteria.domain.table_cells import CellColumn, kind_labels, line_columns, table_cells
from blocs.criteria.domain.table_rules_cells import (
    EFFECT_WORDS,
    GROUND_COLUMNS,
    NO,
    YES,
    RuleLine,
    ground_cells,
    rules_cells,
)
from blocs.scoring import NOT_APPLICABLE_MODES, TableRules
from blocs.scoring.terms.numbers import read_decimal
from blocs.scoring.totals.tables import GROUP, Node, Table
from thidua.workbooks import Column, Value, WorkbookRow, WorkbookSheet, write_workbook

FORM = "criteria-table-xlsx/1"
LINES, RULES, GROUNDS, MARK = "Tiêu chí", "Quy tắc", "Trường hợp không xét", "mau-bang-diem"
HOW = (
    "Mỗi dòng là một mục. Cấp 1 là phần lớn, cấp 2 nằm trong cấp 1 ở trên, v.v. Không đổi tên "
    "trang tính; xóa, thêm, chuyển dòng tùy ý."
)


def table_workbook(table: Table, *, subtitle: str = "") -> bytes:
    """The .xlsx of a table: its lines, its summing rules, its grounds of exclusion."""
    title = table.title or "BẢNG CHẤM ĐIỂM THI ĐUA"
    return write_workbook(
        [
            WorkbookSheet(
                LINES,
                [_column(column) for column in line_columns()],
                list(_lines(table)),
                title_lines=(title, subtitle, HOW),
                frozen_columns=3,
            ),
            WorkbookSheet(
                RULES, RULE_HEAD, list(_rules(table)), title_lines=("QUY TẮC CỘNG ĐIỂM",)
            ),
            WorkbookSheet(
                GROUNDS,
                GROUND_HEAD,
                list(_grounds(table)),
                title_lines=("TRƯỜNG HỢP KHÔNG XÉT, GIỚI HẠN KHEN THƯỞNG",),
            ),
            WorkbookSheet(MARK, [Column(FORM)], (), is_hidden=True),
        ]
    )


RULE_HEAD = (
    Column("Quy tắc", 46, code="rule"),
    Column("Nội dung", 40, is_input=True, code="value"),
    Column("Cách ghi", 34, code="hint"),
)
GROUND_HEAD = tuple(
    Column(
        title,
        44 if key == "name" else 18,
        kind="number" if key == "points" else "text",
        choices=tuple(EFFECT_WORDS.values()) if key == "effect" else (),
        code=key,
    )
    for key, title in GROUND_COLUMNS.items()
)


def _column(column: CellColumn) -> Column:
    kind = "number" if column.kind == "number" else "text"
    return Column(column.title, column.width, kind, choices=column.choices, code=column.key)


def _lines(table: Table) -> Iterator[WorkbookRow]:
    group, known = kind_labels()[GROUP], line_columns()
    for cells in table_cells(table.nodes):
        values = [_value(column.kind, cells.get(column.key, "")) for column in known]
        yield WorkbookRow(values, look="group" if cells["kind"] == group else "")


def _value(kind: str, text: str) -> Value:
    """Numbers are written as numbers, so that the reader can add them up."""
    return read_decimal(text) if kind in ("number", "whole") and text else text or None


def _rules(table: Table) -> Iterator[WorkbookRow]:
    for line, text in rules_cells(table.title, table.rules):
        yield WorkbookRow([line.title, _value(line.kind, text), line.hint], choices=_offered(line))


def _offered(line: RuleLine) -> dict[int, tuple[str, ...]]:
    if line.kind == "switch":
        return {1: (YES, NO)}
    return {1: tuple(NOT_APPLICABLE_MODES.values())} if line.kind == "mode" else {}


def _grounds(table: Table) -> Sequence[WorkbookRow]:
    return [
        WorkbookRow(
            [_value("number" if key == "points" else "", row[key]) for key in GROUND_COLUMNS]
        )
        for row in ground_cells(table.disqualifiers)
    ]


EXAMPLE = Node(
    "I",
    "Thực hiện nhiệm vụ chính trị (ví dụ, ghi đè lên)",
    max_points=Decimal(100),
    children=(Node("1", "Hoàn thành nhiệm vụ được giao (ví dụ)", "direct", Decimal(100)),),
)


def blank_workbook() -> bytes:
    """The form to begin with: an example group with one line, to be written over."""
    rules = TableRules(total_max=Decimal(100))
    return table_workbook(Table((EXAMPLE,), rules, "Bảng chấm điểm thi đua"))
