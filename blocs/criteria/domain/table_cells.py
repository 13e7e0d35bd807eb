"""A scoring table as rows of readable cells, and back: the ground of its spreadsheet.

Numbers are decimal strings here. What the readable columns cannot say exactly stands in the last
one as JSON, so that a table survives the way out and in again without a change.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from blocs.scoring import GROUP, KINDS, Kind, Node, kind_words
from blocs.scoring.terms.group_rules import GROUP_PARAMETERS
from blocs.scoring.terms.numbers import RuleError, read_decimal
from blocs.scoring.terms.parameters import NO, YES, NumberParameter, Parameter, code_of
from blocs.scoring.totals.labels import LONGEST_LABEL
from blocs.scoring.totals.table_json import exact
from thidua.common.json_text import JsonTextError, read_json

MORE, KEY = "more", "key"
APPLIES = {False: "mọi đơn vị", True: "có thể không giao"}
SWITCHES = {True: YES, False: NO}
LONGEST_MEASURE = 60
# What a file may hold of one table: lines, and levels of groups within groups.
MOST_LINES, MOST_LEVELS = 2000, 8
NUMBER_DECIMALS = 6
# The order in which people know the columns; those of other parameters follow.
ORDER = (
    "formula",
    "target",
    "per_unit",
    "cap",
    "step",
    "levels",
    "levels_only",
    "bands",
    "of",
    "lose",
    "each",
    "count",
    "fractions",
    "needs_full",
)


@dataclass(frozen=True)
class CellColumn:
    """One column: `kind` is text, number or choice; `key` the parameter of the rule, if any."""

    key: str
    title: str
    width: float
    kind: str = "text"
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class CellFault:
    """Why a cell cannot be taken; `key` names its column."""

    key: str
    reason: str


def line_columns() -> tuple[CellColumn, ...]:
    """The columns of a table's lines: the line itself, then its rule."""
    return (
        CellColumn("level", "Cấp", 6, "number"),
        CellColumn("code", "Mã, ký hiệu", 10),
        CellColumn("name", "Nội dung", 60),
        CellColumn("measure", "Đơn vị tính", 14),
        CellColumn("kind", "Cách chấm", 26, "choice", tuple(kind_labels().values())),
        CellColumn("max_points", "Điểm tối đa", 10, "number"),
        *_rule_columns(),
    )


def _rule_columns() -> tuple[CellColumn, ...]:
    return (
        CellColumn("needs_evidence", "Phải có minh chứng", 12, "choice", tuple(SWITCHES.values())),
        CellColumn("may_be_not_applicable", "Áp dụng cho", 16, "choice", tuple(APPLIES.values())),
        *map(_column, _parameters().values()),
        CellColumn(MORE, "Tham số khác", 24),
        CellColumn(KEY, "Mã của phần mềm (để nguyên)", 14),
    )


def _column(one: Parameter) -> CellColumn:
    words = tuple(one.words.values())
    kind = "number" if isinstance(one, NumberParameter) else "choice" if words else "text"
    return CellColumn(one.key, one.title, one.width, kind, words)


def _parameters() -> Mapping[str, Parameter]:
    """The parameters of kinds and groups that have a column; kinds share those of one key."""
    return _of_kinds(tuple(KINDS.values()))


@cache
def _of_kinds(kinds: tuple[Kind, ...]) -> Mapping[str, Parameter]:
    found: dict[str, Parameter] = {}
    of_leaves = (parameter for kind in kinds for parameter in kind.parameters)
    for one in (*of_leaves, *GROUP_PARAMETERS):
        if one.title:
            found.setdefault(one.key, one)
    return {key: found[key] for key in (*ORDER, *(key for key in found if key not in ORDER))}


def needed_columns() -> set[str]:
    """What no file may lack; one from before a kind was known lacks only its own columns."""
    later = {KEY} | (_parameters().keys() - set(ORDER))
    return {column.key for column in line_columns()} - later


def kind_labels() -> dict[str, str]:
    """What each way of scoring is called, groups first."""
    return {code: kind_words(code) for code in (GROUP, *KINDS)}


