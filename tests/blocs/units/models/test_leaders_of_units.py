"""Who leads a unit on a day: its dated seat, and a typed name only where there never was a seat."""

import datetime as dt
import io
import re

import pytest
import time_machine
from django.urls import reverse
from pypdf import PdfReader

from blocs.states import SeatRole, YearState
from blocs.units.models.seats import leader_on
from tests.factories.awards import ProposalFactory
from tests.factories.blocs import year_with_members
from tests.factories.people import SeatFactory, UnitFactory, UserFactory, official
from tests.page_forms import fields_of

pytestmark = pytest.mark.django_db
JUNE_30, JULY_1 = dt.date(2026, 6, 30), dt.date(2026, 7, 1)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-08-01T03:00:00Z", tick=False):
        yield


def led(**kwargs):
    """A unit led by Ông Trước until 30 June, then by Bà Sau; the catalogue says a third name."""
    unit = UnitFactory(leader_name="Tên trong danh mục", **kwargs)
    for name, days in (
        ("Ông Trước", {"starts_on": dt.date(2020, 1, 1), "ends_on": JUNE_30}),
        ("Bà Sau", {"starts_on": JULY_1}),
    ):
        user = UserFactory(full_name=name)
        SeatFactory(user=user, unit=unit, role=SeatRole.LEADER, **days)
    return unit


@pytest.mark.parametrize(
    ("day", "name"),
    (
        (dt.date(2019, 12, 31), ""),
        (JUNE_30, "Ông Trước"),
        (JULY_1, "Bà Sau"),
        (None, "Bà Sau"),
    ),
)
def test_the_seat_of_the_day_leads(day, name):
    assert leader_on(led(), day) == name


def test_without_any_seat_the_catalogue_names_the_leader():
    assert leader_on(UnitFactory(leader_name="Tên trong danh mục")) == "Tên trong danh mục"


def test_an_editor_leads_nobody():
    unit = UnitFactory(leader_name="Tên trong danh mục")
    SeatFactory(unit=unit, role=SeatRole.EDITOR)
    assert leader_on(unit) == "Tên trong danh mục"


@pytest.mark.parametrize(("day", "name"), ((JUNE_30, "Ông Trước"), (JULY_1, "Bà Sau")))
def test_a_paper_names_the_leader_of_its_day(client, day, name):
    year = year_with_members(4, head=led(), state=YearState.RANKED)
    ProposalFactory(bloc_year=year, dated_on=day, received=True)
    client.force_login(official(SeatRole.OFFICE))
    answer = client.get(reverse("proposals:proposal_paper", args=(year.pk,)))
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert re.findall("Ông Trước|Bà Sau|Tên trong danh mục", text) == [name]


@pytest.mark.parametrize(
    ("make", "name"), ((led, "Bà Sau"), (lambda: UnitFactory(leader_name="Bà Khác"), "Bà Khác"))
)
def test_the_track_waits_for_the_person_of_today(client, make, name):
    head = make()
    year = year_with_members(head=head, state=YearState.IN_PROGRESS)
    client.force_login(official(SeatRole.OFFICE))
    track = client.get(year.get_absolute_url()).context["track"]
    current = next(step for step in track if step["label"] == "Sơ kết")
    assert current["who"] == f"{head.short_name} ({name})"


def test_the_page_of_the_unit_says_the_name_of_the_seat_and_takes_no_other(client):
    unit = led()
    client.force_login(official(SeatRole.OFFICE))
    facts = dict(client.get(unit.get_absolute_url()).context["facts"])
    assert facts["Thủ trưởng"] == "Bà Sau, Giám đốc"
    url = reverse("units:unit_edit", args=(unit.pk,))
    typed = fields_of(client.get(url)) | {"leader_name": "Người khác", "address": "Số 1"}
    assert client.post(url, typed).status_code == 302
    unit.refresh_from_db()
    assert (unit.leader_name, unit.address) == ("Tên trong danh mục", "Số 1")
