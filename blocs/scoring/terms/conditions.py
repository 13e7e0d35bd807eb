"""Conditions of a rule as data: [fact, comparison, value], all of which must hold."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from blocs.scoring.terms.numbers import RuleError, read_decimal

COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": eq,
    "!=": ne,
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
}
Value = Decimal | bool | date


class UndefinedError(Exception):
    """The rule gives no result for these facts; the message is the question to the user."""


def holds(conditions: Sequence[Sequence[Any]] | None, value_of: Callable[[str], Value]) -> bool:
    """Whether all conditions hold; without conditions, yes.

    The right side is a number, true/false, an ISO day, or [factor, fact] for a multiple of
    another fact: ["deduction", "<=", ["0.5", "bonus"]].
    """
    return all(_holds(condition, value_of) for condition in conditions or ())


def _holds(condition: Sequence[Any], value_of: Callable[[str], Value]) -> bool:
    name, comparison, raw = _parts(condition)
    left, right = value_of(name), _right(raw, value_of)
    if type(left) is not type(right):
        raise RuleError(f"Điều kiện về “{name}” so sánh hai loại giá trị khác nhau.")
    return COMPARISONS[comparison](left, right)


def _parts(condition: Sequence[Any]) -> tuple[str, str, Any]:
    if not isinstance(condition, list | tuple) or len(condition) != 3:
        raise RuleError("Mỗi điều kiện gồm dữ kiện, phép so sánh và giá trị.")
    name, comparison, raw = condition
    if comparison not in COMPARISONS:
        raise RuleError(f"Không có phép so sánh “{comparison}”.")
    return str(name), comparison, raw


def _right(raw: Any, value_of: Callable[[str], Value]) -> Value:
    if isinstance(raw, list | tuple):
        factor, name = _multiple(raw)
        return factor * _decimal(value_of(name), name)
    return literal(raw)


def _multiple(raw: Sequence[Any]) -> tuple[Decimal, str]:
    factor = read_decimal(raw[0]) if len(raw) == 2 else None
    if factor is None:
        raise RuleError("Giá trị so sánh theo dữ kiện khác gồm hệ số và tên dữ kiện.")
    return factor, str(raw[1])


def _decimal(value: Value, name: str) -> Decimal:
    if not isinstance(value, Decimal):
        raise RuleError(f"Dữ kiện “{name}” không phải là số.")
    return value


def literal(raw: Any) -> Value:
    """A number, true/false or day as written in a rule or in facts; RuleError for others."""
    if isinstance(raw, bool | date):
        return raw
    found = read_decimal(raw)
    if found is not None:
        return found
    try:
        return date.fromisoformat(raw)
    except (TypeError, ValueError):
        raise RuleError(f"“{raw}” không phải là số, có/không hay ngày.") from None


def check_conditions(conditions: Any, known: Collection[str]) -> None:
    """RuleError when a condition cannot be read or names an unknown fact."""
    if conditions is None:
        return
    if not isinstance(conditions, list | tuple):
        raise RuleError("Các điều kiện phải là một danh sách.")
    for condition in conditions:
        name, _, raw = _parts(condition)
        names = [name]
        if isinstance(raw, list | tuple):
            names.append(_multiple(raw)[1])
        else:
            literal(raw)
        for used in names:
            if used not in known:
                raise RuleError(f"Điều kiện dùng dữ kiện “{used}” chưa được khai báo.")
