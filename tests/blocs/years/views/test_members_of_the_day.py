"""A list offers what exists on its day, and nobody leads a bloc from outside."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError

from blocs.states import MemberChangeKind, SeatRole, YearState
from blocs.years.actions.members import cancel_change, record_change
from tests.factories.blocs import year_with_members
from tests.factories.changes import (
    JULY_1,
    SEPTEMBER_1,
    change_address,
    change_members,
    office_browser,
    typed,
)
from tests.factories.people import UnitFactory, official
from tests.page_desk import PageDesk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
K = MemberChangeKind


@pytest.fixture
def november():
    with time_machine.travel("2026-11-20T03:00Z", tick=False):
        yield


@pytest.fixture
def year():
    return year_with_members(4, state=YearState.IN_PROGRESS)


def last_of(year):
    return year.members.order_by("order").last().unit


def ended(name, on):
    return UnitFactory(name=name, dissolved_on=on)


@pytest.mark.parametrize("kind", [K.MERGED, K.SPLIT])
def test_unit_that_ended_long_ago_is_not_offered(year, kind):
    gone = ended("Sở Cũ", dt.date(2019, 1, 1))
    page = office_browser().get(change_address(year))
    choices = [
        page.context["form"].fields[name].queryset.filter(pk=gone.pk).exists()
        for name in ("unit", "counterpart")
    ]
    assert choices == [False, False]
    unit = last_of(year) if kind == K.MERGED else UnitFactory()
    said = typed(unit, kind, JULY_1, counterpart=gone)
    assert office_browser().post(change_address(year), said).status_code == 422
    assert year.member_changes.count() == 0


@pytest.mark.parametrize(
    ("kind", "day", "is_taken"),
    [
        (K.MERGED, JULY_1, True),
        (K.MERGED, SEPTEMBER_1, False),
        # The day on which it ended is that of the split.
        (K.SPLIT, dt.date(2026, 8, 1), True),
        (K.SPLIT, SEPTEMBER_1, False),
    ],
)
def test_related_unit_exists_on_the_day(year, kind, day, is_taken):
    gone = ended("Sở Giữa Năm", dt.date(2026, 8, 1))
    unit = last_of(year) if kind == K.MERGED else UnitFactory()
    answer = office_browser().post(change_address(year), typed(unit, kind, day, counterpart=gone))
    assert answer.status_code == (200 if is_taken else 422)
    if not is_taken:
        words = (
            "Sở Giữa Năm đã thôi hoạt động từ 01/08/2026; vui lòng chọn đơn vị đang hoạt động "
            "ngày đó."
        )
        assert answer.context["form"].errors["counterpart"] == [words]
        with pytest.raises(ValidationError) as caught:
            record_change(
                year, actor=official(SeatRole.OFFICE), kind=kind, unit=unit, on=day,
                decision="NQ", counterpart=gone,
            )  # fmt: skip
        assert caught.value.message_dict == {"counterpart": [words]}


@pytest.mark.parametrize(("day", "is_taken"), [(JULY_1, True), (SEPTEMBER_1, False)])
@pytest.mark.parametrize("of_another_bloc", [False, True])
def test_nobody_is_merged_into_a_unit_that_a_year_records_as_gone(
    year, of_another_bloc, day, is_taken
):
    """The catalogue need not know yet; once the record is taken back, the unit stands again."""
    gone_from = year_with_members(4, state=YearState.IN_PROGRESS) if of_another_bloc else year
    gone, unit = gone_from.members.order_by("order")[2].unit, last_of(year)
    office = official(SeatRole.OFFICE)
    change = record_change(
        gone_from, actor=office, kind=K.DISSOLVED, unit=gone, on=dt.date(2026, 8, 1),
        decision="NQ", reason="Sắp xếp",
    )  # fmt: skip
    said = typed(unit, K.MERGED, day, counterpart=gone)
    answer = office_browser().post(change_address(year), said)
    assert answer.status_code == (200 if is_taken else 422)
    if not is_taken:
        assert answer.context["form"].errors["counterpart"] == [
            f"{gone} đã thôi hoạt động từ 01/08/2026 (thay đổi số 01 của {gone_from}); vui lòng "
            "chọn đơn vị đang hoạt động ngày đó."
        ]
        cancel_change(change, actor=office, reason="Ghi nhầm")
        assert office_browser().post(change_address(year), said).status_code == 200


def leaders_page(year):
    return PageDesk(official(SeatRole.OFFICE)).go(f"/nam-thi-dua/{year.pk}/khoi-truong/thay-doi/")


def press(page, **said):
    page.post("Ghi thay đổi", {"decision": "BB", "reason": "Bầu", **said})
    return page


@pytest.mark.parametrize("post", ["head", "deputy"])
def test_unit_leads_from_a_day_on_which_it_is_a_member(year, post):
    new = UnitFactory(name="Sở Mới")
    change_members(year, new, K.JOINED, SEPTEMBER_1)
    before = getattr(year, post)
    page = press(leaders_page(year), **{post: new.pk}, on="04/05/2026")
    words = "Khối trưởng" if post == "head" else "Khối phó"
    assert (page.answer.status_code, page.said[0][post]) == (
        422,
        [f"{words} phải là đơn vị thành viên của năm thi đua này. Sở Mới tham gia từ 01/09/2026."],
    )
    year.refresh_from_db()
    assert getattr(year, post) == before
    page = press(leaders_page(year), **{post: new.pk}, on="01/09/2026")
    year.refresh_from_db()
    assert (page.answer.status_code, getattr(year, post)) == (200, new)


def test_who_led_until_a_day_leaves_on_that_day_or_later(year):
    head, other = year.head, last_of(year)
    press(leaders_page(year), head=other.pk, on="20/08/2026")
    said = typed(head, K.LEFT, JULY_1)
    client, url = office_browser(), change_address(year)
    with pytest.raises(ValidationError) as caught:
        record_change(
            year, actor=official(SeatRole.OFFICE), kind=K.LEFT, unit=head, on=JULY_1,
            decision="QĐ",
        )  # fmt: skip
    words = (
        f"{head} lãnh đạo {year} đến hết ngày 19/08/2026; ngày thay đổi phải từ 20/08/2026 trở đi."
    )
    assert caught.value.message_dict == {"on": [words]}
    shown = client.post(url, said)
    assert shown.status_code in (200, 422)
    assert year.member_changes.count() == 0
    change_members(year, head, K.LEFT, dt.date(2026, 8, 20))
    assert [change.on for change in year.member_changes.all()] == [dt.date(2026, 8, 20)]


def test_who_never_led_leaves_on_any_day(year):
    press(leaders_page(year), head=last_of(year).pk, on="20/08/2026")
    third = year.members.order_by("order")[2].unit
    change_members(year, third, K.LEFT, JULY_1)
    assert [change.unit for change in year.member_changes.all()] == [third]
