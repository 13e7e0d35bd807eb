"""The days a year is proposed with, against the calendars that were announced."""

import datetime as dt

import pytest

from blocs.legal.domain.holidays import missing_holidays, proposed_days
from blocs.scoring.ranking.workdays import SATURDAY
from tests.cases import case
from thidua.common.vietnamese.lunar import lunar_day

YEARS = {row["year"]: row for row in case("calendars")["years"]}


@pytest.mark.parametrize(
    ("day", "month", "year", "solar"),
    (
        # Tết as the notices of the State dated it, and years in which China's calendar differs.
        (1, 1, 1968, (1968, 1, 29)),
        (1, 1, 1985, (1985, 1, 21)),
        (1, 1, 2007, (2007, 2, 17)),
        (1, 1, 2020, (2020, 1, 25)),
        (1, 1, 2025, (2025, 1, 29)),
        (1, 1, 2026, (2026, 2, 17)),
        (1, 1, 2030, (2030, 2, 2)),
        (1, 1, 2053, (2053, 2, 18)),
        # 2023 had a leap second month, 2004 too; 2006 a leap seventh that comes after Giỗ Tổ.
        (10, 3, 2004, (2004, 4, 28)),
        (10, 3, 2006, (2006, 4, 7)),
        (10, 3, 2023, (2023, 4, 29)),
        (10, 3, 2026, (2026, 4, 26)),
        (15, 8, 2020, (2020, 10, 1)),
        (15, 8, 2026, (2026, 9, 25)),
    ),
)
def test_lunar_days_fall_on(day, month, year, solar):
    assert lunar_day(year, month, day) == dt.date(*solar)


def weekdays_of(days):
    """Days off on a working day of the week, and days worked at the weekend."""
    off = [
        one.day.isoformat() for one in days if not one.is_worked and one.day.weekday() < SATURDAY
    ]
    return off, [one.day.isoformat() for one in days if one.is_worked]


@pytest.mark.parametrize("year", YEARS)
def test_the_proposal_is_the_calendar_that_was_announced(year):
    announced = (YEARS[year]["weekdays_off"], YEARS[year]["weekend_worked"])
    assert weekdays_of(proposed_days(year)) == announced


def words(year, month=None):
    days = proposed_days(year)
    return [f"{one.day:%d/%m} {one.name}" for one in days if month in (None, one.day.month)]


def test_a_year_to_come_is_proposed_from_the_law():
    assert words(2027) == [
        "01/01 Tết Dương lịch",
        "04/02 Tết Nguyên đán, ngày áp cuối tháng Chạp",
        "05/02 Tết Nguyên đán, ngày cuối tháng Chạp",
        "06/02 Tết Nguyên đán, mùng 1",
        "07/02 Tết Nguyên đán, mùng 2",
        "08/02 Tết Nguyên đán, mùng 3",
        "09/02 Nghỉ bù Tết Nguyên đán, mùng 1",
        "10/02 Nghỉ bù Tết Nguyên đán, mùng 2",
        "16/04 Giỗ Tổ Hùng Vương",
        "30/04 Ngày Chiến thắng",
        "01/05 Ngày Quốc tế lao động",
        "03/05 Nghỉ bù Ngày Quốc tế lao động",
        "02/09 Quốc khánh",
        "03/09 Quốc khánh, ngày liền kề",
        "24/11 Ngày Văn hóa Việt Nam",
    ]
    assert words(2028, 9) == [
        "01/09 Quốc khánh, ngày liền kề",
        "02/09 Quốc khánh",
        "04/09 Nghỉ bù Quốc khánh",
    ]


def test_culture_day_is_not_made_up_on_a_weekend_and_was_none_before_2026():
    """Nghị quyết 28/2026/QH16 stands outside Điều 112, which alone is made up; 2029 a Saturday."""
    assert words(2029, 11) == ["24/11 Ngày Văn hóa Việt Nam"]
    assert words(2025, 11) == []


def test_the_lone_day_of_independence_before_the_code_of_2019():
    assert (words(2020, 9), words(2021, 9)) == (
        ["02/09 Quốc khánh"],
        ["02/09 Quốc khánh", "03/09 Quốc khánh, ngày liền kề"],
    )


def test_what_the_law_fixes_is_missed_where_it_is_not_there():
    off = [one.day for one in proposed_days(2027) if one.day.month != 4]
    assert [f"{one.day:%d/%m} {one.name}" for one in missing_holidays(2027, off)] == [
        "16/04 Giỗ Tổ Hùng Vương",
        "30/04 Ngày Chiến thắng",
    ]
    assert len(missing_holidays(2025, ())) == len(missing_holidays(2026, ())) - 1 == 8
