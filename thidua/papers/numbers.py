"""Number and sign of a paper (NĐ 30/2020, box 3)."""

import re
from datetime import date

from django.core.exceptions import ValidationError


def composed_number(typed: str, sign: str) -> str:
    """«07/TTr-KTĐ5» of a typed 7 and the sign; whole numbers with their sign stay as typed.

    Numbers below ten get a 0, a slash stands between number and sign; ValidationError else.
    """
    number = typed.strip()
    if not number:
        return ""
    if number.isascii() and number.isdecimal():
        return f"{int(number):02d}/{sign}"
    if "/" not in number:
        raise ValidationError(f"Vui lòng ghi số và ký hiệu như {example(sign)}.")
    return number


def number_key(number: str, signed_on: date) -> str:
    """«2026: 1/qđ-ubnd»: two papers of one kind with one key have the same number.

    Numbers begin with 01 each calendar year (NĐ 30/2020, Phụ lục I, mục II.3): the year is that of
    the signature. Zeros before it, blanks, capitals and a remark in brackets make no other number.
    """
    bare = re.sub(r"\([^)]*\)|\s", "", number).casefold().lstrip("0")
    return f"{signed_on.year}: {bare}"


def number_help(sign: str) -> str:
    """What is said beside the field."""
    return f"Ghi 6 thì in thành {example(sign)}."


def example(sign: str) -> str:
    """A small number with the sign."""
    return f"06/{sign}"
