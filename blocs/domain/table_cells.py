"""A scoring table as rows of readable cells, and back: the ground of its spreadsheet.

Numbers are decimal strings here. What the readable columns cannot say exactly stands in the last
one as JSON, so that a table survives the way out and in again without a change.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from blocs.domain.rule_texts import bands_of, bands_text, levels_of, levels_text
from blocs.domain.scoring import FORMULA_LABELS, GROUP, KINDS, Node, kind_words
from blocs.domain.scoring.numbers import RuleError, read_decimal
from blocs.domain.table_json import exact

YES, NO = "có", "không"
MORE = "more"
OFS = {"value": "kết quả", "percent": "tỷ lệ % đạt chỉ tiêu"}
COUNTS = {
    "exact": "theo tỷ lệ",
    "full": "chỉ phần trăm tròn",
    "started": "phần lẻ tính là một",
}
APPLIES = {False: "mọi đơn vị", True: "có thể không giao"}
FLAGS = {True: YES, False: NO}
KIND_LABELS = {code: kind_words(code) for code in (GROUP, *KINDS)}
LONGEST_CODE, LONGEST_MEASURE = 30, 60
# A spreadsheet keeps 15 digits; longer numbers of a rule stand among the other parameters.
NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,6})?")
NUMBER_DECIMALS = 6


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


def _choice(key: str, title: str, width: float, words: Mapping[Any, str]) -> CellColumn:
    return CellColumn(key, title, width, "choice", tuple(words.values()))


LINE_COLUMNS = (
    CellColumn("level", "Cấp", 6, "number"),
    CellColumn("code", "Mã", 10),
    CellColumn("name", "Nội dung", 60),
    CellColumn("measure", "Đơn vị tính", 14),
    _choice("kind", "Cách chấm", 26, KIND_LABELS),
    CellColumn("max_points", "Điểm tối đa", 10, "number"),
)
RULE_COLUMNS = (
    CellColumn("needs_evidence", "Phải có minh chứng", 12, "choice", (YES, NO)),
    _choice("may_be_not_applicable", "Áp dụng cho", 16, APPLIES),
    _choice("formula", "Cách tính (định lượng)", 26, FORMULA_LABELS),
    CellColumn("target", "Chỉ tiêu chung", 12, "number"),
    CellColumn("per_unit", "Điểm mỗi trường hợp", 12, "number"),
    CellColumn("cap", "Mức trần", 10, "number"),
    CellColumn("step", "Bước điểm", 10, "number"),
    CellColumn("levels", "Các mức (mỗi dòng một mức)", 28),
    CellColumn("levels_only", "Chỉ chấm theo mức", 12, "choice", (YES, NO)),
    CellColumn("bands", "Các bậc (mỗi dòng một bậc)", 30),
    _choice("of", "Bậc tính theo", 16, OFS),
    CellColumn("lose", "Điểm trừ khi thấp hơn", 12, "number"),
    CellColumn("each", "cho mỗi (%)", 10, "number"),
    _choice("count", "Phần lẻ", 16, COUNTS),
    CellColumn("fractions", "Số lượng lẻ", 10, "choice", (YES, NO)),
    CellColumn("needs_full", "Chỉ thưởng khi đủ điểm mục", 16),
    CellColumn(MORE, "Tham số khác", 24),
)
COLUMNS = (*LINE_COLUMNS, *RULE_COLUMNS)
WORDS: Mapping[str, Mapping[Any, str]] = {
    "needs_evidence": FLAGS,
    "levels_only": FLAGS,
    "fractions": FLAGS,
    "may_be_not_applicable": APPLIES,
    "formula": FORMULA_LABELS,
    "of": OFS,
    "count": COUNTS,
}
TEXTS: Mapping[str, tuple[Callable[..., str], Callable[[str], Any]]] = {
    "levels": (levels_text, levels_of),
    "bands": (bands_text, bands_of),
    "needs_full": (str, str),
}


def table_cells(nodes: Sequence[Node], level: int = 1) -> Iterator[dict[str, str]]:
    """Every line of the table as cells by their keys, top down; empty cells are left out."""
    for node in nodes:
        cells = {
            "level": str(level),
            "code": node.code,
            "name": node.name,
            "measure": node.measure,
            "kind": KIND_LABELS.get(node.kind, node.kind),
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
        if key in TEXTS:
            return TEXTS[key][0](value)
    except (AttributeError, TypeError, ValueError):
        return ""
    is_number = any(column.key == key for column in RULE_COLUMNS) and key != MORE
    return value if is_number and isinstance(value, str) and NUMBER.fullmatch(value) else ""


def _is_same(key: str, text: str, value: Any) -> bool:
    try:
        return _value(key, text) == value
    except RuleError:
        return False


def _value(key: str, text: str) -> Any:
    if key in WORDS:
        by_label = {label.lower(): code for code, label in WORDS[key].items()}
        if text.lower() not in by_label:
            raise RuleError(f"Không có lựa chọn “{text}”.")
        return by_label[text.lower()]
    if key in TEXTS:
        return TEXTS[key][1](text)
    number = read_decimal(text)
    if number is None:
        raise RuleError(f"“{text}” không phải là số.")
    return f"{number.normalize():f}"


def node_of(cells: Mapping[str, str]) -> tuple[Node, list[CellFault]]:
    """The line that the cells say, without children, and what is wrong with single cells."""
    faults: list[CellFault] = []
    rule: dict[str, Any] = {}
    for column in RULE_COLUMNS:
        text = cells.get(column.key, "")
        if text:
            try:
                rule |= (
                    _more(text) if column.key == MORE else {column.key: _value(column.key, text)}
                )
            except RuleError as error:
                faults.append(CellFault(column.key, str(error)))
    faults.extend(_line_faults(cells))
    node = Node(
        code=cells.get("code", ""),
        name=cells.get("name", ""),
        kind=_kind(cells.get("kind", "")),
        max_points=read_decimal(cells["max_points"]) if cells.get("max_points") else None,
        rule=rule,
        measure=cells.get("measure", ""),
    )
    return node, faults


def _more(text: str) -> dict[str, Any]:
    try:
        found = exact(json.loads(text), "tham số khác")
    except (ValueError, RecursionError) as error:
        raise RuleError("Không phải là văn bản JSON hợp lệ.") from error
    if not isinstance(found, dict):
        raise RuleError("Phải đặt trong dấu ngoặc nhọn { }.")
    return found


def _kind(text: str) -> str:
    by_label = {label.lower(): code for code, label in KIND_LABELS.items()}
    return by_label.get(text.lower(), text)


def _line_faults(cells: Mapping[str, str]) -> Iterator[CellFault]:
    code, kind = cells.get("code", ""), cells.get("kind", "")
    if not code or "/" in code or len(code) > LONGEST_CODE:
        yield CellFault("code", "Mã phải có, không quá 30 ký tự và không chứa dấu “/”.")
    if len(cells.get("measure", "")) > LONGEST_MEASURE:
        yield CellFault("measure", "Đơn vị tính dài quá 60 ký tự.")
    if not kind:
        yield CellFault("kind", "Chưa chọn cách chấm; nhóm thì ghi “Nhóm tiêu chí”.")
    elif _kind(kind) not in KIND_LABELS and not re.fullmatch(r"[a-z_]{1,30}", kind):
        yield CellFault("kind", "Không có cách chấm này; hãy chọn trong danh sách.")
    points = read_decimal(cells.get("max_points") or "0")
    if points is not None and points < 0:
        yield CellFault("max_points", "Điểm tối đa không được âm.")
