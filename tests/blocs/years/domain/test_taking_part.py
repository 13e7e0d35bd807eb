"""Who owes what on which day, and what a row of changes makes of a unit's part in the year."""

import datetime as dt

import pytest

from blocs.scoring.ranking.part_year import Absence
from blocs.states import MemberChangeKind as K
from blocs.years.domain.taking_part import (
    Duty,
    PartChange,
    YearPart,
    change_refusals,
    kind_for,
    owes,
    part_after,
    part_words,
)

JUNE_30, JULY_1, SEPTEMBER_1 = dt.date(2026, 6, 30), dt.date(2026, 7, 1), dt.date(2026, 9, 1)
SUMMER = Absence(JUNE_30, SEPTEMBER_1)
ALL = tuple(Duty)


def owed(part, day):
    return tuple(duty for duty in ALL if owes(part, duty, day))


@pytest.mark.parametrize(
    ("part", "day", "expected"),
    [
        (YearPart(), JULY_1, ALL),
        # The day before it leaves is the last day inside.
        (YearPart(left_on=JULY_1), JUNE_30, ALL),
        (YearPart(left_on=JULY_1), JULY_1, ()),
        (YearPart(joined_on=SEPTEMBER_1), JULY_1, ()),
        (YearPart(joined_on=SEPTEMBER_1), SEPTEMBER_1, ALL),
        (YearPart(unconsidered_on=JULY_1), JUNE_30, ALL),
        (YearPart(unconsidered_on=JULY_1), JULY_1, (Duty.SIGN, Duty.SIT)),
        (YearPart(unsigned_on=JULY_1), JULY_1, tuple(duty for duty in ALL if duty != Duty.SIGN)),
        (YearPart(joined_on=JUNE_30, left_on=SEPTEMBER_1), JULY_1, ALL),
        (YearPart(joined_on=JUNE_30, left_on=SEPTEMBER_1), SEPTEMBER_1, ()),
    ],
)
def test_what_a_unit_owes_on_a_day(part, day, expected):
    assert owed(part, day) == expected


@pytest.mark.parametrize(
    ("due", "is_handed_in", "day", "expected"),
    [
        # Due before it left, and after it came back: owed; due while it was away: not.
        (dt.date(2026, 6, 29), False, SEPTEMBER_1, True),
        (JUNE_30, False, SEPTEMBER_1, False),
        (dt.date(2026, 8, 31), False, SEPTEMBER_1, False),
        (SEPTEMBER_1, False, SEPTEMBER_1, True),
        (None, False, SEPTEMBER_1, True),
        (JULY_1, True, SEPTEMBER_1, True),
        (JULY_1, True, JULY_1, False),
    ],
)
def test_what_fell_due_in_an_absence_is_owed_no_more(due, is_handed_in, day, expected):
    part = YearPart(away=(SUMMER,))
    assert owes(part, Duty.REPORT, day, due, is_handed_in=is_handed_in) == expected


@pytest.mark.parametrize(
    ("kind", "part", "expected"),
    [
        (K.JOINED, None, K.JOINED),
        (K.JOINED, YearPart(), K.JOINED),
        (K.JOINED, YearPart(left_on=JULY_1), K.RETURNED),
        (K.SPLIT, YearPart(left_on=JULY_1), K.SPLIT),
    ],
)
def test_who_joins_a_year_that_it_left_comes_back(kind, part, expected):
    assert kind_for(kind, part) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ((), YearPart()),
        ((PartChange(1, K.MERGED, JULY_1),), YearPart(left_on=JULY_1)),
        (
            (PartChange(1, K.JOINED, JUNE_30), PartChange(3, K.LEFT, JULY_1)),
            YearPart(JUNE_30, JULY_1),
        ),
        ((PartChange(2, K.NOT_SIGNING, JULY_1),), YearPart(unsigned_on=JULY_1)),
        # Taken back, whatever the order in which they are read.
        ((PartChange(2, K.CANCELLED, JULY_1, 1), PartChange(1, K.LEFT, JULY_1)), YearPart()),
        (
            (
                PartChange(1, K.LEFT, JUNE_30),
                PartChange(2, K.CANCELLED, JUNE_30, 1),
                PartChange(3, K.DISSOLVED, JULY_1),
            ),
            YearPart(left_on=JULY_1),
        ),
        (
            (PartChange(1, K.LEFT, JUNE_30), PartChange(2, K.RETURNED, SEPTEMBER_1)),
            YearPart(away=(SUMMER,)),
        ),
        (
            (
                PartChange(1, K.LEFT, JUNE_30),
                PartChange(2, K.RETURNED, SEPTEMBER_1),
                PartChange(3, K.CANCELLED, SEPTEMBER_1, 2),
                PartChange(4, K.CANCELLED, JUNE_30, 1),
            ),
            YearPart(),
        ),
        # A joining that was taken back: the unit never was a member.
        ((PartChange(1, K.JOINED, JULY_1), PartChange(2, K.CANCELLED, JULY_1, 1)), None),
    ],
)
def test_changes_make_the_part(changes, expected):
    assert part_after(changes) == expected


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (YearPart(), ""),
        (YearPart(left_on=JULY_1), "thôi tham gia từ 01/07/2026"),
        (
            YearPart(joined_on=JUNE_30, unconsidered_on=SEPTEMBER_1),
            "tham gia từ 30/06/2026; không xét năm nay, từ 01/09/2026",
        ),
    ],
)
def test_the_part_in_words(part, expected):
    assert part_words(part) == expected


@pytest.mark.parametrize(
    ("kind", "on", "part", "expected"),
    [
        (K.MERGED, JULY_1, YearPart(), []),
        (K.JOINED, JULY_1, None, []),
        (K.JOINED, JULY_1, YearPart(), ["Đơn vị đã là thành viên của năm thi đua này."]),
        (K.LEFT, JULY_1, None, ["Đơn vị không phải thành viên của năm thi đua này."]),
        (
            K.DISSOLVED,
            SEPTEMBER_1,
            YearPart(left_on=JULY_1),
            [
                "Đã ghi đơn vị thôi tham gia từ 01/07/2026; nếu ghi nhầm thì hủy thay đổi đó rồi "
                "ghi lại."
            ],
        ),
        (
            K.LEFT,
            JULY_1,
            YearPart(joined_on=SEPTEMBER_1),
            ["Đơn vị tham gia từ 01/09/2026; ngày phải từ ngày đó trở đi."],
        ),
        (
            K.NOT_CONSIDERED,
            JULY_1,
            YearPart(left_on=JULY_1),
            ["Đơn vị thôi tham gia từ 01/07/2026; ngày phải trước ngày đó."],
        ),
        (K.NOT_CONSIDERED, JUNE_30, YearPart(left_on=JULY_1), []),
    ],
)
def test_why_a_change_may_not_be_recorded(kind, on, part, expected):
    assert change_refusals(kind, on, part) == expected
