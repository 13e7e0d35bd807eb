"""A deadline told and asked: the end of its day, or its hour; the clock is Vietnam's."""

import datetime as dt

import pytest

from thidua.common.deadlines import Deadline

FRIDAY = dt.date(2026, 12, 11)
WHOLE, HOUR = Deadline(FRIDAY), Deadline(FRIDAY, dt.time(17))


def at(day, hour, minute=0):
    """A moment by the clock of Vietnam, stored as the database stores it."""
    zone = dt.timezone(dt.timedelta(hours=7))
    return dt.datetime(2026, 12, day, hour, minute, tzinfo=zone).astimezone(dt.UTC)


@pytest.mark.parametrize(
    ("deadline", "short", "words"),
    (
        (WHOLE, "11/12/2026", "hết ngày 11/12/2026"),
        (HOUR, "17:00 11/12/2026", "17 giờ 00 ngày 11/12/2026"),
        (
            Deadline(dt.date(2026, 12, 13), dt.time(11, 30)),
            "11:30 13/12/2026",
            "11 giờ 30 ngày 13/12/2026 (Chủ nhật)",
        ),
        (Deadline(dt.date(2027, 1, 2)), "02/01/2027", "hết ngày 02/01/2027 (thứ Bảy)"),
    ),
)
def test_it_says_how_it_counts(deadline, short, words):
    assert (str(deadline), deadline.words) == (short, words)


@pytest.mark.parametrize(
    ("moment", "is_past", "day", "left"),
    (
        (at(10, 18), (False, False), (10, 11), ("còn 1 ngày", "còn 1 ngày")),
        (at(11, 17), (False, False), (11, 11), ("hôm nay", "hôm nay")),
        (at(11, 17, 1), (False, True), (11, 12), ("hôm nay", "đã quá giờ")),
        (at(11, 23, 59), (False, True), (11, 12), ("hôm nay", "đã quá giờ")),
        (at(12, 0), (True, True), (12, 12), ("quá hạn 1 ngày", "quá hạn 1 ngày")),
    ),
)
def test_it_ends_at_its_hour_or_with_its_day(moment, is_past, day, left):
    both = (WHOLE, HOUR)
    assert tuple(one.is_past(moment) for one in both) == is_past
    assert tuple(one.counted_day(moment).day for one in both) == day
    assert tuple(one.left_words(moment) for one in both) == left


def test_a_mere_day_asks_by_days():
    assert [HOUR.is_past(dt.date(2026, 12, day)) for day in (11, 12)] == [False, True]
