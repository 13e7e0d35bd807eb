"""Many seats confirmed on one page: only those in units, only as they were shown."""

import datetime as dt

import pytest
from django.urls import reverse

from blocs.states import SeatRole
from blocs.units.actions.people import give_seat
from blocs.units.actions.requests import NONE_WAITS, OTHER_LIST
from blocs.units.models import AccountRequest, Seat
from tests.factories.people import (
    UnitFactory,
    UserFactory,
    auditor,
    editor_of,
    leader_of,
    official,
)
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db
PAGE, LIST = reverse("units:seats_confirm"), reverse("units:request_list")
DAY = dt.date(2026, 1, 5)


def asked_for(admin, role=SeatRole.LEADER):
    unit = UnitFactory() if role == SeatRole.LEADER else None
    return give_seat(UserFactory(), actor=admin, role=role, unit=unit, starts_on=DAY)


@pytest.fixture
def admin():
    return official(SeatRole.SYSADMIN)


@pytest.fixture
def office(client):
    client.force_login(official(SeatRole.OFFICE))
    return client


def press(client, **changes):
    shown = client.get(PAGE).context["form"]["shown"].value()
    return client.post(PAGE, {"shown": shown, "is_read": "on"} | changes)


def test_all_seats_in_units_are_confirmed_and_those_of_the_province_wait(office, admin):
    leaders = [asked_for(admin) for _ in range(3)]
    chair = asked_for(admin, SeatRole.CHAIR)
    shown = office.get(PAGE)
    assert set(shown.context["requests"]) == set(leaders)
    assert press(office).url == LIST
    assert Seat.objects.filter(role=SeatRole.LEADER, starts_on=DAY).count() == 3
    assert list(AccountRequest.objects.waiting()) == [chair]
    told = ActivityEntry.objects.filter(action="units.confirm_request")
    assert {line.subject for line in told} == {asked.user for asked in leaders}
    assert all("đề nghị" in line.note and "xác nhận" in line.note for line in told)


def test_nothing_is_confirmed_that_was_not_shown(office, admin):
    asked_for(admin)
    shown = office.get(PAGE).context["form"]["shown"].value()
    asked_for(admin)
    answer = press(office, shown=shown)
    assert (answer.status_code, answer.context["form"].non_field_errors()) == (422, [OTHER_LIST])
    assert not Seat.objects.filter(role=SeatRole.LEADER).exists()
    # The list is shown as it is now, and the next press confirms it.
    again = {"shown": answer.context["form"]["shown"].value(), "is_read": "on"}
    assert office.post(PAGE, again).status_code == 302
    assert Seat.objects.filter(role=SeatRole.LEADER).count() == 2


def test_who_did_not_say_that_each_line_was_read_confirms_nothing(office, admin):
    asked_for(admin)
    assert press(office, is_read="").status_code == 422
    assert not Seat.objects.filter(role=SeatRole.LEADER).exists()


def test_without_requests_there_is_nothing_to_press(office, admin):
    asked_for(admin, SeatRole.COUNCIL)
    assert office.get(PAGE).context["closed"] == NONE_WAITS
    assert PAGE not in office.get(LIST).content.decode()


def test_who_asked_and_who_it_is_about_confirm_neither(client, office, admin):
    """A person with both seats is no second person to the own request."""
    both = official(SeatRole.SYSADMIN)
    Seat.objects.create(user=both, role=SeatRole.OFFICE, starts_on=DAY)
    about_both = give_seat(
        both, actor=admin, role=SeatRole.LEADER, unit=UnitFactory(), starts_on=DAY
    )
    asked_for(both)
    client.force_login(both)
    assert client.get(PAGE).context["closed"] == NONE_WAITS
    client.force_login(official(SeatRole.CHAIR))
    assert about_both in client.get(PAGE).context["requests"]


def test_it_is_for_the_second_person_alone(client, admin):
    asked_for(admin)
    unit = UnitFactory()
    others = [admin, auditor(), official(SeatRole.COUNCIL), editor_of(unit), leader_of(unit)]
    for person in others:
        client.force_login(person)
        answers = (client.get(PAGE), client.post(PAGE, {"is_read": "on"}))
        assert [answer.status_code for answer in answers] == [403] * 2
    assert not Seat.objects.filter(role=SeatRole.LEADER).exclude(unit=unit).exists()


@pytest.mark.parametrize("count", (1, 3))
def test_the_page_costs_the_same(office, admin, count, django_assert_num_queries):
    for _ in range(count):
        asked_for(admin)
    office.get(LIST)
    with django_assert_num_queries(5):
        assert len(office.get(PAGE).context["requests"]) == count
