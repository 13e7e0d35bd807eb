from datetime import UTC, date, datetime, time

import pytest

from thidua.common.vietnamese.dates import (
    clock,
    day_in_vietnam,
    long_date,
    moment_words,
    short_date,
)


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 1, 5), "ngày 05 tháng 01 năm 2026"),
        (date(2021, 2, 28), "ngày 28 tháng 02 năm 2021"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 10, 10), "ngày 10 tháng 10 năm 2026"),
        (date(2026, 12, 5), "ngày 05 tháng 12 năm 2026"),
    ],
)
def test_long_date_has_zeros_as_the_decree_says(day, written):
    assert long_date(day) == written


def test_short_date_puts_the_day_first():
    assert short_date(date(2026, 12, 5)) == "05/12/2026"


def test_clock_has_two_digits_each():
    assert clock(time(8, 0)) == "08 giờ 00"
    assert clock(time(13, 30)) == "13 giờ 30"


def test_stored_moments_are_told_in_vietnamese_time():
    stored = datetime(2026, 12, 31, 17, 30, tzinfo=UTC)
    assert clock(stored) == "00 giờ 30"
    assert short_date(stored) == "01/01/2027"
    assert moment_words(stored) == "00:30 01/01/2027"
    assert long_date(stored) == "ngày 01 tháng 01 năm 2027"


@pytest.mark.parametrize(
    ("when", "day"),
    [
        (datetime(2026, 12, 1, 16, 59, 59, tzinfo=UTC), date(2026, 12, 1)),
        (datetime(2026, 12, 1, 17, 0, tzinfo=UTC), date(2026, 12, 2)),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), date(2027, 1, 1)),
        (date(2026, 12, 31), date(2026, 12, 31)),
    ],
)
def test_a_moment_is_of_its_day_in_vietnam(when, day):
    assert day_in_vietnam(when) == day
