"""Scoring tables as files of the format criteria-table/1."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from blocs.scoring.ranking.disqualifiers import Disqualifier, Effect
from blocs.scoring.ranking.ground_rows import classes_of, ground_row
from blocs.scoring.terms.group_rules import stated_limits
from blocs.scoring.terms.numbers import RuleError, read_decimal
from blocs.scoring.totals.labels import keyed
from blocs.scoring.totals.totals import TableRules
from blocs.scoring.totals.tree import GROUP, Node

SCHEMA = "criteria-table/1"
NODE_KEYS = {"key", "code", "name_vi", "max_points", "kind", "unit", "children"}
# The file says direct_points where the product says direct.
KIND_FROM_FILE = {"direct_points": "direct"}
KIND_TO_FILE = {ours: theirs for theirs, ours in KIND_FROM_FILE.items()}
MODES = {
    "exclude": "exclude",
    "full": "full",
    "rescale": "rescale",
    "exclude_and_rescale": "rescale",
}
EXTRA_BLOCKS = (("bonus", "T", "Điểm thưởng"), ("deduction", "P", "Điểm trừ"))
MOST_PLACES = 4
SCALE_DECIMALS = ("total_max", "bonus_cap", "deduction_floor", "total_floor", "step")


class TableFileError(RuleError):
    """A file that is not a table of the format; the message says where and why."""


@dataclass(frozen=True)
class Table:
    """A table read from a file: its tree, its rules for summing up, its disqualifiers."""

    nodes: tuple[Node, ...]
    rules: TableRules = field(default_factory=TableRules)
    title: str = ""
    disqualifiers: tuple[Disqualifier, ...] = ()


def from_json(
    data: Mapping[str, Any], defaults: Mapping[str, Mapping[str, Any]] | None = None
) -> Table:
    """The table in a parsed file; TableFileError says what cannot be read.

    `defaults` gives the parameters of a kind for files that state its formula only in prose,
    such as {"quantitative": {"formula": "relative_to_leader"}}.
    """
    if not isinstance(data, Mapping) or data.get("schema") != SCHEMA:
        raise TableFileError(f"Tệp không phải bảng tiêu chí theo mẫu {SCHEMA}.")
    sections = data.get("sections")
    if not isinstance(sections, list):
        raise TableFileError("Tệp không có danh sách các phần của bảng (sections).")
    nodes = [_node(row, defaults or {}, "") for row in sections]
    for kind, code, name in EXTRA_BLOCKS:
        block = data.get(kind)
        if block and block.get("items"):
            nodes.append(_extra_group(block, kind, code, name))
    return Table(
        nodes=keyed(nodes),
        rules=_rules(data),
        title=str(data.get("title_vi") or ""),
        disqualifiers=tuple(_disqualifier(row) for row in data.get("disqualifiers") or ()),
    )


def _node(row: Any, defaults: Mapping[str, Mapping[str, Any]], above: str) -> Node:
    if not isinstance(row, Mapping):
        raise TableFileError(f"Trong mục “{above or 'bảng'}” có một dòng không đọc được.")
    path = f"{above}/{_text(row, 'code')}" if above else _text(row, "code")
    kind = str(row.get("kind") or GROUP)
    kind = KIND_FROM_FILE.get(kind, kind)
    stated = {key: exact(value, path) for key, value in row.items() if key not in NODE_KEYS}
    rule = stated_limits(stated) if kind == GROUP else {**defaults.get(kind, {}), **stated}
    return Node(
        **_named(row),
        name=str(row.get("name_vi") or ""),
        kind=kind,
        max_points=_decimal(row.get("max_points"), path),
        rule=rule,
        measure=str(row.get("unit") or ""),
        children=keyed([_node(child, defaults, path) for child in row.get("children") or ()]),
    )


def _text(row: Mapping[str, Any], key: str) -> str:
    """A text of a line; 0 is one, too."""
    return "" if row.get(key) is None else str(row[key]).strip()


def _named(row: Mapping[str, Any]) -> dict[str, Any]:
    """Code and label of a line: files name it as issued, beside the key it has in the product."""
    label, key = _text(row, "code"), _text(row, "key")
    return {"code": key, "label": label} if key else {"code": label}


def _names(node: Node) -> dict[str, str]:
    """The same on the way out."""
    return {"code": node.code} if node.label is None else {"key": node.code, "code": node.label}


def _extra_group(block: Mapping[str, Any], kind: str, code: str, name: str) -> Node:
    return Node(
        code,
        name,
        children=keyed(
            [
                _extra_item(item, kind, f"{code}/{item.get('code')}")
                for item in block.get("items") or ()
            ]
        ),
    )


def _extra_item(item: Mapping[str, Any], kind: str, path: str) -> Node:
    # Files print deductions with a minus sign; the rule keeps how much is taken off.
    each, cap = _size(item.get("points"), path), _size(item.get("cap"), path)
    rule = {key: str(of) for key, of in (("per_unit", each), ("cap", cap)) if of is not None}
    return Node(
        **_named(item),
        name=str(item.get("name_vi") or ""),
        kind=kind,
        max_points=cap,
        rule=rule,
        measure=str(item.get("per") or ""),
    )


def _size(value: Any, path: str) -> Decimal | None:
    number = _decimal(value, path)
    return None if number is None else abs(number)


def _rules(data: Mapping[str, Any]) -> TableRules:
    scale = dict(data.get("scale") or {})
    scale.setdefault("total_max", scale.get("total_max_expected"))
    scale["deduction_floor"] = (data.get("deduction") or {}).get("floor")
    if scale.get("bonus_cap") is None:
        scale["bonus_cap"] = (data.get("bonus") or {}).get("cap")
    mode = scale.get("not_applicable_mode") or "exclude"
    if mode not in MODES:
        raise TableFileError(f"Không biết cách tính “{mode}” cho tiêu chí không giao chỉ tiêu.")
    sizes: dict[str, Any] = {key: _decimal(scale.get(key), "scale") for key in SCALE_DECIMALS}
    return TableRules(
        **sizes,
        may_exceed_total=bool(scale.get("may_exceed_total", True)),
        decimals=_places(scale, "decimals"),
        round_to_step=bool(scale.get("round_to_step", False)),
        percent_decimals=_places(scale, "percent_decimals"),
        not_applicable=MODES[mode],
    )


def _places(scale: Mapping[str, Any], key: str) -> int | None:
    found = scale.get(key)
    if found is None or (type(found) is int and 0 <= found <= MOST_PLACES):
        return found
    raise TableFileError(
        f"Số chữ số thập phân ({key}) phải từ 0 đến {MOST_PLACES}, không là “{found}”."
    )


def _disqualifier(row: Mapping[str, Any]) -> Disqualifier:
    try:
        effect = Effect(row.get("effect") or "")
    except ValueError as error:
        raise TableFileError(
            f"Không biết hệ quả “{row.get('effect')}” của điều kiện loại."
        ) from error
    return Disqualifier(
        code=str(row.get("code") or ""),
        name=str(row.get("name_vi") or ""),
        effect=effect,
        points=_size(row.get("points"), "disqualifiers"),
        award_cap=str(row.get("award_cap") or ""),
        legal_basis=str(row.get("legal_basis") or ""),
        classes=_classes(row, effect),
    )


def _classes(row: Mapping[str, Any], effect: Effect) -> int:
    found = classes_of(row.get("classes"), effect)
    if found is None:
        raise TableFileError(f"Số mức xếp loại bị hạ không là “{row['classes']}”.")
    return found


def exact(value: Any, path: str) -> Any:
    """Parameters of a rule as they are stored: every number as a decimal string."""
    if isinstance(value, Mapping):
        return {key: exact(inner, path) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [exact(inner, path) for inner in value]
    is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return _plain(_decimal(value, path)) if is_number else value


def _decimal(value: Any, path: str) -> Decimal | None:
    if value is None or value == "":
        return None
    # A parsed file may hold floats; their shortest text is what the file says.
    number = read_decimal(repr(value) if isinstance(value, float) else value)
    if number is None:
        raise TableFileError(f"Mục {path}: “{value}” không phải là số.")
    return number


def _plain(number: Decimal | None) -> str | None:
    return None if number is None else f"{number.normalize():f}"


def to_json(
    nodes: Sequence[Node],
    rules: TableRules | None = None,
    title: str = "",
    disqualifiers: Sequence[Disqualifier] = (),
) -> dict[str, Any]:
    """The table as a dict of the format; numbers are decimal strings, so nothing is lost."""
    rules = rules or TableRules()
    blocks = _extra_blocks(nodes)
    return {
        "schema": SCHEMA,
        "title_vi": title,
        "scale": {
            **{
                key: _plain(getattr(rules, key))
                for key in SCALE_DECIMALS
                if key != "deduction_floor"
            },
            "may_exceed_total": rules.may_exceed_total,
            "decimals": rules.decimals,
            "round_to_step": rules.round_to_step,
            "percent_decimals": rules.percent_decimals,
            "not_applicable_mode": rules.not_applicable,
        },
        "sections": [_row(node) for node in nodes if node not in blocks.values()],
        "bonus": _block(blocks.get("bonus"), "cap", rules.bonus_cap),
        "deduction": _block(blocks.get("deduction"), "floor", rules.deduction_floor),
        "disqualifiers": [ground_row(item) for item in disqualifiers],
    }


def _extra_blocks(nodes: Sequence[Node]) -> dict[str, Node]:
    """The bonus and deduction groups that their blocks of the format can say, by kind.

    A block has neither name nor place: only groups of the usual name at the end qualify.
    """
    found = {
        kind: node
        for kind, code, name in EXTRA_BLOCKS
        for node in nodes
        if (node.code, node.name) == (code, name) and _is_extra_block(node, kind)
    }
    stand_last = tuple(nodes[len(nodes) - len(found) :]) == tuple(found.values())
    return found if stand_last else {}


def _is_extra_block(node: Node, kind: str) -> bool:
    """Whether the group is exactly what the bonus or deduction block of the format can say."""
    return bool(node.children) and node == _extra_group(
        {"items": [_item_row(child) for child in node.children]}, kind, node.code, node.name
    )


def _item_row(node: Node) -> dict[str, Any]:
    return {
        **_names(node),
        "name_vi": node.name,
        "points": node.rule.get("per_unit"),
        "per": node.measure,
        "cap": node.rule.get("cap"),
    }


def _block(node: Node | None, limit_key: str, limit: Decimal | None) -> dict[str, Any] | None:
    if node is None:
        return None if limit is None else {limit_key: _plain(limit), "items": []}
    return {limit_key: _plain(limit), "items": [_item_row(child) for child in node.children]}


def _row(node: Node) -> dict[str, Any]:
    row: dict[str, Any] = {
        **_names(node),
        "name_vi": node.name,
        "max_points": _plain(node.max_points),
        "kind": KIND_TO_FILE.get(node.kind, node.kind),
    }
    if node.measure:
        row["unit"] = node.measure
    row.update(node.rule)
    if node.children:
        row["children"] = [_row(child) for child in node.children]
    return row
