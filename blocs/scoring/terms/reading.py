"""Shared reading of rules: levels, ceilings, and the collecting of what is wrong with them."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from blocs.scoring.terms.numbers import ZERO, RuleError, is_multiple, number, optional_number, show
from blocs.scoring.terms.values import MISSING, Entry, Leaf, Outcome, Points, Question


def problems(reads: Iterable[Callable[[], object]]) -> list[str]:
    """The sentences of all readings that fail, in order and each once."""
    found = []
    for read in reads:
        try:
            read()
        except RuleError as error:
            found.append(str(error))
    return list(dict.fromkeys(found))


def levels(rule: Mapping[str, Any]) -> dict[str, Decimal]:
    """The points of each named level; RuleError for unnamed, doubled or pointless levels."""
    found: dict[str, Decimal] = {}
    for position, level in enumerate(rows(rule, "levels", "các mức"), start=1):
        label = str(level.get("label") or "").strip()
        if not label:
            raise RuleError(f"Mức thứ {position} chưa có tên.")
        if label in found:
            raise RuleError(f"Mức “{label}” được nêu hai lần.")
        found[label] = number(level, "points", f"điểm của mức “{label}”")
    return found


def levels_words(rule: Mapping[str, Any]) -> str:
    """The levels with their points; empty where the rule has none."""
    return "; ".join(f"{label} {show(points)} điểm" for label, points in levels(rule).items())


def level_points(leaf: Leaf, entry: Entry) -> Outcome:
    """The points of the chosen level; a level the table does not know is a question."""
    if not entry.choice:
        return MISSING
    known = levels(leaf.rule)
    if entry.choice not in known:
        return Question(f"Bảng điểm không có mức “{entry.choice}”. Vui lòng chọn lại.")
    return Points(known[entry.choice], f"Mức “{entry.choice}”")


def rows(rule: Mapping[str, Any], key: str, name: str) -> list[Mapping[str, Any]]:
    """A list of mappings inside a rule; empty when the rule says nothing."""
    found = rule.get(key)
    if found is None:
        return []
    if not isinstance(found, list | tuple) or not all(isinstance(row, Mapping) for row in found):
        raise RuleError(f"Trong quy tắc, {name} phải là một danh sách.")
    return list(found)


LOWEST = "lowest"
LOWEST_NAME = "điểm thấp nhất"


def lowest(rule: Mapping[str, Any]) -> Decimal:
    """The least that a leaf can give: 0, or the stated floor below it; RuleError above 0."""
    found = optional_number(rule, LOWEST, LOWEST_NAME) or ZERO
    if found > 0:
        raise RuleError(f"Trong quy tắc, {LOWEST_NAME} {show(found)} phải là 0 hoặc số âm.")
    return found


def levels_fit(rule: Mapping[str, Any], max_points: Decimal | None) -> None:
    """RuleError when a level gives less than the stated floor (0) or more than the maximum."""
    least = lowest(rule)
    for label, points in levels(rule).items():
        if points < least:
            raise RuleError(
                f"Mức “{label}” cho {show(points)} điểm, dưới {LOWEST_NAME} {show(least)} của tiêu "
                f"chí; nếu quy định có điểm âm, hãy ghi ở ô “Điểm thấp nhất”."
            )
        if max_points is not None and points > max_points:
            raise RuleError(
                f"Mức “{label}” cho {show(points)} điểm, vượt điểm tối đa {show(max_points)}."
            )


def positive(rule: Mapping[str, Any], key: str, name: str) -> Decimal:
    """A number that must be stated and above 0."""
    return _above_zero(number(rule, key, name), name)


def optional_positive(rule: Mapping[str, Any], key: str, name: str) -> Decimal | None:
    """A number that may be left out, but is above 0 when stated."""
    found = optional_number(rule, key, name)
    return None if found is None else _above_zero(found, name)


def _above_zero(value: Decimal, name: str) -> Decimal:
    if value <= 0:
        raise RuleError(f"Trong quy tắc, {name} phải lớn hơn 0.")
    return value


def maximum(leaf: Leaf) -> Decimal:
    """The maximum of a leaf that cannot do without one."""
    if leaf.max_points is None:
        raise RuleError("Tiêu chí chưa có điểm tối đa.")
    return leaf.max_points


def off_range(points: Decimal, lowest: Decimal, highest: Decimal) -> str:
    """The sentence for points outside their range; empty inside."""
    if lowest <= points <= highest:
        return ""
    return f"Điểm {show(points)} nằm ngoài khoảng từ {show(lowest)} đến {show(highest)}."


def off_grid(points: Decimal, step: Decimal | None) -> str:
    """The sentence for points that do not stand on the grid; empty where they do."""
    if step is None or is_multiple(points, step):
        return ""
    return f"Điểm {show(points)} không theo bước {show(step)} điểm."


def undefined(subject: str, value: Decimal) -> Question:
    """The question for a value that the rule leaves undefined."""
    return Question(
        f"Quy tắc không quy định điểm cho {subject} {show(value)}. Vui lòng cho biết số điểm."
    )
