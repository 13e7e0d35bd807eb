"""Who led on which day, and from which days a change may hold."""

import datetime as dt

import pytest

from blocs.years.domain.leading import (
    LeaderChange,
    Leaders,
    leader_refusals,
    leaders_on,
    post_words,
)

AT_FIRST = LeaderChange(0, dt.date(2026, 1, 1), Leaders(head=1, deputy=2))
IN_MAY = LeaderChange(1, dt.date(2026, 5, 15), Leaders(deputy=2))
ACTING = LeaderChange(2, dt.date(2026, 6, 1), Leaders(head=3, is_acting=True, deputy=2))
CORRECTED = LeaderChange(3, dt.date(2026, 6, 1), Leaders(head=4, deputy=2))
ROWS = (CORRECTED, AT_FIRST, ACTING, IN_MAY)
FIRST, TODAY = dt.date(2026, 1, 1), dt.date(2026, 8, 1)


@pytest.mark.parametrize(
    ("day", "head"),
    (
        (dt.date(2025, 12, 1), 1),
        (dt.date(2026, 5, 14), 1),
        (dt.date(2026, 5, 15), None),
        (dt.date(2026, 5, 31), None),
        (dt.date(2026, 6, 1), 4),
        (dt.date(2027, 1, 10), 4),
    ),
)
def test_the_last_change_begun_by_the_day_holds(day, head):
    assert leaders_on(ROWS, day).head == head


def test_where_nothing_changed_those_of_now_led():
    assert leaders_on((), TODAY) is None


@pytest.mark.parametrize(
    ("on", "last", "reasons"),
    (
        (dt.date(2026, 8, 1), None, []),
        (dt.date(2026, 1, 1), None, []),
        (dt.date(2026, 6, 1), dt.date(2026, 6, 1), []),
        (
            dt.date(2026, 8, 2),
            None,
            [
                "Thay đổi có hiệu lực từ 02/08/2026, chưa đến ngày đó; hãy ghi từ ngày ấy trở đi, "
                "vì quyền của đơn vị đứng đầu theo ngày."
            ],
        ),
        (
            dt.date(2025, 12, 31),
            None,
            ["Năm thi đua bắt đầu từ 01/01/2026; ngày phải từ ngày đó trở đi."],
        ),
        (
            dt.date(2026, 5, 31),
            dt.date(2026, 6, 1),
            ["Đã ghi thay đổi từ 01/06/2026; ngày phải từ ngày đó trở đi."],
        ),
    ),
)
def test_a_change_holds_from_a_day_of_the_year_that_has_come(on, last, reasons):
    assert leader_refusals(on, FIRST, last, TODAY) == reasons


@pytest.mark.parametrize(
    ("name", "is_acting", "words"),
    (("Sở B", False, "Sở B"), ("Sở B", True, "Sở B (phụ trách)"), ("", False, "khuyết")),
)
def test_a_post_is_held_acted_in_or_vacant(name, is_acting, words):
    assert post_words(name, is_acting=is_acting) == words
