"""Exact numbers of a scoring rule: read without float, round only where a rule says so."""

from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

ZERO = Decimal(0)
ONE = Decimal(1)
HUNDRED = Decimal(100)
# Larger figures are typing errors, and would overflow the exact arithmetic below.
LARGEST = Decimal(10) ** 15
# Finer than any rule; a number of a million decimals costs more than it says.
FINEST_PLACES = 30
SHOWN_PLACES = 4
VIETNAMESE = str.maketrans({",": ".", ".": ",", "-": "−"})


class RuleError(ValueError):
    """A rule that cannot be applied as written; the message is a Vietnamese sentence."""


def read_decimal(value: object) -> Decimal | None:
    """The exact number in a Decimal, int or decimal string; None for anything else.

    Floats are refused, because what they hold is not what a person wrote.
    """
    if isinstance(value, bool | float) or not isinstance(value, Decimal | int | str):
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number) > LARGEST:
        return None
    # The places that are written: 1E-999999 is small, and a text of a million digits.
    _, digits, exponent = number.as_tuple()
    return number if int(exponent) >= -FINEST_PLACES and len(digits) <= FINEST_PLACES * 2 else None


def exact_text(number: Decimal | None) -> str | None:
    """The number as files keep it, without idle zeros: «9.5»; None stays None."""
    return None if number is None else f"{Decimal(number).normalize() + 0:f}"


def number(rule: Mapping[str, Any], key: str, name: str) -> Decimal:
    """The number a rule must state under this key; RuleError names it when it does not."""
    found = optional_number(rule, key, name)
    if found is None:
        raise RuleError(f"Quy tắc chưa nêu {name}.")
    return found


def optional_number(rule: Mapping[str, Any], key: str, name: str) -> Decimal | None:
    """The number a rule may state under this key; None when it says nothing."""
    raw = rule.get(key)
    if raw is None or raw == "":
        return None
    found = read_decimal(raw)
    if found is None:
        raise RuleError(f"Trong quy tắc, {name} “{raw}” không phải là số.")
    return found


def show(value: Decimal, places: int = SHOWN_PLACES) -> str:
    """A number as Vietnamese readers write it: “1.234,5”, no exponent, no idle zeros.

    At most so many decimals are shown; this is for sentences, the exact value is kept elsewhere.
    """
    text = f"{half_up(value, places):,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text.translate(VIETNAMESE)


def half_up(value: Decimal | int, decimals: int) -> Decimal:
    """The value rounded half away from zero to so many decimals: the one way to round points."""
    return Decimal(value).quantize(ONE.scaleb(-decimals), rounding=ROUND_HALF_UP)


def to_step(value: Decimal, step: Decimal) -> Decimal:
    """The multiple of the step nearest to the value, halves away from zero."""
    return (value / step).to_integral_value(rounding=ROUND_HALF_UP) * step


def is_multiple(value: Decimal, step: Decimal) -> bool:
    """Whether the value stands on the grid of the step."""
    return value % step == 0


def whole_units(value: Decimal, each: Decimal) -> Decimal:
    """How many full units of `each` the value holds."""
    return (value / each).to_integral_value(rounding=ROUND_FLOOR)


def started_units(value: Decimal, each: Decimal) -> Decimal:
    """How many units of `each` the value has at least begun."""
    return (value / each).to_integral_value(rounding=ROUND_CEILING)
