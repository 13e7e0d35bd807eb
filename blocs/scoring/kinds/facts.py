"""The named facts that a rule of clauses asks for, and figures computed from them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from blocs.scoring.terms import reading
from blocs.scoring.terms.conditions import UndefinedError, Value, literal
from blocs.scoring.terms.numbers import ONE, RuleError, is_multiple, optional_number, show
from blocs.scoring.terms.values import Entry, Input, InputType

FACT_TYPES: Mapping[str, type[Value]] = {
    "number": Decimal,
    "count": Decimal,
    "yes_no": bool,
    "date": date,
}
WRONG_TYPE = {
    "number": "một số",
    "count": "một số nguyên",
    "yes_no": "có hoặc không",
    "date": "một ngày",
}


def inputs(rule: Mapping[str, Any]) -> tuple[Input, ...]:
    """One input for each fact of the rule, in the order of the rule."""
    return tuple(
        Input(
            InputType.FACT,
            "facts",
            label(fact),
            key=str(fact["key"]),
            fact_type=str(fact.get("type") or "number"),
            unit=str(fact.get("unit") or ""),
        )
        for fact in reading.rows(rule, "facts", "các dữ kiện")
        if fact.get("key")
    )


def label(fact: Mapping[str, Any]) -> str:
    """What the fact is called on screen."""
    return str(fact.get("label") or fact["key"])


def check_facts(rule: Mapping[str, Any]) -> set[str]:
    """The names of all facts of the rule; RuleError for doubled, untyped or circular ones."""
    known: set[str] = set()
    for fact in reading.rows(rule, "facts", "các dữ kiện"):
        if fact.get("type", "number") not in FACT_TYPES:
            raise RuleError(f"Dữ kiện “{fact.get('key')}” có loại không hợp lệ.")
        _add(known, fact)
    for fact in reading.rows(rule, "computed", "các dữ kiện tính toán"):
        for used in _ratio(fact):
            if used not in known:
                raise RuleError(f"Dữ kiện “{fact.get('key')}” tính từ “{used}” chưa khai báo.")
        _add(known, fact)
    return known


def _add(known: set[str], fact: Mapping[str, Any]) -> None:
    key = str(fact.get("key") or "")
    if not key:
        raise RuleError("Có dữ kiện chưa có mã.")
    if key in known:
        raise RuleError(f"Dữ kiện “{key}” được khai báo hai lần.")
    known.add(key)


def _ratio(fact: Mapping[str, Any]) -> tuple[str, str]:
    ratio = fact.get("ratio")
    if not isinstance(ratio, list | tuple) or len(ratio) != 2:
        raise RuleError(f"Dữ kiện “{fact.get('key')}” cần nêu tử số và mẫu số.")
    return str(ratio[0]), str(ratio[1])


def absent(rule: Mapping[str, Any], entry: Entry) -> list[str]:
    """The labels of the facts that are still empty; every declared fact must be answered."""
    return [
        label(fact)
        for fact in reading.rows(rule, "facts", "các dữ kiện")
        if entry.facts.get(str(fact.get("key"))) in (None, "")
    ]


class Facts:
    """The answers of one entry by name, with the computed ones worked out when needed."""

    def __init__(self, rule: Mapping[str, Any], entry: Entry) -> None:
        self._declared = {
            str(fact.get("key")): fact for fact in reading.rows(rule, "facts", "các dữ kiện")
        }
        self._computed = {
            str(fact.get("key")): fact
            for fact in reading.rows(rule, "computed", "các dữ kiện tính toán")
        }
        self._answers = entry.facts

    def value(self, name: str) -> Value:
        """The fact in its declared type; UndefinedError when the answer does not fit it."""
        if name in self._computed:
            return self._quotient(self._computed[name])
        if name not in self._declared:
            raise RuleError(f"Dữ kiện “{name}” chưa được khai báo.")
        return _typed(self._declared[name], self._answers.get(name))

    def number(self, name: str) -> Decimal:
        """A fact that the rule calculates with."""
        found = self.value(name)
        if not isinstance(found, Decimal):
            raise RuleError(f"Dữ kiện “{name}” không phải là số.")
        return found

    def name(self, name: str) -> str:
        """What people call the fact."""
        return label({"key": name, **self._declared.get(name, self._computed.get(name, {}))})

    def _quotient(self, fact: Mapping[str, Any]) -> Decimal:
        above, below = _ratio(fact)
        divisor = self.number(below)
        if divisor == 0:
            raise UndefinedError(f"{self.name(below)} bằng 0 nên không tính được {label(fact)}.")
        times = optional_number(fact, "times", "hệ số")
        return self.number(above) * (ONE if times is None else times) / divisor


def _typed(fact: Mapping[str, Any], raw: Any) -> Value:
    wanted = str(fact.get("type") or "number")
    try:
        found = literal(raw)
    except RuleError:
        found = None
    if not isinstance(found, FACT_TYPES[wanted]):
        raise UndefinedError(f"{label(fact)}: “{raw}” không phải là {WRONG_TYPE[wanted]}.")
    if wanted == "count" and isinstance(found, Decimal) and not _is_count(found):
        raise UndefinedError(f"{label(fact)} phải là số nguyên từ 0, không phải {show(found)}.")
    return found


def _is_count(value: Decimal) -> bool:
    return value >= 0 and is_multiple(value, ONE)
