"""How the year of a bloc is called and which days it has: a calendar year, or a school year."""

import re
from datetime import date, timedelta

SCHOOL_YEAR = re.compile(r"(?:năm học)?\s*(\d{4})\s*[-–—/]\s*(\d{4})", re.IGNORECASE)
CALENDAR_YEAR = re.compile(r"(?:năm)?\s*(\d{4})", re.IGNORECASE)
FIRST, LAST = 2000, 2100
NOT_A_YEAR = "Ghi năm như “2026”, hoặc năm học như “2026–2027”."
OUT_OF_RANGE = f"Năm phải từ {FIRST} đến {LAST}."
NOT_NEXT = "Năm học {first}–{last} không liền nhau; hãy ghi “{first}–{next}”."


class YearNameError(ValueError):
    """A text that names no year; the message is a Vietnamese sentence."""


def year_span(year: int, *, is_school_year: bool) -> str:
    """«2026», or «2026–2027» of a school year that begins in 2026."""
    return f"{year}–{year + 1}" if is_school_year else str(year)


def year_words(year: int, *, is_school_year: bool) -> str:
    """«năm 2026» or «năm học 2026–2027», as every page and paper says it."""
    kind = "năm học" if is_school_year else "năm"
    return f"{kind} {year_span(year, is_school_year=is_school_year)}"


def span_words(span: str) -> str:
    """«năm học 2026–2027» of a span, «năm 2026» of any other text: what another file says."""
    try:
        year, is_school_year = read_year(span)
    except YearNameError:
        return f"năm {span}" if span else "không ghi năm"
    return year_words(year, is_school_year=is_school_year)


def first_day(year: int, *, is_school_year: bool) -> date:
    """The day whose members a year begins with: New Year, or the first day of school."""
    return date(year, 9, 1) if is_school_year else date(year, 1, 1)


def last_day(year: int, *, is_school_year: bool) -> date:
    """The day before the next year of its kind begins."""
    return first_day(year + 1, is_school_year=is_school_year) - timedelta(days=1)


def read_year(text: str) -> tuple[int, bool]:
    """The first calendar year of what was typed, and whether it is a school year."""
    plain = " ".join(text.split())
    if found := SCHOOL_YEAR.fullmatch(plain):
        first, last = int(found[1]), int(found[2])
        if last != first + 1:
            raise YearNameError(NOT_NEXT.format(first=first, last=last, next=first + 1))
        return _in_range(first), True
    if found := CALENDAR_YEAR.fullmatch(plain):
        return _in_range(int(found[1])), False
    raise YearNameError(NOT_A_YEAR)


def _in_range(year: int) -> int:
    if not FIRST <= year <= LAST:
        raise YearNameError(OUT_OF_RANGE)
    return year
