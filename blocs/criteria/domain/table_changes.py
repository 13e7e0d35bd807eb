"""What differs between two scoring tables, value by value, in the words of the table."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from blocs.criteria.domain.table_rules_cells import EFFECT_WORDS
from blocs.scoring import (
    Disqualifier,
    Node,
    TableRules,
    kind_words,
    rule_words,
    summing_words,
    walk,
)
from blocs.scoring.terms.numbers import show
from blocs.scoring.totals.group_limits import limit_words
from blocs.scoring.totals.tables import Table, outline

WHOLE = "Toàn bảng"
SUMMING = {
    "total_max": "tổng điểm tối đa",
    "bonus_cap": "trần điểm thưởng",
    "deduction_floor": "mức trừ tối đa",
    "total_floor": "tổng điểm tối thiểu",
    "may_exceed_total": "tổng điểm được vượt tối đa",
    "decimals": "số chữ số thập phân",
    "step": "bước điểm",
    "round_to_step": "làm tròn theo bước",
    "percent_decimals": "số chữ số thập phân của tỷ lệ",
    "not_applicable": "tiêu chí không giao",
}
NOTHING = "(không có)"


@dataclass(frozen=True)
class Change:
    """One value that differs; `where` is the number and name of the line, now or before."""

    where: str
    what: str
    before: str
    after: str


def table_changes(before: Table, after: Table) -> tuple[Change, ...]:
    """Every value in which `after` differs from `before`, in the order of the table.

    A line is the same line when path and kind of line agree; else one of the same name that the
    other table has under another parent (it moved). A renumbered line alone is no change, a
    title neither: it names the year.
    """
    pairs = _pairs(before, after)
    old_numbers, new_numbers = _labels(before), _labels(after)
    met = {old for old in pairs.values() if old}
    found: list[Change] = list(_summing(before.rules, after.rules))
    old_nodes = dict(walk(before.nodes))
    for path, node in walk(after.nodes):
        old = pairs[path]
        if old is None:
            found.append(Change(new_numbers[path], "thêm mục", NOTHING, _whole(node)))
            continue
        if pairs.get(_parent(path), "") != _parent(old):
            places = (old_numbers.get(_parent(old), WHOLE), new_numbers.get(_parent(path), WHOLE))
            found.append(Change(new_numbers[path], "chuyển chỗ", *places))
        found.extend(_line(new_numbers[path], old_nodes[old], node))
    found += [
        Change(old_numbers[path], "bỏ mục", _whole(node), NOTHING)
        for path, node in old_nodes.items()
        if path not in met
    ]
    return (*found, *_grounds(before.disqualifiers, after.disqualifiers))


def _parent(path: str) -> str:
    return path.rpartition("/")[0]


def _labels(table: Table) -> dict[str, str]:
    numbers, names = outline(table.nodes), dict(walk(table.nodes))
    found = {}
    for path, node in names.items():
        top, _, below = path.partition("/")
        number = f"{numbers[top]}.{numbers[path]}" if below else numbers[path]
        found[path] = f"{number} {node.name}"
    return found


def continued_lines(before: Table, after: Table) -> dict[str, str | None]:
    """The path in `before` that each path in `after` continues; None for a new line.

    A line continues the one of the same path, else one of the same name elsewhere.
    """
    return {path: old for path, old in _pairs(before, after).items() if path}


def _pairs(before: Table, after: Table) -> dict[str, str | None]:
    old, new = dict(walk(before.nodes)), dict(walk(after.nodes))
    pairs: dict[str, str | None] = {"": ""}
    for path, node in new.items():
        above = pairs.get(_parent(path))
        same = f"{above}/{node.code}" if above else node.code
        fits = above is not None and same in old and old[same].is_group == node.is_group
        pairs[path] = same if fits and _alike(old[same], node, old, new) else None
    left = {path: node for path, node in old.items() if path not in pairs.values()}
    for path, node in new.items():
        if pairs[path] is None:
            pairs[path] = _continued(path, node, left, pairs)
            left.pop(pairs[path] or "", None)
    return pairs


def _alike(old: Node, node: Node, olds: Mapping[str, Node], news: Mapping[str, Node]) -> bool:
    """Two lines of one code are the same line unless each name went on elsewhere."""
    if old.name == node.name:
        return True
    old_stays = any(other.name == old.name for other in news.values())
    new_was = any(other.name == node.name for other in olds.values())
    return not (old_stays or new_was)


def _continued(
    path: str, node: Node, left: Mapping[str, Node], pairs: Mapping[str, str | None]
) -> str | None:
    same = [one for one, other in left.items() if _is_same(other, node)]
    above = pairs.get(_parent(path))
    beside = [one for one in same if _parent(one) == above]
    return next(iter(beside + same), None)


def _is_same(old: Node, node: Node) -> bool:
    return bool(node.name) and (old.name, old.is_group) == (node.name, node.is_group)


def _line(where: str, old: Node, new: Node) -> Iterator[Change]:
    if old.label != new.label and old.issued != new.issued:
        yield Change(where, "ký hiệu", old.issued or NOTHING, new.issued or NOTHING)
    if old.name != new.name:
        yield Change(where, "nội dung", old.name, new.name)
    if old.kind != new.kind:
        yield Change(where, "cách chấm", kind_words(old.kind), kind_words(new.kind))
    if (old.max_points or 0) != (new.max_points or 0):
        yield Change(where, "điểm tối đa", _points(old.max_points), _points(new.max_points))
    if old.measure != new.measure:
        yield Change(where, "đơn vị tính", old.measure or NOTHING, new.measure or NOTHING)
    proofs = [bool(node.rule.get("needs_evidence")) for node in (old, new)]
    if proofs[0] != proofs[1]:
        words = ["bắt buộc" if one else "không bắt buộc" for one in proofs]
        yield Change(where, "minh chứng", *words)
    rules = [_bare(node.rule) for node in (old, new)]
    if rules[0] != rules[1]:
        yield Change(where, "quy tắc tính", *_told(old, new))


def _bare(rule: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in rule.items() if key != "needs_evidence"}


def _told(old: Node, new: Node) -> list[str]:
    """Both rules in words; where the words are equal, the parameters that differ."""
    words = [rule_words(node.kind, node.rule, node.max_points, node.measure) for node in (old, new)]
    if words[0] != words[1]:
        return words
    keys = sorted(key for key in {*old.rule, *new.rule} if old.rule.get(key) != new.rule.get(key))
    return ["; ".join(f"{key}: {node.rule.get(key, '')}" for key in keys) for node in (old, new)]


def _points(points: Decimal | None) -> str:
    return NOTHING if points is None else show(points)


def _whole(node: Node) -> str:
    if node.is_group:
        return f"nhóm, {_points(node.max_points)} điểm. {limit_words(node)}".rstrip(" .")
    words = rule_words(node.kind, node.rule, node.max_points, node.measure)
    return f"{_points(node.max_points)} điểm. {kind_words(node.kind)}. {words}".strip()


def _summing(before: TableRules, after: TableRules) -> Iterator[Change]:
    sentences = [summing_words(rules) for rules in (before, after)]
    for name, words in SUMMING.items():
        old, new = getattr(before, name), getattr(after, name)
        if old == new:
            continue
        if name == "not_applicable":
            yield Change(WHOLE, words, sentences[0][-1], sentences[1][-1])
        else:
            yield Change(WHOLE, words, _said(old), _said(new))


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    return NOTHING if value is None else show(Decimal(str(value)))


def _grounds(before: tuple[Disqualifier, ...], after: tuple[Disqualifier, ...]) -> Iterator[Change]:
    old, new = ({ground.code: ground for ground in grounds} for grounds in (before, after))
    for code in dict.fromkeys((*old, *new)):
        told = [_ground(grounds.get(code)) for grounds in (old, new)]
        if told[0] != told[1]:
            name = (new.get(code) or old[code]).name
            yield Change(f"Điều kiện: {name}", "điều kiện loại", *told)


def _ground(ground: Disqualifier | None) -> str:
    if ground is None:
        return NOTHING
    points = f" {show(ground.points)} điểm" if ground.points else ""
    cap = f", cao nhất {ground.award_cap}" if ground.award_cap else ""
    return f"{ground.name}: {EFFECT_WORDS[ground.effect]}{points}{cap}"
