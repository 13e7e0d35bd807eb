"""From when to when somebody sits on a seat, and a unit in a bloc; who counts as a member."""

import datetime as dt

import pytest
import time_machine

from blocs.states import SeatRole
from blocs.units.models import Bloc, Membership
from blocs.units.models.seats import Seat
from tests.factories.blocs import BlocFactory
from tests.factories.people import SeatFactory, UnitFactory

pytestmark = pytest.mark.django_db
FIRST, LAST, ONE = dt.date(2026, 3, 2), dt.date(2026, 9, 30), dt.timedelta(days=1)
# «Đến ngày» is the last day inside, of a seat and of a membership alike.
DAYS = (
    (FIRST - ONE, False, False),
    (FIRST, True, True),
    (LAST - ONE, True, True),
    (LAST, True, True),
    (LAST + ONE, False, False),
)


@pytest.mark.parametrize(("day", "is_seated", "is_member"), DAYS)
def test_first_and_last_day(day, is_seated, is_member):
    SeatFactory(role=SeatRole.OFFICE, unit=None, starts_on=FIRST, ends_on=LAST)
    Membership.objects.create(bloc=BlocFactory(), unit=UnitFactory(), starts_on=FIRST, ends_on=LAST)
    assert Seat.objects.on(day).exists() is is_seated
    assert Membership.objects.on(day).exists() is is_member


@pytest.mark.parametrize(("today", "count"), ((FIRST - ONE, 0), (LAST, 3), (LAST + ONE, 2)))
def test_a_bloc_counts_those_inside_today(today, count):
    bloc = BlocFactory()
    for ends_on in (None, None, LAST):
        Membership.objects.create(bloc=bloc, unit=UnitFactory(), starts_on=FIRST, ends_on=ends_on)
    with time_machine.travel(dt.datetime.combine(today, dt.time(5), dt.UTC), tick=False):
        assert Bloc.objects.for_list().get().member_count == count
