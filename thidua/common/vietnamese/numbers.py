"""Numbers as people in Vietnam type and read them: decimal comma, thousands dot.

Points are exact decimals from the keyboard to the paper: nothing here makes a float, and nothing
that is typed is rounded.
"""

import re
from collections.abc import Iterable
from decimal import Decimal

from django.core.exceptions import ValidationError

from blocs.scoring.terms.answers import TOO_BIG, is_too_big
from blocs.scoring.terms.numbers import half_up
from thidua.common.vietnamese.collation import sort_key
from thidua.common.vietnamese.text import squeeze

MINUS = "\u2212"
PERCENT = "%"
SIGNS = str.maketrans({MINUS: "-", "–": "-"})
# Decimal counts exactly up to 28 digits; a longer text is no score.
LONGEST = 28
# Both databases hold ids of 18 digits.
LONGEST_ID = 18


def parse_decimal(
    text: str, *, decimals: int, maximum: Decimal | None = None, is_percent: bool = False
) -> Decimal | None:
    """The number a person typed, None when nothing was typed.

    `is_percent`: the place counts in percent, so that «95%» is 95; elsewhere it is asked about.

    `decimals` is how many decimals the place allows; zeros at the end do not count. «1.000» can
    be read in two ways: `maximum` decides when only one reading fits it (it is not a limit
    otherwise). Raises ValidationError with a Vietnamese sentence, also for what no column of
    figures holds.
    """
    typed = squeeze(text)
    if not typed:
        return None
    if typed.endswith(PERCENT):
        typed = _without_percent(typed, is_percent=is_percent)
    readings = _readings(typed)
    if not readings:
        raise ValidationError(
            f"“{_short(typed)}” không phải là số. Vui lòng viết như 9,5 hoặc 1234,5.",
            code="invalid",
        )
    value = _only_reading(typed, readings, maximum)
    if is_too_big(value):
        raise ValidationError(TOO_BIG, code="too_big")
    if _decimals_of(value) > decimals:
        raise ValidationError(_too_many(typed, decimals), code="too_many_decimals")
    return value


def _without_percent(typed: str, *, is_percent: bool) -> str:
    """What stands before the sign; asked about where 95% may be 95 or 0,95."""
    bare = typed.removesuffix(PERCENT).rstrip()
    readings = _readings(bare)
    if not readings:
        return typed
    if not is_percent:
        raise ValidationError(
            f"“{_short(typed)}” có thể là {bare} hoặc {format_input(readings[0] / 100)}. "
            "Vui lòng ghi đúng con số cần nhập, không kèm dấu %.",
            code="percent",
        )
    return bare


def whole_number(text: str) -> int | None:
    """The number that a page wrote into a field, an id or a count; None when it is something else.

    For what no person types. `str.isdigit` lets «²» through and `int` breaks on thousands of
    digits, so whoever changes such a field by hand would meet an error page.
    """
    is_plain = text.isascii() and text.isdecimal() and len(text) <= LONGEST_ID
    return int(text) if is_plain else None


def _readings(typed: str) -> list[Decimal]:
    """Every number the text can mean: none, one, or two."""
    match = re.fullmatch(r"([+-]?) ?([0-9., ]+)", typed.translate(SIGNS))
    if not match or len(typed) > LONGEST:
        return []
    sign, body = match.groups()
    readings = []
    for thousands, comma in ((".", ","), (",", "."), (" ", ","), (" ", ".")):
        grouped = rf"[0-9]+|[1-9][0-9]{{0,2}}(?:{re.escape(thousands)}[0-9]{{3}})+"
        number = re.fullmatch(rf"({grouped}|)(?:{re.escape(comma)}([0-9]+))?", body)
        if number:
            whole = number[1].replace(thousands, "")
            fraction = f".{number[2]}" if number[2] else ""
            # Adding zero turns a typed «-0» into plain 0.
            readings.append(Decimal(f"{sign}{whole or 0}{fraction}") + 0)
    return [reading for place, reading in enumerate(readings) if reading not in readings[:place]]


