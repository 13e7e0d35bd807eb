"""Days and hours as State documents write them."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def long_date(day: date) -> str:
    """«ngày 05 tháng 01 năm 2026».

    NĐ 30/2020, Phụ lục I: ngày nhỏ hơn 10 và tháng 1, 2 phải ghi thêm số 0 phía trước.
    """
    local = _here(day)
    month = f"{local.month:02d}" if local.month < 3 else str(local.month)
    return f"ngày {local.day:02d} tháng {month} năm {local.year}"


def short_date(day: date) -> str:
    """«05/01/2026», for tables and screens."""
    local = _here(day)
    return f"{local.day:02d}/{local.month:02d}/{local.year}"


def day_in_vietnam(when: date | datetime) -> date:
    """The day of a stored moment in Vietnam; a day stays the day it is.

    A moment is UTC: after 17:00 there it is the next day here, from midnight to 7 in the morning.
    """
    here = _here(when)
    return here.date() if isinstance(here, datetime) else here


def moment_words(moment: datetime) -> str:
    """«14:05 05/01/2026», for pages and the log book."""
    return f"{_here(moment):%H:%M %d/%m/%Y}"


def clock(moment: time | datetime) -> str:
    """«08 giờ 00», for minutes."""
    local = _here(moment) if isinstance(moment, datetime) else moment
    return f"{local.hour:02d} giờ {local.minute:02d}"


def wait_words(seconds: int) -> str:
    """«15 phút», «20 giây»: how long one has to wait, rounded up; `seconds` from 1."""
    return f"{seconds} giây" if seconds <= 60 else f"{-(-seconds // 60)} phút"


def _here(value: date) -> date:
    """A stored moment is UTC: after 17:00 it belongs to the next day in Vietnam."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(ZONE)
    return value
