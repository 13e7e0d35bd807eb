"""The bloc's own members follow the changes of a running year: the next one opens right."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from blocs.states import MemberChangeKind as K
from blocs.states import YearState
from blocs.units.models import Membership
from blocs.years.models import BlocYear, MemberChange
from tests.factories.blocs import year_with_members
from tests.factories.changes import (
    JULY_1,
    SEPTEMBER_1,
    change_members,
    confirmed,
    office_browser,
)
from tests.factories.people import UnitFactory

pytestmark = pytest.mark.django_db
NOVEMBER = dt.datetime(2026, 11, 29, 3, tzinfo=dt.UTC)
SINCE = dt.date(2020, 1, 1)


@pytest.fixture(autouse=True)
def in_november():
    with time_machine.travel(NOVEMBER, tick=False):
        yield


@pytest.fixture
def year():
    found = year_with_members(4, state=YearState.IN_PROGRESS)
    for member in found.members.select_related("unit"):
        Membership.objects.create(bloc=found.bloc, unit=member.unit, starts_on=SINCE)
    return found


def unit(year, place):
    return year.members.get(order=place).unit


def names_of_next(client, year):
    """The members of 2027 as the office gets them when it plans that year."""
    typed = {"bloc": year.bloc_id, "year": "2027"}
    assert client.post(reverse("years:year_new"), typed).status_code == 302
    following = BlocYear.objects.get(year=2027)
    return [row.unit.name for row in following.members.select_related("unit").order_by("order")]


def names(*units):
    return [one.name for one in units]


@pytest.mark.parametrize("kind", (K.LEFT, K.MOVED, K.DISSOLVED))
def test_who_leaves_is_not_planned_for_the_next_year(year, kind):
    client = office_browser()
    change_members(year, unit(year, 4), kind, client=client)
    stay = [unit(year, place) for place in (1, 2, 3)]
    assert names_of_next(client, year) == names(*stay)


def test_merged_and_joined_in_one_year(year):
    client, new = office_browser(), UnitFactory(name="Sở Mới")
    change_members(year, unit(year, 3), K.MERGED, counterpart=unit(year, 2), client=client)
    change_members(year, new, K.JOINED, SEPTEMBER_1, client=client)
    stay = [unit(year, place) for place in (1, 2, 4)]
    assert sorted(names_of_next(client, year)) == sorted(names(*stay, new))
    joined = Membership.objects.get(unit=new)
    assert (joined.starts_on, joined.decision) == (SEPTEMBER_1, "Quyết định số 12/QĐ-UBND")


@pytest.mark.parametrize("kind", (K.NOT_CONSIDERED, K.NOT_SIGNING))
def test_who_only_stands_aside_stays_a_member(year, kind):
    client = office_browser()
    change_members(year, unit(year, 4), kind, client=client)
    everybody = [unit(year, place) for place in (1, 2, 3, 4)]
    assert names_of_next(client, year) == names(*everybody)


def test_a_leaving_taken_back_reopens_the_membership(year):
    client, gone = office_browser(), unit(year, 4)
    change_members(year, gone, K.LEFT, client=client)
    cancel(client)
    rows = Membership.objects.filter(unit=gone).values_list("starts_on", "ends_on", "end_decision")
    assert list(rows) == [(SINCE, None, "")]


def test_a_joining_taken_back_leaves_no_membership(year):
    client, new = office_browser(), UnitFactory()
    change_members(year, new, K.JOINED, SEPTEMBER_1, client=client)
    cancel(client)
    assert Membership.objects.filter(unit=new).count() == 0


def test_a_membership_that_the_office_wrote_first_stays_as_it_is(year):
    client, new = office_browser(), UnitFactory()
    Membership.objects.create(bloc=year.bloc, unit=new, starts_on=JULY_1, decision="QĐ 5")
    change_members(year, new, K.JOINED, SEPTEMBER_1, client=client)
    rows = Membership.objects.filter(unit=new).values_list("starts_on", "ends_on", "decision")
    assert list(rows) == [(JULY_1, None, "QĐ 5")]


def test_a_joining_taken_back_leaves_what_the_office_wrote_for_that_day(year):
    client, new = office_browser(), UnitFactory()
    written = {"bloc": year.bloc, "unit": new, "starts_on": SEPTEMBER_1, "decision": "QĐ 5"}
    Membership.objects.create(**written)
    change_members(year, new, K.JOINED, SEPTEMBER_1, client=client)
    cancel(client)
    assert Membership.objects.filter(**written).count() == 1


def cancel(client):
    change = MemberChange.objects.get(cancels=None)
    url = reverse("changes:member_change_cancel", args=(change.pk,))
    assert confirmed(client, url, {"reason": "Ghi nhầm đơn vị"}).status_code == 302
