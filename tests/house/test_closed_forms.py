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
from tests.house.walk import pages, workflows
from thidua.common.pages.by_move import MakesMove
from thidua.common.pages.views import FormPage
from thidua.common.workflow import Transition

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
    said, html = answer.context["closed"], answer.content.decode()
    if said:
        assert [one for one in said.splitlines() if one not in html] == []
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


# Hidden moves with guards that no form of their own makes: another move or step of an act does.
BY_OTHERS = {
    "AGREEMENT.take_effect",  # the last signature
    "APPEAL.reject",  # the page of «accept»
    "ITEM.forward",  # closed by its own words, which say more
    "ITEM.grant",  # the signature of the decision
    "REPORT.agree",  # the sealing of the minutes
    "REPORT.redo",  # a choice on the page of the basis
    "TABLE.publish",  # a page without fields
    "TABLE.supersede",  # the publishing of the next table
}
HELD = {
    f"{name}.{move.name}": move
    for name, life in workflows().items()
    for move in life.transitions
    if move.hidden and move.guards
}
BY_FORM = {page.view for page in pages() if issubclass(page.view, MakesMove)}


def test_a_form_that_makes_a_move_is_closed_by_what_holds_it():
    """Where its action alone knew the guards, the page would take typing and refuse it."""
    made = {f"{lives(view)}.{view.move_name}" for view in BY_FORM}
    assert set(HELD) - made == BY_OTHERS
    assert made <= set(HELD)


def lives(view):
    return next(name for name, life in workflows().items() if life is view.workflow)


class Page(MakesMove, FormPage):
    """A page about an object that is in the first state of the move, with these guards."""

    def __init__(self, *guards, asked_here=()):
        self.asked_here, self.object = asked_here, Registration(state="draft")
        self.workflow, self.move_name = self, "go"
        self.go = Transition(
            name="go", label="Đi", sources={"draft"}, target="signed", permission="", guards=guards
        )

    def __getitem__(self, name):
        return self.go

    def state_of(self, obj):
        return obj.state


def late(obj):
    return ["Chưa đến ngày.", "Chưa đủ người."]


def empty(obj):
    return ["Chưa ghi giờ."]


def test_what_holds_the_move_closes_the_page_and_what_is_typed_there_does_not():
    assert Page(late, empty).get_closed() == "Chưa đến ngày.\nChưa đủ người.\nChưa ghi giờ."
    assert Page(late, empty, asked_here=(empty,)).get_closed() == "Chưa đến ngày.\nChưa đủ người."
    assert Page(empty, asked_here=(empty,)).get_closed() == ""
    moved_on = Page(late)
    moved_on.object.state = "signed"
    assert (moved_on.move, moved_on.get_closed()) == (None, "")


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
