"""Which name held on which day, and which renamings and corrections the rows can take."""

import datetime as dt

import pytest

from blocs.units.domain.former_names import (
    FormerName,
    corrected,
    former_names,
    names_on,
    rename_refusals,
    row_of,
)

FIRST = FormerName(dt.date(2020, 6, 30), {"name": "Sở A"}, "QĐ 1", "chia tách")
SECOND = FormerName(dt.date(2025, 2, 28), {"name": "Sở B"}, "QĐ 2")
ROWS = [row_of(FIRST), row_of(SECOND)]
TODAY = dt.date(2026, 8, 1)


def test_a_kept_row_says_what_it_was_made_of():
    assert former_names(ROWS) == (FIRST, SECOND)
    assert FIRST.ended_on == dt.date(2020, 7, 1)


@pytest.mark.parametrize(
    ("day", "name"),
    (
        (dt.date(1999, 1, 1), "Sở A"),
        (dt.date(2020, 6, 30), "Sở A"),
        (dt.date(2020, 7, 1), "Sở B"),
        (dt.date(2025, 2, 28), "Sở B"),
        (dt.date(2025, 3, 1), None),
    ),
)
def test_the_last_day_of_a_name_still_has_it(day, name):
    found = names_on(ROWS, day)
    assert (found and found["name"]) == name


@pytest.mark.parametrize(
    ("on", "reasons"),
    (
        (dt.date(2026, 8, 1), []),
        (dt.date(2025, 3, 2), []),
        (
            dt.date(2025, 3, 1),
            [
                "Đã ghi đổi tên từ 01/03/2025; ngày đổi tên phải sau ngày đó. Nếu lần trước ghi "
                "nhầm thì hủy lần đổi tên ấy trước."
            ],
        ),
        (
            dt.date(2026, 8, 2),
            [
                "Tên mới có hiệu lực từ 02/08/2026, chưa đến ngày đó; hãy ghi đổi tên từ ngày ấy "
                "trở đi."
            ],
        ),
    ),
)
def test_a_new_name_begins_after_the_last_one_and_not_later_than_today(on, reasons):
    assert rename_refusals(ROWS, on, TODAY) == reasons


def test_a_misspelt_text_is_mended_wherever_it_stood():
    rows = [
        row_of(FormerName(dt.date(2019, 1, 1), {"name": "Sở X", "superior": "UBND TĨNH"}, "1")),
        row_of(FormerName(dt.date(2021, 1, 1), {"name": "Sở Y", "superior": "UBND TĨNH"}, "2")),
    ]
    found = corrected(
        rows, {"name": "Sở Y", "superior": "UBND TĨNH"}, {"name": "Sở Y", "superior": "UBND TỈNH"}
    )
    assert [one.names for one in former_names(found)] == [
        {"name": "Sở X", "superior": "UBND TỈNH"},
        {"name": "Sở Y", "superior": "UBND TỈNH"},
    ]
