"""A leaf made of clauses: a standard score, what is taken off, what is added, under conditions.

clauses   standard (default: the maximum), floor, facts [{key, label, type, unit}],
          computed [{key, label, ratio: [fact, fact], times}],
          parts [{if, choose, cap, bonus, needs_full, items}], where an item is
            {if, points}, {if, per, points, over, each, cap} or {if, of, bands}

A part adds its items up (or takes one of them) and is cut at its own cap; an item is a fixed
number of points, points per unit of a fact, or the points of the band that holds a fact.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from blocs.scoring.kinds import facts as named
from blocs.scoring.kinds.clause_parameters import PARAMETERS, ROWS
from blocs.scoring.kinds.clause_rows import rule_of_rows
from blocs.scoring.kinds.facts import Facts
from blocs.scoring.kinds.kind import Kind, Rule
from blocs.scoring.terms import reading
from blocs.scoring.terms.bands import band_of, bands
from blocs.scoring.terms.conditions import UndefinedError, check_conditions, holds
from blocs.scoring.terms.numbers import (
    ONE,
    ZERO,
    RuleError,
    number,
    optional_number,
    show,
    whole_units,
)
from blocs.scoring.terms.values import (
    MISSING,
    Context,
    Entry,
    Input,
    Leaf,
    Missing,
    Outcome,
    Points,
    Question,
)

STANDARD = "điểm chuẩn"
ONLY_ONE = "Có từ hai mức cùng áp dụng; quy tắc không quy định cộng hay chỉ lấy một mức."


def _only(found: Sequence[Decimal]) -> Decimal:
    if len(found) > 1:
        raise UndefinedError(ONLY_ONE)
    return found[0]


# How the items of a part that apply become one number.
CHOICES: Mapping[str, Callable[[Sequence[Decimal]], Decimal]] = {
    "sum": lambda found: sum(found, ZERO),
    "first": lambda found: found[0],
    "highest": max,
    "lowest": min,
    "single": _only,
}


class Clauses(Kind):
    """A standard score with what is added and taken off; a part of it may be bonus."""

    code = "clauses"
    label = "Điểm chuẩn, điểm trừ và điểm thưởng theo điều khoản"
    hint = "Điểm chuẩn rồi cộng, trừ theo nhiều điều khoản, mỗi điều khoản có điều kiện riêng."
    goes_beyond = True
    parameters = PARAMETERS
    layout = (("standard", "floor"), *((key,) for key in ROWS))

    def inputs(self, rule: Rule) -> tuple[Input, ...]:
        return named.inputs(rule)

    def points(self, leaf: Leaf, entry: Entry, context: Context) -> Outcome:
        """Standard score + parts in their order, never below a stated floor.

        A part with `bonus` counts beyond the standard; one with `needs_full` counts only if the
        parts before it left the full standard score.
        """
        if not entry.facts:
            return MISSING
        absent = named.absent(leaf.rule, entry)
        if absent:
            return Missing(f"Chưa nhập: {', '.join(absent)}.")
        try:
            return _sum(leaf, Facts(leaf.rule, entry))
        except UndefinedError as question:
            return Question(str(question))

    def check_rule(self, rule: Rule, max_points: Decimal | None = None) -> list[str]:
        try:
            known = named.check_facts(rule)
        except RuleError as error:
            return [str(error)]
        parts = _rows_or_none(rule, "parts")
        return reading.problems(
            (
                lambda: _has_parts(rule, known),
                lambda: _standard_fits(rule, max_points),
                lambda: optional_number(rule, "floor", "mức sàn"),
                *(lambda part=part: _check_part(part, known) for part in parts),
            )
        )

    def rule_of(self, values: Mapping[str, Any], stored: Rule) -> dict[str, Any]:
        rows = [
            [{key: text or "" for key, text in row.items()} for row in values.get(name) or ()]
            for name in ROWS
        ]
        return super().rule_of(values, stored) | rule_of_rows(*rows)

    def words(self, rule: Rule, max_points: Decimal, measure: str) -> str:
        parts = reading.rows(rule, "parts", "các phần")
        standard = optional_number(rule, "standard", STANDARD)
        start = show(max_points if standard is None else standard)
        return f"Điểm chuẩn {start}, cộng trừ theo {len(parts):02d} phần của quy chế."


def _sum(leaf: Leaf, facts: Facts) -> Points:
    work, bonus, words = _standard(leaf), ZERO, []
    is_full = True
    if work:
        words.append(show(work))
    for part in reading.rows(leaf.rule, "parts", "các phần"):
        if part.get("needs_full") and not (is_full and work >= (leaf.max_points or ZERO)):
            continue
        found = part_points(part, facts)
        is_full = is_full and found >= 0
        if part.get("bonus") and found > 0:
            bonus += found
        else:
            work += found
        if found:
            words.append(f"{'−' if found < 0 else '+'} {show(abs(found))}")
    total = work + bonus
    floor = optional_number(leaf.rule, "floor", "mức sàn")
    if floor is not None and total < floor:
        return Points(floor, f"{' '.join(words)}, tối thiểu {show(floor)}")
    return Points(total, " ".join(words), bonus)


def _standard(leaf: Leaf) -> Decimal:
    stated = optional_number(leaf.rule, "standard", STANDARD)
    return (leaf.max_points or ZERO) if stated is None else stated


def part_points(part: Mapping[str, Any], facts: Facts) -> Decimal:
    """The points of one part, its size cut at its cap; 0 where its condition fails."""
    if not holds(part.get("if"), facts.value):
        return ZERO
    found: list[Decimal] = []
    for item in reading.rows(part, "items", "các quy định"):
        if holds(item.get("if"), facts.value):
            found.append(_capped(item, _item_points(item, facts)))
            if part.get("choose") == "first":
                break
    return _capped(part, _choice(part)(found)) if found else ZERO


def _choice(part: Mapping[str, Any]) -> Callable[[Sequence[Decimal]], Decimal]:
    name = part.get("choose", "sum")
    if name not in CHOICES:
        raise RuleError(f"Không có cách chọn “{name}” giữa các quy định của một phần.")
    return CHOICES[name]


def _capped(rule: Mapping[str, Any], value: Decimal) -> Decimal:
    cap = reading.optional_positive(rule, "cap", "mức trần")
    return value if cap is None else max(-cap, min(cap, value))


def _item_points(item: Mapping[str, Any], facts: Facts) -> Decimal:
    if "bands" in item:
        name = str(item.get("of"))
        value = facts.number(name)
        band = band_of(bands(item), value)
        if band is None:
            raise UndefinedError(reading.undefined(facts.name(name), value).sentence)
        return band.points
    each = number(item, "points", "số điểm")
    return each * _units(item, facts) if "per" in item else each


def _units(item: Mapping[str, Any], facts: Facts) -> Decimal:
    """How many units of the fact count: beyond `over`, and only full ones if `each` is stated."""
    value = facts.number(str(item["per"]))
    over = optional_number(item, "over", "mức bắt đầu tính")
    if over is not None:
        value = max(ZERO, value - over)
    each = reading.optional_positive(item, "each", "khoảng tính")
    return value if each is None else whole_units(value, each)


def _rows_or_none(rule: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    found = rule.get(key)
    return [row for row in found if isinstance(row, Mapping)] if isinstance(found, list) else []


def _has_parts(rule: Mapping[str, Any], known: Collection[str]) -> None:
    if not reading.rows(rule, "parts", "các phần") or not known:
        raise RuleError("Quy tắc cần nêu dữ kiện phải nhập và ít nhất một phần tính điểm.")


def _standard_fits(rule: Mapping[str, Any], max_points: Decimal | None) -> None:
    stated = optional_number(rule, "standard", STANDARD)
    if stated is not None and max_points is not None and stated > max_points:
        raise RuleError(f"Điểm chuẩn {show(stated)} vượt điểm tối đa {show(max_points)}.")


def _check_part(part: Mapping[str, Any], known: Collection[str]) -> None:
    check_conditions(part.get("if"), known)
    _choice(part)
    _capped(part, ONE)
    items = reading.rows(part, "items", "các quy định")
    if not items:
        raise RuleError("Có phần tính điểm chưa có quy định nào.")
    for item in items:
        _check_item(item, known)


def _check_item(item: Mapping[str, Any], known: Collection[str]) -> None:
    check_conditions(item.get("if"), known)
    _capped(item, ONE)
    for key in ("of", "per"):
        if key in item and item[key] not in known:
            raise RuleError(f"Quy định dùng dữ kiện “{item[key]}” chưa được khai báo.")
    if "bands" in item:
        if "of" not in item:
            raise RuleError("Các bậc chưa nêu tính theo dữ kiện nào.")
        bands(item)
        return
    number(item, "points", "số điểm")
    optional_number(item, "over", "mức bắt đầu tính")
    reading.optional_positive(item, "each", "khoảng tính")


CLAUSES = Clauses()
