"""Rows of a rule as lines of text that people write and read: levels, bands, conditions."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from blocs.scoring.terms.conditions import COMPARISONS
from blocs.scoring.terms.numbers import RuleError, read_decimal

YES, NO = "có", "không"
LOW, HIGH = {"[": "từ", "(": "trên"}, {"]": "đến", ")": "dưới"}
NUMBER = r"[−-]?[\d.,]+"
BAND = re.compile(
    rf"(?:(?P<low>từ|trên) (?P<from>{NUMBER}))? ?"
    rf"(?:(?P<high>đến|dưới|đến dưới) (?P<to>{NUMBER}))?"
)
CONDITION = re.compile(r"(\S+) *(<=|>=|!=|≤|≥|≠|=|<|>) *(.+)")
SIGNS = {"≤": "<=", "≥": ">=", "≠": "!="}
DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
TIMES = re.compile(rf"({NUMBER}) *[×x*] *(\S+)")


def number_text(value: object) -> str:
    """A decimal of a rule as people write it: comma, nothing grouped, nothing rounded."""
    number = read_decimal(value)
    return "" if number is None else f"{number.normalize():f}".replace(".", ",")


def number_of(text: str) -> str:
    """The decimal string of a typed number; RuleError where it is none or has two readings."""
    typed = text.strip().replace("−", "-")
    if "," in typed:
        typed = typed.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"-?\d{1,3}(\.\d{3})+", typed):
        raise RuleError(f"Số “{text}” có thể đọc theo hai cách; hãy dùng dấu phẩy thập phân.")
    number = read_decimal(typed)
    if number is None:
        raise RuleError(f"“{text}” không phải là số.")
    return f"{number.normalize():f}"


def levels_text(rows: Iterable[Mapping[str, Any]]) -> str:
    """«Tốt: 8», one level on a line."""
    return "\n".join(f"{row.get('label', '')}: {number_text(row.get('points'))}" for row in rows)


def levels_of(text: str) -> list[dict[str, str]]:
    """The levels of such lines; RuleError names the line that cannot be read."""
    return [_level(line) for line in _lines(text)]


def _level(line: str) -> dict[str, str]:
    label, colon, points = line.rpartition(":")
    if not colon or not label.strip():
        raise RuleError(f"Dòng “{line}” phải ghi tên mức và số điểm, ví dụ “Tốt: 8”.")
    return {"label": label.strip(), "points": number_of(points)}


def bands_text(rows: Iterable[Mapping[str, Any]], between: str = "\n") -> str:
    """«từ 80 đến dưới 90: 6», one band on a line."""
    return between.join(_band_text(row) for row in rows)


def _band_text(row: Mapping[str, Any]) -> str:
    ends = str(row.get("ends") or "  ").ljust(2)
    words = []
    if row.get("from") is not None:
        words.append(f"{LOW.get(ends[0], '?')} {number_text(row['from'])}")
    if row.get("to") is not None:
        words += ["đến"] if words and ends[1] == ")" else []
        words.append(f"{HIGH.get(ends[1], '?')} {number_text(row['to'])}")
    return f"{' '.join(words) or 'mọi giá trị'}: {number_text(row.get('points'))}"


def bands_of(text: str) -> list[dict[str, str]]:
    """The bands of such lines, also with «;» between them; RuleError names the wrong one."""
    return [_band(line) for line in _lines(text.replace(";", "\n"))]


def _band(line: str) -> dict[str, str]:
    words, colon, points = line.rpartition(":")
    place = " ".join(words.split()).lower().replace("đến dưới", "dưới")
    found = BAND.fullmatch("" if place == "mọi giá trị" else place)
    if not colon or not words.strip() or found is None:
        raise RuleError(f"Dòng “{line}” phải ghi như “từ 80 đến dưới 90: 6”.")
    low, high = found["low"], found["high"]
    band = {"ends": f"{'(' if low == 'trên' else '['}{')' if high == 'dưới' else ']'}"}
    if low:
        band["from"] = number_of(found["from"])
    if high:
        band["to"] = number_of(found["to"])
    return band | {"points": number_of(points)}


def conditions_text(rows: Iterable[Sequence[Any]]) -> str:
    """«rate >= 92,5; done = có»: all of them must hold."""
    return "; ".join(f"{name} {sign} {_value_text(raw)}" for name, sign, raw in rows)


def _value_text(raw: object) -> str:
    if isinstance(raw, bool):
        return YES if raw else NO
    if isinstance(raw, list | tuple):
        return f"{number_text(raw[0])} × {raw[1]}"
    if read_decimal(raw) is not None:
        return number_text(raw)
    day = date.fromisoformat(str(raw))
    return f"{day:%d/%m/%Y}"


def conditions_of(text: str) -> list[list[Any]]:
    """The conditions of such a line; RuleError names the one that cannot be read."""
    return [_condition(part) for part in _lines(text.replace(";", "\n"))]


def _condition(part: str) -> list[Any]:
    found = CONDITION.fullmatch(part)
    sign = SIGNS.get(found[2], found[2]) if found else ""
    if found is None or sign not in COMPARISONS:
        raise RuleError(f"Điều kiện “{part}” phải ghi như “so_luong >= 5” hoặc “dat = có”.")
    return [found[1], sign, _value_of(found[3].strip())]


def _value_of(text: str) -> Any:
    if text.lower() in (YES, NO):
        return text.lower() == YES
    if day := DAY.fullmatch(text):
        return _read(lambda: date(int(day[3]), int(day[2]), int(day[1])).isoformat(), text)
    if product := TIMES.fullmatch(text):
        return [number_of(product[1]), product[2]]
    return number_of(text)


def _read(reader: Callable[[], str], text: str) -> str:
    try:
        return reader()
    except ValueError as error:
        raise RuleError(f"“{text}” không phải là ngày có thật.") from error


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]