WORDS: Mapping[str, Mapping[Any, str]] = {
    "needs_evidence": SWITCHES,
    "may_be_not_applicable": APPLIES,
}


def table_cells(nodes: Sequence[Node], level: int = 1) -> Iterator[dict[str, str]]:
    """Every line of the table as cells by their keys, top down; empty cells are left out."""
    for node in nodes:
        cells = {
            "level": str(level),
            "code": node.issued,
            KEY: "" if node.label is None else node.code,
            "name": node.name,
            "measure": node.measure,
            "kind": kind_labels().get(node.kind, node.kind),
            "max_points": "" if node.max_points is None else f"{node.max_points.normalize():f}",
            **_rule_cells(node.rule),
        }
        yield {key: text for key, text in cells.items() if text}
        yield from table_cells(node.children, level + 1)


def _rule_cells(rule: Mapping[str, Any]) -> dict[str, str]:
    cells, more = {}, {}
    for key, value in rule.items():
        text = _shown(key, value)
        if text and _is_same(key, text, value):
            cells[key] = text
        else:
            more[key] = value
    if more:
        cells[MORE] = json.dumps(more, ensure_ascii=False, sort_keys=True)
    return cells


def _shown(key: str, value: Any) -> str:
    try:
        if key in WORDS:
            return WORDS[key].get(value, "")
        one = _parameters().get(key)
        return one.cell_text(value) if one else ""
    except (AttributeError, TypeError, ValueError):
        return ""


def _is_same(key: str, text: str, value: object) -> bool:
    try:
        return _value(key, text) == value
    except RuleError:
        return False


def _value(key: str, text: str) -> object:
    if key in WORDS:
        return code_of(WORDS[key], text)
    return _parameters()[key].of_cell(text)


def node_of(cells: Mapping[str, str]) -> tuple[Node, list[CellFault]]:
    """The line that the cells say, without children, and what is wrong with single cells."""
    faults: list[CellFault] = []
    rule: dict[str, Any] = {}
    for column in _rule_columns():
        text = cells.get(column.key, "")
        if text and column.key != KEY:
            try:
                rule |= (
                    _more(text) if column.key == MORE else {column.key: _value(column.key, text)}
                )
            except RuleError as error:
                faults.append(CellFault(column.key, str(error)))
    faults.extend(_line_faults(cells))
    label, key = cells.get("code", ""), cells.get(KEY, "")
    node = Node(
        code=key or label,
        label=label if key else None,
        name=cells.get("name", ""),
        kind=_kind(cells.get("kind", "")),
        max_points=read_decimal(cells["max_points"]) if cells.get("max_points") else None,
        rule=rule,
        measure=cells.get("measure", ""),
    )
    return node, faults


def _more(text: str) -> dict[str, Any]:
    try:
        found = exact(read_json(text), "tham số khác")
    except JsonTextError as error:
        words = "Không phải là văn bản JSON hợp lệ." if error.line else str(error)
        raise RuleError(words) from error
    if not isinstance(found, dict):
        raise RuleError("Phải đặt trong dấu ngoặc nhọn { }.")
    return found


def _kind(text: str) -> str:
    by_label = {label.lower(): code for code, label in kind_labels().items()}
    return by_label.get(text.lower(), text)


def _line_faults(cells: Mapping[str, str]) -> Iterator[CellFault]:
    code, kind = cells.get("code", ""), cells.get("kind", "")
    if len(code) > LONGEST_LABEL:
        yield CellFault("code", f"Mã, ký hiệu dài quá {LONGEST_LABEL} ký tự.")
    if len(cells.get("measure", "")) > LONGEST_MEASURE:
        yield CellFault("measure", "Đơn vị tính dài quá 60 ký tự.")
    if not kind:
        yield CellFault("kind", "Chưa chọn cách chấm; nhóm thì ghi “Nhóm tiêu chí”.")
    elif _kind(kind) not in kind_labels() and not re.fullmatch(r"[a-z_]{1,30}", kind):
        yield CellFault("kind", "Không có cách chấm này; hãy chọn trong danh sách.")
    points = read_decimal(cells.get("max_points") or "0")
    if points is not None and points < 0:
        yield CellFault("max_points", "Điểm tối đa không được âm.")
