"""No form takes typing that it will refuse by the state of what it is about: it opens to be read.

For each state the page opens either with the reason for which nothing is saved, or without it, and
then its action takes what is typed.
"""

import pytest
from django.urls import reverse

from agreements.enums import AgreementState
from agreements.models import Agreement
from blocs.criteria.workflows import CLOSED_YEARS
from blocs.ranking.actions import grounds
from blocs.states import (
    RUNNING_YEARS,
    AppraisalMode,
    RegistrationState,
    YearState,
)
from blocs.years.models import BlocYear, Registration
from tests.factories.appraisals import assigned, finished, marked_year, report_of, units_of
from tests.factories.people import leader_of
from tests.house.matrix import lent_cast
from tests.house.visits import client_of, fetch

pytestmark = pytest.mark.django_db
Y = YearState
EVERY = frozenset(Y)
# The states of a year in which each page about a year takes typing.
YEAR_PAGES = {
    "years:year_edit": EVERY - {Y.ARCHIVED},
    "years:rule_bases_edit": EVERY - {Y.ARCHIVED},
    "changes:member_change_new": frozenset(RUNNING_YEARS),
    "criteria:table_new": EVERY - set(CLOSED_YEARS),
    "ranking:ground_new": EVERY - set(grounds.CLOSED),
}
WHO = ("office", "bloc_secretary", "bloc_head")


@pytest.fixture(scope="module")
def cast(django_db_setup, django_db_blocker):
    with lent_cast(django_db_blocker) as found:
        yield found


def opened(cast, url):
    """The page as the first of these people sees it."""
    for kind in WHO:
        status, _, _, answer = fetch(client_of(cast.people[kind]), "get", url)
        if status == 200 and "form" in answer.context:
            return answer
    raise LookupError(f"{url} opens for nobody")


def is_closed(answer) -> bool:
    """Whether it is only read: the reason is told, no field takes typing, no button saves."""
    said = answer.context["closed"]
    if said:
        assert said in answer.content.decode()
        assert answer.context["submit_label"] == ""
        shown = answer.context["form"].visible_fields()
        assert {bound.field.disabled for bound in shown} <= {True}
    return bool(said)


@pytest.mark.parametrize("state", Y)
@pytest.mark.parametrize("name", YEAR_PAGES)
def test_page_about_a_year_takes_typing_in_these_states_alone(cast, name, state):
    year = cast.own.one(BlocYear, state)
    answer = opened(cast, reverse(name, args=(year.pk,)))
    assert is_closed(answer) is (state not in YEAR_PAGES[name])


@pytest.mark.parametrize("state", AgreementState)
def test_agreement_is_written_until_it_is_in_effect(cast, state):
    agreement = cast.own.one(Agreement, state)
    BlocYear.objects.filter(pk=agreement.bloc_year_id).update(state=Y.OPEN)
    answer = opened(cast, reverse("agreements:agreement_edit", args=(agreement.bloc_year_id,)))
    assert is_closed(answer) is (state not in {AgreementState.DRAFT, AgreementState.SIGNING})


@pytest.mark.parametrize("state", RegistrationState)
def test_registration_is_written_until_it_is_signed(cast, state):
    registration = next(
        one for one in cast.own.all(Registration) if one.state == state
        and one.unit_id == cast.own.head.pk
    )  # fmt: skip
    BlocYear.objects.filter(pk=registration.bloc_year_id).update(state=Y.OPEN)
    url = reverse("registrations:registration_edit", args=(registration.pk,))
    is_written = state in {RegistrationState.DRAFT, RegistrationState.RETURNED}
    assert is_closed(opened(cast, url)) is not is_written


@pytest.mark.parametrize("state", Y)
def test_conference_is_prepared_while_the_books_are_closed(cast, state):
    year = cast.own.one(BlocYear, state)
    url = reverse("conferences:conference_new", args=(year.pk,))
    assert is_closed(opened(cast, url)) is True  # each year of the cast has one


WAYS = {
    "appraisal:pairs_edit": AppraisalMode.PAIRS,
    "appraisal:group_edit": AppraisalMode.GROUP,
    "appraisal:body_add": AppraisalMode.BODIES,
}


@pytest.mark.parametrize("mode", AppraisalMode)
@pytest.mark.parametrize("name", WAYS)
def test_pages_of_one_way_of_appraising_are_read_under_another(client, name, mode):
    year = marked_year(4, mode=mode)
    client.force_login(leader_of(year.head))
    answer = client.get(reverse(name, args=(year.pk,)))
    assert bool(answer.context["closed"]) is (WAYS[name] != mode)
    assert answer.context["closed"] in answer.content.decode()


def test_round_that_nobody_began_is_not_ended(client):
    year = marked_year(4)
    client.force_login(leader_of(year.head))
    url = reverse("appraisal:round_end", args=(year.pk,))
    assert client.get(url).context["closed"].startswith("Chưa có điểm nào được chấm")
    *_, third, fourth = units_of(year)
    finished(assigned(report_of(year, third), fourth)[0], reason="Đối chiếu.")
    assert client.get(url).context["closed"] == ""


def test_bodies_are_set_until_somebody_has_marked(client):
    year = marked_year(4, mode=AppraisalMode.BODIES)
    client.force_login(leader_of(year.head))
    url = reverse("appraisal:body_add", args=(year.pk,))
    assert client.get(url).context["closed"] == ""
    report = report_of(year, units_of(year)[2])
    row = report.scores.first()
    row.appraised_points = row.self_points
    row.save()
    assert client.get(url).context["closed"].startswith("Đã có điểm chấm từ")
