"""What the address of a page says a form begins with: read with care, for anybody may type it."""

from datetime import date

from django.http import QueryDict
from django.utils.dateparse import parse_date

from thidua.common.vietnamese.numbers import whole_number

LONGEST_PAPER = 255


def asked_day(asked: QueryDict) -> date | None:
    """The day of «?ngay=2026-07-01»; None where there is none, or no such day in the calendar."""
    try:
        return parse_date(asked.get("ngay", ""))
    except ValueError:
        return None


def asked_paper(asked: QueryDict) -> str:
    """The paper of «?van-ban=…», as much of it as a field holds."""
    return asked.get("van-ban", "")[:LONGEST_PAPER]


def asked_numbers(asked: QueryDict, name: str) -> list[int]:
    """The rows named by «?truoc=3&truoc=5»; what is no number is left out."""
    found = (whole_number(text) for text in asked.getlist(name))
    return [number for number in found if number]
