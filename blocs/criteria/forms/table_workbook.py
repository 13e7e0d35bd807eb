"""Reading a scoring table from an Excel file: everything that is wrong, cell by cell, or the table.

All or nothing: one wrong cell and there is no table.
"""

from dataclasses import replace

from django.core.exceptions import ValidationError

from blocs.criteria.documents.table_workbook import FORM, GROUNDS, LINES, MARK, RULES
from blocs.criteria.domain.table_cells import (
    MOST_LEVELS,
    MOST_LINES,
    NUMBER_DECIMALS,
    line_columns,
    needed_columns,
    node_of,
)
from blocs.criteria.domain.table_rules_cells import (
    GROUND_COLUMNS,
    NEEDED_GROUND_COLUMNS,
    RULE_LINES,
    ground_of,
    rule_of_cell,
)
from blocs.scoring import TableRules
from blocs.scoring.terms.numbers import RuleError
from blocs.scoring.totals.labels import keyed
from blocs.scoring.totals.tables import Table
from thidua.common.vietnamese.numbers import whole_number
from thidua.workbooks import Faults, cell_code, cell_decimal, cell_text, read_workbook

RULE_CODES = {"rule", "value", "hint"}
WRONG_FORM = (
    "Tệp không theo mẫu bảng chấm điểm. Hãy tải tệp Excel mẫu ở trang này (hoặc xuất một bảng đã "
    "có), chép nội dung vào rồi tải lên."
)
NO_LINES = "Trang “Tiêu chí” chưa có dòng nào."


class WorkbookFaultsError(ValidationError):
    """The file was read but cells of it cannot be taken; `faults` has every one of them."""

    def __init__(self, faults):
        super().__init__([str(fault) for fault in faults])
        self.faults = faults


def read_table_workbook(upload):
    """The table in an uploaded .xlsx; WorkbookFaultsError with the whole list otherwise."""
    book = read_workbook(upload)
    head = book[MARK].value(1, 1) if MARK in book else None
    if head != FORM or not {LINES, RULES} <= book.keys():
        raise ValidationError(WRONG_FORM)
    faults = Faults()
    nodes = read_lines(book[LINES], faults)
    title, rules = read_rules(book[RULES], faults)
    grounds = read_grounds(book[GROUNDS], faults) if GROUNDS in book else ()
    if faults:
        raise WorkbookFaultsError(faults.found)
    if not nodes:
        raise ValidationError(NO_LINES)
    return Table(nodes, rules, title, grounds)


def columns_by_code(sheet, codes, needed):
    """The row of the hidden codes and the column of each; the titles may have been changed."""
    for place, row in enumerate(sheet.rows[:20], start=1):
        found = {cell: column for column, cell in enumerate(row, start=1) if cell in codes}
        if needed <= found.keys():
            return place, found
    raise ValidationError(WRONG_FORM)


def cells_of(sheet, row, columns, kinds, faults):
    """The cells of one line as text, numbers as decimal strings."""
    cells = {}
    for key, column in columns.items():
        if kinds.get(key) == "number":
            number = faults.read(cell_decimal, sheet, row, column, decimals=NUMBER_DECIMALS)
            text = "" if number is None else f"{number.normalize():f}"
        else:
            reader = cell_code if key == "code" else cell_text
            text = faults.read(reader, sheet, row, column) or ""
        if text:
            cells[key] = text
    return cells


def read_lines(sheet, faults):
    """The tree; a line belongs to the nearest line above it whose level is one less."""
    kinds = {column.key: column.kind for column in line_columns()}
    head, columns = columns_by_code(sheet, set(kinds), needed_columns())
    lines = []
    for row in range(head + 1, len(sheet.rows) + 1):
        cells = cells_of(sheet, row, columns, kinds, faults)
        if not cells:
            continue
        above = lines[-1][0] if lines else 0
        level = level_of(cells, above)
        if level is None:
            words = f"Cấp phải là số nguyên từ 1 đến {min(above + 1, MOST_LEVELS)}."
            faults.add(sheet, row, columns["level"], words)
            level = max(above, 1)
        node, wrong = node_of(cells)
        for fault in wrong:
            faults.add(sheet, row, columns[fault.key], fault.reason)
        lines.append((level, node))
    if len(lines) > MOST_LINES:
        raise ValidationError(f"Trang “{LINES}” có hơn {MOST_LINES} dòng.")
    return tree_of_lines(lines)


def level_of(cells, above):
    level = whole_number(cells.get("level", "")) or 0
    return level if 1 <= level <= min(above + 1, MOST_LEVELS) else None


def tree_of_lines(lines):
    """The nested tree of lines with their levels."""
    tree = []
    place = 0
    while place < len(lines):
        level, node = lines[place]
        end = place + 1
        while end < len(lines) and lines[end][0] > level:
            end += 1
        tree.append(replace(node, children=tree_of_lines(lines[place + 1 : end])))
        place = end
    return keyed(tree)


def read_rules(sheet, faults):
    """Title and summing rules; a rule whose line is missing has its usual value."""
    head, columns = columns_by_code(sheet, RULE_CODES, RULE_CODES)
    by_title = {line.title.lower(): line for line in RULE_LINES}
    found = {}
    for row in range(head + 1, len(sheet.rows) + 1):
        name = cell_text(sheet.value(row, columns["rule"]))
        line = by_title.get(name.lower())
        if line is None:
            if name:
                faults.add(sheet, row, columns["rule"], "Không có quy tắc tên như vậy.")
            continue
        kinds = {"value": "number" if line.kind in ("number", "whole") else "text"}
        place = {"value": columns["value"]}
        text = cells_of(sheet, row, place, kinds, faults).get("value", "")
        try:
            found[line.key] = text if line.kind == "text" else rule_of_cell(line, text)
        except RuleError as error:
            faults.add(sheet, row, columns["value"], str(error))
    title = found.pop("title", "")
    return title, TableRules(**found)


def read_grounds(sheet, faults):
    head, columns = columns_by_code(sheet, GROUND_COLUMNS.keys(), NEEDED_GROUND_COLUMNS)
    found = []
    for row in range(head + 1, len(sheet.rows) + 1):
        cells = cells_of(sheet, row, columns, {"points": "number"}, faults)
        if not cells:
            continue
        try:
            found.append(ground_of(cells))
        except RuleError as error:
            faults.add(sheet, row, columns["effect"], str(error))
    return tuple(found)
