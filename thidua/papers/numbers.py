"""Number and sign of a paper (NĐ 30/2020, box 3)."""

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


def number_help(sign: str) -> str:
    """What is said beside the field."""
    return f"Ghi 6 thì in thành {example(sign)}."


def example(sign: str) -> str:
    """A small number with the sign."""
    return f"06/{sign}"
