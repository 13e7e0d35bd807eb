"""The calendar of working days as pages of the office."""

import datetime as dt

import pytest
from django.urls import reverse

from blocs.states import SeatRole
from blocs.years.models import Holiday
from tests.factories.blocs import year_with_members
from tests.factories.people import leader_of, official
from tests.page_forms import save

pytestmark = pytest.mark.django_db
LIST = reverse("years:holiday_list")
COST = 6


@pytest.fixture
def office(client):
    person = official(SeatRole.OFFICE)
    client.force_login(person)
    client.post(reverse("home:choose_year"), {"year": "2027"})
    return person


def test_day_is_added_changed_and_removed(client, office):
    data = {"day": "08/02/2027", "name": "Tết Nguyên đán"}
    assert client.post(reverse("years:holiday_new"), data).headers["Location"] == LIST
    rows = client.get(LIST).context["rows"]
    assert [(day.day, day.name, weekday) for day, weekday in rows] == [
        (dt.date(2027, 2, 8), "Tết Nguyên đán", "thứ Hai")
    ]
    day = Holiday.objects.get()
    url = reverse("years:holiday_edit", args=(day.pk,))
    remove_url = reverse("years:holiday_remove", args=(day.pk,))
    assert client.get(url).context["remove_url"] == remove_url
    save(client, url, data | {"name": "Tết Đinh Mùi"})
    assert Holiday.objects.get().name == "Tết Đinh Mùi"
    client.post(remove_url)
    assert Holiday.objects.count() == 0


def test_working_day_cannot_be_worked_instead(client, office):
    data = {"day": "08/02/2027", "name": "Làm bù", "is_worked": "on"}
    answer = client.post(reverse("years:holiday_new"), data)
    assert answer.context["form"].errors == {"day": ["Ngày làm bù phải là thứ Bảy hoặc Chủ nhật."]}


def test_fixed_days_come_with_one_button(client, office):
    client.post(reverse("years:holiday_fixed"))
    rows = client.get(LIST).context["rows"]
    assert [f"{day.day:%d/%m}" for day, _ in rows] == ["01/01", "30/04", "01/05", "03/05", "02/09"]


def test_nobody_else_keeps_the_calendar(client):
    Holiday.objects.create(day=dt.date(2026, 9, 2), name="Quốc khánh")
    client.force_login(leader_of(year_with_members(3).head))
    assert client.get(LIST).status_code == 403
    assert client.post(reverse("years:holiday_fixed")).status_code == 403


@pytest.mark.parametrize("count", (1, 3))
def test_list_costs_the_same(client, office, count, django_assert_num_queries):
    for day in range(count):
        Holiday.objects.create(day=dt.date(2027, 2, 8 + day), name="Tết")
    with django_assert_num_queries(COST):
        assert len(client.get(LIST).context["rows"]) == count
