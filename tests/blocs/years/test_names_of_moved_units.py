"""An archived year whose units were renamed, moved, merged since: then on pages, now beside.

Two inputs of our own: one unit goes through all three, and a head ends while its bloc is renamed.
"""

import datetime as dt
import re

import pytest
import time_machine
from django.urls import reverse

from blocs.states import SeatRole, YearState
from blocs.units.models import Seat, Unit
from blocs.years.models import BlocYear
from tests.blocs.years.test_names_of_then import AFTERWARDS, read_all, rename
from tests.factories.blocs import BlocFactory
from tests.factories.changes import confirmed
from tests.factories.different import (
    different_agreement,
    different_conference,
    different_decision,
    different_proposal,
    different_year,
)
from tests.factories.people import SeatFactory, UnitFactory, official

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def afterwards():
    with time_machine.travel(AFTERWARDS, tick=False):
        yield


@pytest.fixture
def office(client):
    client.force_login(official(SeatRole.OFFICE))
    return client


@pytest.fixture
def archived():
    year = different_year()
    different_conference(year)
    different_agreement(year)
    different_decision(different_proposal(year))
    BlocYear.objects.filter(pk=year.pk).update(state=YearState.ARCHIVED)
    for member in year.members.all():
        year.bloc.memberships.create(unit=member.unit, starts_on=dt.date(2020, 1, 1))
    return BlocYear.objects.get(pk=year.pk)


def move(client, unit, bloc):
    """The last day in the old bloc is 31 January; from 1 February it belongs to the other."""
    (held,) = unit.memberships.filter(ends_on=None)
    said = {"ends_on": "31/01/2027", "end_decision": "QĐ 2"}
    assert confirmed(client, reverse("units:member_end", args=(held.pk,)), said).status_code == 302
    url = reverse("units:member_add", args=(bloc.pk,))
    said = {"unit": unit.pk, "starts_on": "01/02/2027", "decision": "QĐ 2"}
    assert client.post(url, said).status_code == 302


def merge(client, unit, heir):
    data = {"successor": heir.pk, "on": "20/02/2027", "decision": "NQ 3"}
    url = reverse("units:unit_succession", args=(unit.pk,))
    assert confirmed(client, url, data | {"moves_memberships": "on"}).status_code == 302


def dissolve(client, unit):
    data = {"dissolved_on": "20/02/2027", "end_decision": "NQ 4", "reason": "Sắp xếp"}
    url = reverse("units:unit_dissolve", args=(unit.pk,))
    assert confirmed(client, url, data).status_code == 302


def lead_anew(unit, name):
    """Another person leads the unit since January."""
    Seat.objects.filter(unit=unit, role=SeatRole.LEADER).update(ends_on=dt.date(2027, 1, 14))
    seat = {"unit": unit, "role": SeatRole.LEADER, "starts_on": dt.date(2027, 1, 15)}
    SeatFactory(user__full_name=name, **seat)


def now_of(client, year):
    """Unit of then and the words of now beside it, on the page of the year."""
    text = client.get(year.get_absolute_url()).content.decode()
    found = re.findall(r'<a href="/don-vi/\d+/">([^<]+)</a>\s*<span[^>]*>([^<]+)</span>', text)
    return dict(found)


def changed(client, year, before):
    after = read_all(client, year)
    return [name for name, words in before.items() if after.get(name) != words]


def test_a_unit_that_was_renamed_moved_and_merged_is_called_as_then(office, archived):
    before = read_all(office, archived)
    unit = Unit.objects.get(pk=archived.members.get(order=2).unit_id)
    then = unit.name
    lead_anew(unit, "Trần Thị Lãnh Đạo Mới")
    rename(office, unit, on="10/01/2027", name="Sở Hạ tầng", letterhead="SỞ HẠ TẦNG")
    move(office, unit, BlocFactory(name="Khối Khác"))
    merge(office, unit, UnitFactory(name="Sở Hợp nhất"))
    office.get("/")
    assert changed(office, archived, before) == []
    assert len(before) > 25
    assert now_of(office, archived)[then] == "nay là Sở Hạ tầng, thôi hoạt động từ 20/02/2027"
    assert [word for word in ("Lãnh Đạo Mới", "Sở Hợp nhất") if word in str(before)] == []


def test_a_head_that_ended_in_a_renamed_bloc_is_called_as_then(office, archived):
    before = read_all(office, archived)
    head = Unit.objects.get(pk=archived.head_id)
    lead_anew(head, "Lê Văn Sau Cùng")
    dissolve(office, head)
    third = Unit.objects.get(pk=archived.members.get(order=3).unit_id)
    for on, name in (("05/01/2027", "Sở Tên Giữa"), ("06/02/2027", "Sở Tên Cuối")):
        rename(office, Unit.objects.get(pk=third.pk), on=on, name=name)
    rename(office, type(archived.bloc).objects.get(pk=archived.bloc_id), name="Khối Tên Mới")
    office.get("/")
    assert changed(office, archived, before) == []
    found = now_of(office, archived)
    assert (found[head.name], found[third.name]) == (
        "thôi hoạt động từ 20/02/2027",
        "nay là Sở Tên Cuối",
    )
    text = office.get(archived.get_absolute_url()).content.decode()
    assert re.findall(r"Tên khối hiện nay</dt>\s*<dd[^>]*>([^<]+)", text) == ["Khối Tên Mới"]
