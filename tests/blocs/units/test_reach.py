"""How far a seat reaches: blocs it sees, blocs it acts for, and the auditor who only looks."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from awards.proposals.enums import ProposalState
from blocs.states import SeatRole, YearState
from blocs.units.actions.people import give_seat
from blocs.units.actions.requests import confirm_request
from blocs.units.domain.reach import EVERYWHERE, NOWHERE, Reach, reach_of
from blocs.units.models import Seat
from blocs.units.models.seats import standing_of
from blocs.years.actions.rule_bases import set_rule_bases
from blocs.years.models import BlocYear
from tests.factories.awards import ProposalFactory
from tests.factories.blocs import year_with_members
from tests.factories.people import SeatFactory, UserFactory, auditor, official
from thidua.common.models import ActivityEntry
from thidua.home.menu import badges_of
from thidua.home.tasks import tasks_of

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 2)
NOON = dt.datetime(2026, 11, 2, 5, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def years():
    """Two blocs, each without a head and with a proposal at the office."""
    found = [year_with_members(3, state=YearState.PROPOSED) for _ in range(2)]
    for year in found:
        ProposalFactory(bloc_year=year, state=ProposalState.SUBMITTED, submitted_at=NOON)
        BlocYear.objects.filter(pk=year.pk).update(head=None)
    return found


def test_seats_together_reach_what_each_of_them_does():
    assert reach_of([]) == NOWHERE
    assert reach_of([[1, 2], [2, 3]]) == Reach(blocs=frozenset({1, 2, 3}))
    assert reach_of([[1], []]).everywhere
    assert (bool(NOWHERE), bool(EVERYWHERE), bool(Reach(blocs=frozenset({1})))) == (0, 1, 1)
    assert [reach_of([[5]]).covers(one) for one in (5, 6, None)] == [True, False, False]
    assert [EVERYWHERE.covers(one) for one in (5, None)] == [True, True]


@pytest.mark.parametrize(
    ("sees", "edits", "expected"),
    [
        ([], [], (True, True)),
        ([5], [], (False, False)),
        ([], [5], (True, False)),
        ([5, 6], [5], (False, False)),
    ],
)
def test_seeing_and_acting_are_chosen_apart(sees, edits, expected):
    standing = standing_of(official(SeatRole.OFFICE, sees_only=sees, edits_only=edits))
    assert (standing.oversees.everywhere, standing.runs.everywhere) == expected
    assert standing.oversees.blocs == set(sees)
    assert standing.runs.blocs == set(edits or sees)


@pytest.mark.parametrize(
    ("role", "sees", "edits", "words"),
    [
        ("council", [1], [], "Chỉ vị trí cơ quan thường trực và kiểm toán, thanh tra"),
        ("chair", [], [1], "Chỉ vị trí cơ quan thường trực và kiểm toán, thanh tra"),
        ("auditor", [], [1], "chỉ xem, không sửa"),
        ("office", [1], [1, 2], "phải nằm trong các khối, cụm được xem"),
        ("office", [1, 2], [1], ""),
        ("office", [], [1], ""),
        ("auditor", [1], [], ""),
    ],
)
def test_a_limit_that_cannot_be_is_refused_in_a_sentence(role, sees, edits, words):
    seat = Seat(user=UserFactory(), role=role, starts_on=TODAY, ends_on=TODAY)
    seat.sees_only, seat.edits_only = sees, edits
    if not words:
        seat.full_clean()
        return
    with pytest.raises(ValidationError, match=words):
        seat.full_clean()


def test_two_people_give_the_seat_with_its_limits_and_the_log_names_them(years):
    admin, chair, person = official(SeatRole.SYSADMIN), official(SeatRole.CHAIR), UserFactory()
    blocs = [year.bloc for year in years]
    asked = give_seat(
        person,
        actor=admin,
        role=SeatRole.OFFICE,
        unit=None,
        starts_on=TODAY,
        sees_only=blocs,
        edits_only=blocs[:1],
    )
    assert not standing_of(person).seats
    confirm_request(asked, actor=chair)
    seat = person.seats.get()
    assert (seat.sees_only, seat.edits_only) == (sorted(b.pk for b in blocs), [blocs[0].pk])
    first, second = sorted(blocs, key=lambda b: b.pk)
    told = ActivityEntry.objects.about(person).first()
    assert told.label == (
        f"Giao vị trí: cơ quan thường trực, chỉ xem: {first}, {second}; chỉ sửa: {blocs[0]}"
    )


def test_pages_of_person_and_request_tell_the_limits(years, client):
    admin, person = official(SeatRole.SYSADMIN), UserFactory()
    bloc = years[0].bloc
    SeatFactory(user=person, unit=None, role=SeatRole.OFFICE, sees_only=[bloc.pk])
    client.force_login(admin)
    page = client.get(reverse("units:person_detail", args=(person.pk,)))
    assert [row["limits"] for row in page.context["seats"]] == [f"chỉ xem: {bloc.name}"]
    typed = {"role": "auditor", "starts_on": "02/11/2026", "ends_on": "30/11/2026"}
    client.post(reverse("units:seat_new", args=(person.pk,)), typed | {"sees_only": [bloc.pk]})
    asked = person.account_requests.get()
    client.force_login(official(SeatRole.CHAIR))
    page = client.get(reverse("units:request_confirm", args=(asked.pk,)))
    assert ("Giới hạn", f"chỉ xem: {bloc.name}") in page.context["facts"]


def test_an_auditor_sits_from_day_to_day():
    person = SeatFactory(
        unit=None, role=SeatRole.AUDITOR, starts_on=TODAY, ends_on=TODAY + dt.timedelta(days=1)
    ).user
    for days, sees in ((-1, False), (0, True), (1, True), (2, False)):
        with time_machine.travel(NOON + dt.timedelta(days=days), tick=False):
            fresh = type(person).objects.get(pk=person.pk)
            assert fresh.has_perm("units.read_log_book") is sees
            assert fresh.has_perm("years.list_year") is sees


def labels(person):
    return {one.where for one in tasks_of(person, NOON)}


def test_tasks_and_counts_are_of_the_blocs_of_the_seat(years):
    limit = [years[0].bloc_id]
    whole, half = official(SeatRole.OFFICE), official(SeatRole.OFFICE, edits_only=limit)
    narrow, looks = official(SeatRole.OFFICE, sees_only=limit), auditor()
    told = [labels(person) for person in (whole, half, narrow, looks)]
    both = {str(year) for year in years}
    assert [both & one for one in told] == [both, {str(years[0])}, {str(years[0])}, set()]
    counts = [badges_of(person)["proposals"] for person in (whole, half, narrow, looks)]
    assert counts == [2, 2, 1, 2]


def test_search_lists_and_files_are_of_the_blocs_of_the_seat(years, client):
    client.force_login(official(SeatRole.OFFICE, sees_only=[years[0].bloc_id]))
    found = client.get(reverse("home:search"), {"q": "Khối thi đua"}).context["groups"]
    assert [name for name, _ in dict(found)["Năm thi đua"]] == [str(years[0])]
    shown = client.get(reverse("proposals:proposal_list"), {"year": 2026}).context
    assert [row.bloc_year for row, *_ in shown["rows"]] == [years[0]]
    assert client.get(reverse("log_pages:log_book")).status_code == 403
    for year, status in zip(years, (200, 404), strict=True):
        assert client.get(year.get_absolute_url()).status_code == status


def test_who_acts_for_one_bloc_acts_there_and_nowhere_else(years):
    person = official(SeatRole.OFFICE, edits_only=[years[0].bloc_id])
    set_rule_bases(years[0], actor=person, bases={})
    with pytest.raises(PermissionDenied):
        set_rule_bases(years[1], actor=person, bases={})
    assert [person.has_perm("years.view_year", year) for year in years] == [True, True]
