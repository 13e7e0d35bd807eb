"""The months of a unit in a year, and what the ranking compares of it."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blocs.scoring.ranking.part_year import (
    WHOLE,
    Absence,
    PartYear,
    TakenPart,
    absences_of,
    compared_figure,
    months_taken_part,
    part_year_sentence,
    way_words,
    why_unranked,
)

D = Decimal
YEAR, SCHOOL_YEAR = dt.date(2026, 1, 1), dt.date(2026, 9, 1)
DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31))


@pytest.mark.parametrize(
    ("joined", "left", "months"),
    [
        (None, None, 12),
        ("2026-09-01", None, 4),
        ("2026-09-16", None, 4),
        ("2026-09-17", None, 3),
        ("2026-02-14", None, 11),
        ("2026-02-15", None, 10),
        ("2026-01-17", None, 12),
        ("2026-12-20", None, 0),
        (None, "2026-07-01", 6),
        (None, "2026-07-16", 7),
        (None, "2026-07-15", 6),
        (None, "2026-12-20", 12),
        ("2026-03-10", "2026-10-16", 8),
        ("2026-05-10", "2026-05-20", 0),
        ("2025-11-01", "2027-02-01", 12),
    ],
)
def test_a_month_counts_from_fifteen_days_on(joined, left, months):
    day = dt.date.fromisoformat
    taken = TakenPart(day(joined) if joined else None, day(left) if left else None)
    assert months_taken_part(taken, YEAR) == months


@pytest.mark.parametrize(
    ("joined", "left", "away", "months"),
    [
        (None, None, [("2026-04-01", "2026-09-01")], 7),
        (None, None, [("2026-05-03", "2026-05-19")], 12),
        (None, None, [("2026-05-03", "2026-05-20")], 11),
        (None, None, [("2026-02-10", "2026-10-16")], 4),
        (None, None, [("2026-02-01", "2026-03-01"), ("2026-07-01", "2026-09-01")], 9),
        ("2026-02-01", "2026-12-01", [("2026-05-15", "2026-10-01")], 5),
        # Away beyond the end of the part itself: nothing is taken off twice.
        ("2026-03-01", "2026-06-01", [("2026-04-01", "2026-05-01")], 2),
    ],
)
def test_days_away_are_not_inside(joined, left, away, months):
    day = dt.date.fromisoformat
    taken = TakenPart(
        day(joined) if joined else None, day(left) if left else None, absences_of(away)
    )
    assert months_taken_part(taken, YEAR) == months


@given(DAYS, DAYS, DAYS)
def test_an_absence_never_adds_a_month(one, other, third):
    came, left, back = sorted((one, other, third))
    away = (Absence(left, back),) if left < back else ()
    whole, broken = TakenPart(came), TakenPart(came, None, away)
    assert months_taken_part(broken, YEAR) <= months_taken_part(whole, YEAR)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["2026-09-01", "2026-04-01"]], "2026-09-01 – 2026-04-01"),
        ([["2026-04-01", "2026-04-01"]], "2026-04-01 – 2026-04-01"),
        ([["2026-04-01"]], "not enough values"),
    ],
)
def test_an_absence_ends_after_it_began(rows, said):
    with pytest.raises(ValueError, match=said):
        absences_of(rows)


def test_a_school_year_counts_from_september_over_new_year():
    assert months_taken_part(TakenPart(dt.date(2027, 1, 1)), SCHOOL_YEAR) == 8
    assert months_taken_part(TakenPart(None, dt.date(2027, 3, 15)), SCHOOL_YEAR) == 6
    assert months_taken_part(TakenPart(dt.date(2027, 1, 1)), None) == 12


@given(DAYS, DAYS)
def test_who_stays_longer_never_has_fewer_months(one, other):
    early, late = sorted((one, other))
    came = [months_taken_part(TakenPart(day), YEAR) for day in (early, late)]
    went = [months_taken_part(TakenPart(None, day), YEAR) for day in (early, late)]
    assert came == sorted(came, reverse=True)
    assert went == sorted(went)


@pytest.mark.parametrize(
    ("figure", "months", "decimals", "compared"),
    [
        ("96", 4, 2, "32.00"),
        ("95", 4, 2, "31.67"),
        ("95", 4, 1, "31.7"),
        ("90.06", 6, 2, "45.03"),
        ("90.07", 6, 2, "45.04"),
        ("-5", 4, 2, "-1.67"),
        ("88", 0, 2, "0.00"),
        ("88.8888", 12, 2, "88.8888"),
    ],
)
def test_by_months_the_points_are_those_of_the_months_half_up(figure, months, decimals, compared):
    assert str(compared_figure(D(figure), months, "by_months", decimals)) == compared
    assert compared_figure(D(figure), months, "full", decimals) == D(figure)


def test_without_decimals_nothing_is_rounded():
    assert compared_figure(D(90), 4, PartYear.BY_MONTHS, None) == D(30)


def test_each_way_is_said_in_words():
    taken = TakenPart(dt.date(2026, 9, 1))
    assert way_words(taken, 4, "by_months") == "tham gia từ 01/09/2026, so sánh theo 04/12 tháng"
    assert way_words(taken, 4, "full") == (
        "tham gia từ 01/09/2026 (04/12 tháng), so sánh đầy đủ như đơn vị tham gia cả năm"
    )
    assert why_unranked(taken, 4, "not_ranked") == (
        "Tham gia từ 01/09/2026 (04/12 tháng); đơn vị tham gia không trọn năm không xếp hạng theo "
        "quy định của năm."
    )
    both = TakenPart(dt.date(2026, 2, 1), dt.date(2026, 12, 1))
    assert way_words(both, 10, "by_months") == (
        "tham gia từ 01/02/2026; thôi tham gia từ 01/12/2026, so sánh theo 10/12 tháng"
    )
    assert [why_unranked(taken, 4, "by_months"), why_unranked(WHOLE, 12, "not_ranked")] == ["", ""]
    assert way_words(WHOLE, 12, "by_months") == ""


def test_the_rule_says_how_it_rounds_and_which_month_counts():
    assert part_year_sentence("by_months", 2) == (
        "Đơn vị tham gia không trọn năm được so sánh theo số tháng tham gia: tổng điểm (hoặc tỷ lệ "
        "đạt) nhân số tháng tham gia, chia 12, lấy 2 chữ số thập phân, phần bằng hoặc quá nửa làm "
        "tròn lên; xếp loại theo tổng điểm, không tính theo tháng. Tháng có từ 15 ngày tham gia "
        "trở lên tính là một tháng."
    )
    assert part_year_sentence("not_ranked") == (
        "Đơn vị tham gia không trọn năm (dưới 12 tháng) không xếp hạng. Tháng có từ 15 ngày tham "
        "gia trở lên tính là một tháng."
    )
