"""What a program and a searched field are answered, beside Django's bare JSON of the same queries.

The bare view asks all that ours asked, takes every row as ours took it, and gives the same facts
by JsonResponse: no sign-in, no rights, no code of ours.
"""

import datetime as dt
from functools import cache

from django.http import JsonResponse
from django.test import Client, override_settings
from django.urls import include, path, reverse
from django.utils import timezone

from blocs.states import ReportState, SeatRole, YearState
from blocs.units.models import Bloc, Membership, Unit
from tests.bench.floors import Asked, ask_again, fetch, listening
from tests.bench.timing import ratio
from tests.factories.blocs import ReportFactory, fill, small_table, year_with_members
from tests.factories.people import official
from tests.factories.tokens import program_of
from thidua.common.pages.searched.typed import ASKED, TYPED

UNITS, RANKED, OF_PROVINCE = 100, 100, 3000
BARE = {"asked": Asked(), "facts": {}}


def bare(request):
    """The same rows, the same facts."""
    ask_again(BARE["asked"])
    return JsonResponse(BARE["facts"], json_dumps_params={"ensure_ascii": False})


urlpatterns = [path("tran/", bare), path("", include("thidua.urls"))]


def json_ratio(client, url):
    """CPU of our answer over that of the bare one, whole requests in turns."""
    fetch(client, url)
    with listening() as asked:
        answer = fetch(client, url)
    BARE["asked"], BARE["facts"], other = asked, answer.json(), Client()
    with override_settings(ROOT_URLCONF=__name__):
        with override_settings(MIDDLEWARE=()):
            fetch(other, "/tran/")
        return ratio(lambda: fetch(client, url), lambda: fetch(other, "/tran/"), rounds=40)


@cache
def units():
    """Units of a province, each in the bloc of its hundred."""
    found = Unit.objects.bulk_create(
        Unit(code=f"P{at}", name=f"Ủy ban nhân dân xã Tân Lập {at}", short_name=f"Tân Lập {at}")
        for at in range(OF_PROVINCE)
    )
    blocs = Bloc.objects.bulk_create(
        Bloc(code=f"CP{at}", name=f"Cụm xã số {at}") for at in range(OF_PROVINCE // UNITS)
    )
    Membership.objects.bulk_create(
        Membership(bloc=blocs[at // UNITS], unit=unit, starts_on=dt.date(2020, 1, 1))
        for at, unit in enumerate(found)
    )
    return found


@cache
def ranked_year():
    """A year of a hundred units whose points are agreed."""
    year = year_with_members(RANKED, state=YearState.CLOSING)
    table, now = small_table(year), timezone.now()
    for place, member in enumerate(year.members.select_related("unit")):
        told = {"self_total": 40, "appraised_total": 40 - place / 10, "appraised_at": now}
        sent = {"submitted_at": now, "first_submitted_at": now, "state": ReportState.AGREED}
        fill(ReportFactory(bloc_year=year, unit=member.unit, table=table, **told, **sent), 8, 7)
    return year


def units_ratio():
    """A page of a hundred units."""
    before = units()[0].pk - 1
    return json_ratio(program_of(official(SeatRole.OFFICE)), f"/api/v1/units?after={before}")


def ranking_ratio():
    """The ranking of a hundred units."""
    program = program_of(official(SeatRole.OFFICE))
    return json_ratio(program, f"/api/v1/rankings/{ranked_year().pk}")


def searched_ratio():
    """The rows that a field over 3,000 units offers for a few letters."""
    units()
    client = Client()
    client.force_login(official(SeatRole.OFFICE))
    page = reverse("units:member_add", args=(Bloc.objects.last().pk,))
    return json_ratio(client, f"{page}?{ASKED}=unit&{TYPED.format('unit')}=tan lap 29")
