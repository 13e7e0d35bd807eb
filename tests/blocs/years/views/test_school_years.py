"""A bloc of schools: its year is planned, kept, found and printed as a school year."""

import datetime as dt

import pytest
from django.urls import reverse

from blocs.states import SeatRole
from blocs.units.models import Membership
from blocs.years.models import BlocYear
from tests.factories.blocs import BlocFactory, BlocYearFactory
from tests.factories.people import UnitFactory, official

pytestmark = pytest.mark.django_db
WORDS = "năm học 2026–2027"


@pytest.fixture
def office(client):
    client.force_login(official(SeatRole.OFFICE))
    return client


def bloc_of_schools():
    """Three schools since the first of September 2026, one that left in August."""
    bloc = BlocFactory(name="Khối các trường THPT")
    for name, ends_on in (("A", None), ("B", None), ("C", None), ("Cũ", dt.date(2026, 8, 31))):
        Membership.objects.create(
            bloc=bloc,
            unit=UnitFactory(short_name=f"THPT {name}"),
            starts_on=dt.date(2026, 1, 1) if ends_on else dt.date(2026, 9, 1),
            ends_on=ends_on,
        )
    return bloc


def planned(client, bloc, typed, status=302):
    data = {"bloc": bloc.pk, "year": typed}
    answer = client.post(reverse("years:year_new"), data)
    assert answer.status_code == status
    return BlocYear.objects.filter(bloc=bloc).order_by("-year").first() or answer


@pytest.mark.parametrize("typed", ["2026-2027", "2026–2027", "năm học 2026-2027"])
def test_a_school_year_is_planned_with_its_dates_and_members(office, typed):
    year = planned(office, bloc_of_schools(), typed)
    assert (year.year, year.is_school_year, year.words) == (2026, True, WORDS)
    assert str(year) == f"Khối các trường THPT {WORDS}"
    assert sorted(year.members.values_list("unit__short_name", flat=True)) == [
        "THPT A",
        "THPT B",
        "THPT C",
    ]
    dates = [year.registration_due, year.midyear_due, year.report_due, year.proposal_due]
    assert dates == [
        dt.date(2026, 10, 15),
        dt.date(2027, 1, 20),
        dt.date(2027, 5, 31),
        dt.date(2027, 7, 10),
    ]


def test_a_calendar_year_is_planned_as_before(office):
    year = planned(office, bloc_of_schools(), "2026")
    assert (year.is_school_year, year.words, year.report_due) == (
        False,
        "năm 2026",
        dt.date(2026, 12, 15),
    )


def test_two_years_that_do_not_follow_are_refused_and_nothing_typed_is_lost(office):
    answer = planned(office, bloc_of_schools(), "2026-2028", status=422)
    form = answer.context["form"]
    assert form.errors["year"] == ["Năm học 2026–2028 không liền nhau; hãy ghi “2026–2027”."]
    assert form["year"].value() == "2026-2028"


@pytest.mark.parametrize(("chosen", "count"), [(2025, 0), (2026, 1), (2027, 1), (2028, 0)])
def test_it_is_found_in_both_calendar_years(office, chosen, count):
    planned(office, bloc_of_schools(), "2026-2027")
    office.post(reverse("home:choose_year"), {"year": chosen})
    assert len(office.get(reverse("years:year_list")).context["rows"]) == count


@pytest.mark.parametrize(
    ("has", "is_school_year", "proposed"),
    (
        ((), False, "2026"),
        ((2026,), False, "2027"),
        ((2026, 2027, 2029), False, "2028"),
        ((2025, 2026), True, "2027–2028"),
        ((2025,), True, "2026–2027"),
    ),
)
def test_a_year_that_the_bloc_has_is_not_proposed_again(office, has, is_school_year, proposed):
    bloc = BlocFactory()
    for year in has:
        BlocYearFactory(bloc=bloc, year=year, is_school_year=is_school_year)
    session = office.session
    session["year"] = 2026
    session.save()
    form = office.get(reverse("years:year_new"), {"khoi": bloc.pk}).context["form"]
    assert (form.initial["bloc"], str(form.initial["year"])) == (str(bloc.pk), proposed)
    strange = office.get(reverse("years:year_new"), {"khoi": "5x"})
    assert str(strange.context["form"].initial["year"]) == "2026"
