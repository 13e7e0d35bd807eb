"""How the lists of all tasks are read: plain values with the first statement, years together."""

import pytest
from django.db.models.functions import Length

from blocs.states import SeatRole
from blocs.units.models import Unit
from blocs.years.models import BlocYear
from blocs.years.tasks import years_named
from tests.factories.blocs import year_with_members
from tests.factories.people import official
from thidua.common.task_lines import brought, task

pytestmark = pytest.mark.django_db


def named(rows):
    """Tasks of which each is called after a row of the list that it yields."""
    return [task(str(row), "/", "", None, None) for row in (yield rows)]


def labels(*bringings):
    return [one.label for one in brought(bringings, official(SeatRole.OFFICE))]


@pytest.fixture
def units():
    for name in ("Sở “B”", "Ban, A\\n", "Ủy ban Đ"):
        Unit.objects.create(name=name, short_name=name, code=name[:3])
    return Unit.objects.order_by("-name")


def test_plain_values_come_as_they_are_and_in_their_order(units, django_assert_num_queries):
    flat = units.values_list("name", flat=True)
    rows = units.annotate(size=Length("name")).values_list("size", "name", "pk")[:2]
    none = units.filter(name="Không có")
    wanted = [*map(str, flat), *map(str, rows)]
    assert len(wanted) == 5
    user = official(SeatRole.OFFICE)
    labels(named(flat), named(rows))  # a process asks SQLite once whether it knows JSON
    with django_assert_num_queries(1):
        lists = named(flat), named(rows), named(none), named(none.values_list("pk", flat=True))
        assert [one.label for one in brought(lists, user)] == wanted


def test_a_list_of_objects_is_read_where_there_are_any(units, django_assert_num_queries):
    user = official(SeatRole.OFFICE)
    with django_assert_num_queries(2):
        lists = named(units), named(units.none()), named(BlocYear.objects.all())
        assert [one.label for one in brought(lists, user)] == [str(unit) for unit in units]


def test_years_of_several_lists_are_read_together(django_assert_num_queries):
    first, second, third = (year_with_members(2) for _ in range(3))
    asked = years_named([third.pk, first.pk]), years_named([second.pk, third.pk]), years_named([])
    user = official(SeatRole.OFFICE)
    with django_assert_num_queries(1):
        found = [one.label for one in brought(map(keyed, asked), user)]
    assert found == [str(year) for year in (third, first, second, third)]


def keyed(asked):
    """The same for rows that are asked for by their keys."""
    return [task(str(row), "/", "", None, None) for row in (yield asked).values()]