def _only_reading(typed: str, readings: list[Decimal], maximum: Decimal | None) -> Decimal:
    fitting = [reading for reading in readings if maximum is None or abs(reading) <= abs(maximum)]
    for choice in (readings, fitting):
        if len(choice) == 1:
            return choice[0]
    larger, smaller = sorted(readings, key=abs, reverse=True)
    raise ValidationError(
        f"“{typed}” có thể đọc là {format_input(larger)} hoặc {format_input(smaller)}. "
        "Vui lòng viết lại theo một trong hai cách đó.",
        code="ambiguous",
    )


def _too_many(typed: str, decimals: int) -> str:
    if not decimals:
        return f"“{typed}” có phần thập phân; ở đây chỉ nhập số nguyên."
    return f"“{typed}” có quá nhiều chữ số thập phân; ở đây được nhập nhiều nhất {decimals} chữ số."


def _short(typed: str) -> str:
    return typed if len(typed) <= LONGEST else typed[:LONGEST] + "…"


def _decimals_of(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -int(exponent))


def format_decimal(value: Decimal | int, decimals: int = 2) -> str:
    """«1.234,50», a half rounded away from zero; for reading, not for input fields."""
    rounded = half_up(value, decimals)
    grouped = f"{abs(rounded):,f}".translate(str.maketrans(",.", ".,"))
    return f"{MINUS}{grouped}" if rounded < 0 else grouped


def points_text(value: Decimal | int | None, decimals: int = 2) -> str:
    """Points for reading; nothing where there are none."""
    return "" if value is None else format_decimal(value, decimals)


def format_trimmed(value: Decimal | int, decimals: int = 2) -> str:
    """«9,5» and not «9,50»."""
    text = format_decimal(value, decimals)
    return text.rstrip("0").rstrip(",") if "," in text else text


def format_input(value: Decimal | int | None) -> str:
    """What an input field shows, so that `parse_decimal` reads the same number again.

    Nothing is grouped or rounded; a third decimal gets a zero behind it, because «1,234» would
    be asked about.
    """
    if value is None:
        return ""
    whole, _, fraction = f"{abs(value):f}".partition(".")
    fraction = fraction.rstrip("0")
    if len(fraction) == 3 and whole != "0":
        fraction += "0"
    sign = "-" if value < 0 else ""
    return f"{sign}{whole},{fraction}" if fraction else f"{sign}{whole}"


def printed_gap(new: Decimal | int, old: Decimal | int, decimals: int = 2) -> Decimal:
    """What a reader gets who takes one printed figure from the other."""
    return half_up(new, decimals) - half_up(old, decimals)


def format_difference(new: Decimal | int, old: Decimal | int, decimals: int = 2) -> str:
    """«+0,50», «−0,50» between the figures as they are printed; «0» where these are equal."""
    gap = printed_gap(new, old, decimals)
    if not gap:
        return "0"
    text = format_decimal(gap, decimals)
    return text if gap < 0 else f"+{text}"


def two_digits(count: int) -> str:
    """«05 tập thể»: a count of people or units has two digits in State documents."""
    return f"{count:02d}"


def names_in_words(names: Iterable[str], noun: str, most: int = 3) -> str:
    """«Sở A, Sở B, Sở C và 02 đơn vị khác»: sorted, the first by name; empty names do not count."""
    ordered = sorted(filter(None, names), key=sort_key)
    words, more = ", ".join(ordered[:most]), len(ordered) - most
    return f"{words} và {two_digits(more)} {noun} khác" if more > 0 else words


def size_words(size: int) -> str:
    """So many bytes as people read the size of a file or disk: «38 KB», «1,4 MB», «77,3 GB»."""
    for unit, scale in (("GB", 1024**3), ("MB", 1024**2)):
        if size >= scale:
            return f"{format_trimmed(Decimal(size) / scale, 1)} {unit}"
    return f"{format_trimmed(-(-size // 1024))} KB"
