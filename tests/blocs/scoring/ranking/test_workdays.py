"""Working days around Tết, 30/4 and the end of a year."""

import datetime as dt

import pytest

from blocs.scoring.ranking.workdays import (
    WorkCalendar,
    add_workdays,
    countdown_words,
    estimate_words,
    left_words,
    workdays_left,
)

PLAIN = WorkCalendar()
# Tết Bính Ngọ 2026: off from 16 to 20 February; Saturday 10 January is worked for Friday 2.
TET = WorkCalendar(
    off=frozenset(dt.date(2026, 2, day) for day in range(16, 21))
    | {dt.date(2026, 1, 1), dt.date(2026, 1, 2)},
    worked=frozenset({dt.date(2026, 1, 10)}),
)
# 30/4 and 1/5 of 2026 are Thursday and Friday; Giỗ Tổ on Monday 27 April for Sunday 26.
APRIL = WorkCalendar(
    off=frozenset({dt.date(2026, 4, 27), dt.date(2026, 4, 30), dt.date(2026, 5, 1)})
)


@pytest.mark.parametrize(
    ("start", "count", "calendar", "last"),
    (
        ((2026, 11, 23), 1, PLAIN, (2026, 11, 24)),
        ((2026, 11, 23), 5, PLAIN, (2026, 11, 30)),
        ((2026, 11, 20), 1, PLAIN, (2026, 11, 23)),
        ((2026, 11, 21), 1, PLAIN, (2026, 11, 23)),
        ((2026, 2, 13), 1, TET, (2026, 2, 23)),
        ((2026, 2, 12), 5, TET, (2026, 2, 26)),
        ((2026, 2, 18), 2, TET, (2026, 2, 24)),
        ((2025, 12, 31), 1, TET, (2026, 1, 5)),
        ((2026, 1, 8), 2, TET, (2026, 1, 10)),
        ((2026, 1, 8), 3, TET, (2026, 1, 12)),
        ((2026, 4, 24), 1, APRIL, (2026, 4, 28)),
        ((2026, 4, 28), 2, APRIL, (2026, 5, 4)),
        ((2026, 4, 24), 5, APRIL, (2026, 5, 6)),
    ),
)
def test_period_ends_on(start, count, calendar, last):
    assert add_workdays(dt.date(*start), count, calendar) == dt.date(*last)
    assert workdays_left(dt.date(*start), dt.date(*last), calendar) == count


def test_a_period_has_a_day():
    with pytest.raises(ValueError, match="at least one"):
        add_workdays(dt.date(2026, 1, 1), 0, PLAIN)


@pytest.mark.parametrize(
    ("today", "words"),
    (
        ((2026, 4, 24), "còn 3 ngày làm việc"),
        ((2026, 4, 25), "còn 3 ngày làm việc"),
        ((2026, 4, 29), "còn 1 ngày làm việc"),
        ((2026, 5, 3), "còn 1 ngày làm việc"),
        ((2026, 5, 4), "hôm nay là ngày cuối"),
        ((2026, 5, 5), "đã hết hạn ngày 04/05/2026"),
    ),
)
def test_what_is_left_is_told_in_words(today, words):
    assert left_words(dt.date(*today), dt.date(2026, 5, 4), APRIL) == words


@pytest.mark.parametrize(
    ("confirmed", "words"),
    (
        ({2026, 2027}, ""),
        ({2026}, " (dự kiến: lịch nghỉ năm 2027 chưa được xác nhận)"),
        ({2025}, " (dự kiến: lịch nghỉ năm 2026, 2027 chưa được xác nhận)"),
    ),
)
def test_a_period_in_a_year_that_is_not_confirmed_says_so(confirmed, words):
    calendar = WorkCalendar(confirmed=frozenset(confirmed))
    assert estimate_words(dt.date(2026, 12, 28), dt.date(2027, 1, 5), calendar) == words


def test_a_calendar_with_one_day_more_or_less():
    friday, saturday = dt.date(2026, 1, 2), dt.date(2026, 1, 10)
    calendar = PLAIN.having(friday, is_worked=False).having(saturday, is_worked=True)
    assert calendar == WorkCalendar(frozenset({friday}), frozenset({saturday}))
    assert calendar.having(friday, is_worked=True).worked == {friday, saturday}
    assert calendar.without(friday, saturday) == PLAIN


@pytest.mark.parametrize(
    ("today", "last", "words"),
    (
        ("2026-02-13", "2026-02-20", "còn 7 ngày nghỉ"),
        ("2026-02-13", "2026-02-23", "còn 1 ngày làm việc"),
        ("2026-02-20", "2026-02-13", "quá hạn 7 ngày"),
        ("2026-02-24", "2026-02-13", "quá hạn 2 ngày làm việc"),
        ("2026-02-13", "2026-02-13", "hôm nay"),
    ),
)
def test_a_countdown_over_tet_counts_days_that_are_worked(today, last, words):
    assert countdown_words(dt.date.fromisoformat(today), dt.date.fromisoformat(last), TET) == words
