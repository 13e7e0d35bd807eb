"""Changes of the members of a running year, as the office records them on their page."""

import datetime as dt

from django.test import Client
from django.urls import reverse

from blocs.states import MemberChangeKind, SeatRole
from blocs.units.domain.former_names import FormerName, row_of
from blocs.years.models import Leadership
from tests.factories.people import official
from tests.page_forms import fields_of

JULY_1, SEPTEMBER_1 = dt.date(2026, 7, 1), dt.date(2026, 9, 1)


def office_browser():
    client = Client()
    client.force_login(official(SeatRole.OFFICE))
    return client


def change_address(year):
    return reverse("changes:member_change_new", args=(year.pk,))


def typed(unit, kind, on, **more):
    """What the office types about one change."""
    needs = {"reason": "Theo đề nghị của khối"}
    if kind == MemberChangeKind.MOVED and "to_bloc" not in more:
        needs |= {"is_outside": "on"}
    return {
        "unit": unit.pk,
        "kind": kind.value,
        "on": f"{on:%d/%m/%Y}",
        "decision": "Quyết định số 12/QĐ-UBND",
        **needs,
        **{name: getattr(value, "pk", value) for name, value in more.items()},
    }


def change_members(year, unit, kind=MemberChangeKind.MERGED, on=JULY_1, client=None, **more):
    """Record a change through the page: typed, its effects read, confirmed. Gives the effects."""
    client, url = client or office_browser(), change_address(year)
    seen = client.post(url, typed(unit, kind, on, **more))
    assert seen.status_code == 200, seen.context["form"].errors
    answer = client.post(url, fields_of(seen))
    assert answer.status_code == 302, answer.context["form"].errors
    return seen.context["effects"]


def former_name_of(named):
    """Until 2014, before all years of the tests, a unit or bloc was called otherwise."""
    then = {name: getattr(named, name) for name in named.NAMES} | {"name": f"{named.name} (cũ)"}
    return row_of(FormerName(dt.date(2014, 12, 31), then, "Quyết định số 5/QĐ-UBND"))


def beginning_of(year, writer):
    """The row that tells who led the year at first: those who lead it now."""
    return Leadership.objects.create(
        bloc_year=year,
        number=0,
        on=dt.date(year.year, 1, 1),
        head=year.head,
        deputy=year.deputy,
        decision="Biên bản bầu số 1",
        recorded_by=writer,
    )


def confirmed(client, url, typed):
    """Send the form, and once more where the page lists first what the act would touch."""
    answer = client.post(url, typed)
    if answer.status_code == 200 and answer.context["effects"]:
        answer = client.post(url, fields_of(answer))
    return answer
