"""From when to when somebody sits on a seat, and a unit in a bloc; who counts as a member."""

import datetime as dt

import pytest
import time_machine

from blocs.states import SeatRole
from blocs.units.models import Bloc, Membership
from blocs.units.models.seats import Seat, columns_of, read_standing
from tests.factories.blocs import BlocFactory, year_with_members
from tests.factories.people import SeatFactory, UnitFactory, UserFactory, editor_of, official
from thidua.common.written_once import WrittenQuery

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


def test_a_standing_is_read_as_it_is_stored_and_of_that_person_alone():
    """The query is written once: the second person and day come into it, the columns stay."""
    year = year_with_members(2)
    editor, office = editor_of(year.head), official(SeatRole.OFFICE, sees_only=[year.bloc_id])
    for person in (editor, office):
        (seat,) = read_standing(person).seats
        kept = Seat.objects.select_related("unit").get(user=person)
        for name in columns_of(Seat):
            assert getattr(seat, name) == getattr(kept, name)
        assert seat.unit == kept.unit
        assert seat.unit is None or seat.unit.__dict__.keys() == kept.unit.__dict__.keys()
    assert [post.bloc_year_id for post in read_standing(editor).posts] == [year.pk]
    assert read_standing(office).posts == ()


@pytest.mark.parametrize(("day", "is_seated", "_"), DAYS)
def test_a_standing_is_of_today(day, is_seated, _):
    person = UserFactory()
    SeatFactory(user=person, role=SeatRole.OFFICE, unit=None, starts_on=FIRST, ends_on=LAST)
    with time_machine.travel(dt.datetime.combine(day, dt.time(5), dt.UTC), tick=False):
        assert len(read_standing(person).seats) == is_seated


def test_a_query_that_is_about_no_row_is_not_written():
    with pytest.raises(ValueError, match="about one row"):
        WrittenQuery(Seat.objects.values_list("pk"))
