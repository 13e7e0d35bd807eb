"""What an object's page offers: every move one may make, blocked ones grey, and no way too far."""

import html
import re

import pytest
from django.urls import Resolver404, resolve

from agreements.models import Agreement
from awards.decisions.models import Decision
from awards.proposals.models import Proposal, ProposalItem
from blocs.conferences.models import Conference
from blocs.reports.models import Report
from blocs.years.models import BlocYear, Registration
from tests.house.matrix import lent_cast
from tests.house.people import everybody
from tests.house.test_rights import OWN_ACCOUNT, PUBLIC
from tests.house.visits import Visit, asks, client_of
from tests.house.walk import pages, workflows
from thidua.common.workflow import available

pytestmark = pytest.mark.django_db

LIVES = workflows()
OF_LIVES = {
    Agreement: LIVES["AGREEMENT"],
    BlocYear: LIVES["YEAR"],
    Conference: LIVES["CONFERENCE"],
    Decision: LIVES["DECISION"],
    Proposal: LIVES["PROPOSAL"],
    ProposalItem: LIVES["ITEM"],
    Registration: LIVES["REGISTRATION"],
    Report: LIVES["REPORT"],
}
READERS = ("everybody", "unit_leader", "bloc_secretary", "deputy", "office")
SECTION = re.compile(r'<section class="moves".*?</section>', re.DOTALL)
BUTTON = re.compile(r'<button class="[^"]*" type="\w+"( disabled)?>(?:Đồng ý: )?([^<]+)</button>')
WAY = re.compile(r'(?:href|action)="(/(?!static/)[^"?#]*)')
PAGES = {page.name: page for page in pages()}
# Whoever has signed in, or nobody, may open these.
FREE = PUBLIC | OWN_ACCOUNT | {"home:tasks"}


@pytest.fixture(scope="module")
def cast(django_db_setup, django_db_blocker):
    with lent_cast(django_db_blocker) as cast:
        cast.people["everybody"] = everybody(cast.own)
        yield cast


def in_each_state(cast, model, person):
    """One object of the own bloc in each state in which the person sees one."""
    own = [obj.pk for obj in cast.own.all(model)]
    found = model.objects.visible_to(person).filter(pk__in=own).order_by("-pk")
    return {obj.state: obj for obj in found}.values()


def offered(text):
    """(label, whether it is grey) of each move on a page."""
    section = SECTION.search(text)
    found = BUTTON.findall(section[0]) if section else []
    return [(html.unescape(label), bool(grey)) for grey, label in found]


def told(text):
    section = SECTION.search(text)
    return html.unescape(section[0]) if section else ""


def leads_too_far(url, person):
    """Whether the address is a page that the person may not open; '' where it is fine."""
    try:
        found = resolve(url)
    except Resolver404:
        return f"{url} is no page"
    page = PAGES.get(found.view_name)
    if page is None or page.name in FREE:
        return ""
    asked = asks(Visit(page, tuple(found.kwargs.items())), person, {})
    if asked is None or not person.has_perms(*asked):
        return f"{url} is closed to the person"
    return ""


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("model", OF_LIVES, ids=lambda model: model.__name__)
def test_page_offers_the_moves_one_may_make_and_no_more(cast, model, kind):
    person, client, shown = cast.person(kind), client_of(cast.people[kind]), 0
    for obj in in_each_state(cast, model, person):
        answer = client.get(obj.get_absolute_url())
        if "moves" not in answer.context:  # what is asked for before a draft is there
            continue
        shown += 1
        obj, text = model.objects.get(pk=obj.pk), answer.content.decode()
        moves = available(OF_LIVES[model], obj, person)
        assert offered(text) == [(move.label, bool(reasons)) for move, reasons in moves]
        missing = [why for _, reasons in moves for why in reasons if why not in told(text)]
        ways = sorted(set(WAY.findall(text)))
        far = [wrong for url in ways if (wrong := leads_too_far(url, person))]
        assert (missing, far) == ([], [])
    assert shown > 0


def test_the_text_of_the_agreement_is_offered_to_who_writes_it(cast):
    faults = []
    for obj in in_each_state(cast, Agreement, cast.person("everybody")):
        for kind in ("bloc_secretary", "deputy_secretary", "unit_secretary", "office"):
            answer = client_of(cast.people[kind]).get(obj.get_absolute_url())
            is_open = obj.state in ("draft", "signing")
            may = is_open and cast.person(kind).has_perm("agreements.draft_agreement", obj)
            if (">Soạn giao ước</a>" in answer.content.decode()) is not may:
                faults.append((kind, obj.state))
    assert faults == []
