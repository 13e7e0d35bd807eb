"""A change of members recorded after the count was confirmed: the roll is called again first."""

import datetime as dt

import pytest
import time_machine

from blocs.conferences.documents.vote_results import CONTRADICTS
from blocs.conferences.models import Conference
from blocs.states import ConferenceState, YearState
from blocs.states import MemberChangeKind as K
from tests.factories.changes import JULY_1, change_members
from tests.factories.conferences import (
    add_agenda,
    conference_of,
    count,
    named_year,
    units_of,
)
from tests.factories.people import UnitFactory, leader_of
from tests.page_desk import PageDesk
from thidua.papers.models import Paper

pytestmark = pytest.mark.django_db
HELD = dt.datetime(2026, 12, 10, 1, tzinfo=dt.UTC)
TYPED = {"number": "6", "ended_day": "10/12/2026", "ended_time": "11:45", "approvals": "4"}
SAID = (
    "Thành phần ngày họp đã khác với lúc xác nhận kết quả kiểm phiếu: {}. Khối trưởng hoặc "
    "khối phó mở lại kết quả kiểm phiếu: danh sách điểm danh, túc số theo thành phần mới, phiếu "
    "kiểm lại rồi mới ký biên bản."
)


@pytest.fixture
def conference():
    """Four units were there and voted; the count is confirmed, the minutes are not signed."""
    with time_machine.travel("2026-12-10T09:00:00Z"):
        year = named_year(("Sở A", "Sở B", "Sở C", "Sở D"), year=2026, state=YearState.CLOSING)
        found = conference_of(year, starts_at=HELD, next_head_basis="do tỉnh giao")
        add_agenda(found, ("Tổng kết", "Đã thảo luận.", ""))
        count(found, "head", [(1, 4, 0)], issued=4, returned=4, valid=4)
        Conference.objects.filter(pk=found.pk).update(state=ConferenceState.COUNTED)
        yield Conference.objects.get()


def head_of(conference):
    return PageDesk(leader_of(conference.bloc_year.head))


def held_up(conference):
    """What the page of the sitting says, the same as the page on which it is signed."""
    shown = head_of(conference).go(conference.get_absolute_url()).answer.context["hindrances"]
    sign = head_of(conference).go(conference.address("minutes_sign")).answer
    assert [
        one for one in sign.context["closed"].splitlines() if one.startswith(SAID[:20])
    ] == shown
    return shown


def called(conference):
    return sorted(row.unit.name for row in conference.attendances.select_related("unit"))


@pytest.mark.parametrize(
    ("kind", "on", "said"),
    (
        (K.DISSOLVED, JULY_1, "Sở D thôi tham gia từ 01/07/2026"),
        (K.LEFT, HELD.date(), "Sở D thôi tham gia từ 10/12/2026"),
    ),
)
def test_who_was_gone_on_the_day_is_no_longer_counted(conference, kind, on, said):
    change_members(conference.bloc_year, units_of(conference)[3], kind, on)
    assert held_up(conference) == [SAID.format(said)]
    head = head_of(conference).go(conference.address("minutes_sign"))
    answer = head.client.post(head.url, TYPED)
    assert (answer.status_code, Paper.objects.count()) == (422, 0)
    head.go(conference.address("conference_move", "reopen")).press(
        "Mở lại kết quả kiểm phiếu", note="Thành phần thay đổi"
    )
    assert called(conference) == ["Sở A", "Sở B", "Sở C"]
    page = head_of(conference).go(conference.get_absolute_url())
    # Four sheets of paper were given to three units: the vote is counted anew.
    assert "Số phiếu phát ra" in " ".join(page.held_up)
    assert page.answer.context["hindrances"] == []


def test_who_joined_before_the_day_has_to_be_asked_to_sit(conference):
    change_members(conference.bloc_year, UnitFactory(name="Sở Mới"), K.JOINED, JULY_1)
    assert held_up(conference) == [SAID.format("Sở Mới chưa được điểm danh")]


def test_who_leaves_on_the_day_after_was_there(conference):
    day = HELD.date() + dt.timedelta(days=1)
    change_members(conference.bloc_year, units_of(conference)[3], K.LEFT, day)
    assert held_up(conference) == []


def test_who_is_not_considered_still_sits(conference):
    """Its part of the year ends, its seat among the others does not."""
    year, unit = conference.bloc_year, units_of(conference)[3]
    change_members(year, unit, K.NOT_CONSIDERED, JULY_1)
    assert held_up(conference) == []


@pytest.mark.parametrize(("absent", "told"), [(0, ("100,0", "Đạt")), (1, ("–", CONTRADICTS))])
def test_votes_of_more_units_than_are_there_have_no_rate_and_no_result(conference, absent, told):
    """Who called the roll anew after the count reads that the two do not fit together."""
    last = conference.attendances.order_by("-pk")[:absent].values("pk")
    conference.attendances.filter(pk__in=last).update(is_present=False, absence_reason="ốm")
    page = head_of(conference).go(conference.get_absolute_url())
    votes = f"04/0{4 - absent} 00"
    assert f"{votes} {told[0]} {told[1]}" in page.text
