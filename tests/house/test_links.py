"""What a page offers, it keeps: no link and no button leads its reader to a refusal."""

import logging
from html.parser import HTMLParser

import pytest
from django.http import HttpResponse

from blocs.years.models import BlocYear
from blocs.years.views.pages import TABS
from tests.house.matrix import lent_cast
from tests.house.people import KINDS
from tests.house.visits import Visit, asks, client_of, fetch, visits
from tests.house.walk import pages
from thidua.common.pages.addresses import shown_tabs
from thidua.common.pages.views import TransitionPage
from thidua.papers.views import PaperPage

pytestmark = pytest.mark.django_db
# Pages that answer with words; whoever asks for a move on a page of its own came by a button.
SHOWN = [page for page in pages() if not issubclass(page.view, TransitionPage | PaperPage)]
# Who may do least with a bloc, and the office, which sees every bloc and is of none; each is shown
# another state of the objects.
READERS = ("unit_leader", "office")
TABBED = {page.name: page for page in SHOWN if page.name in {tab.page for tab in TABS}}
REFUSED = {403, 404}


@pytest.fixture(scope="module")
def cast(django_db_setup, django_db_blocker):
    with lent_cast(django_db_blocker) as cast:
        logging.disable(logging.CRITICAL)  # most of what is asked here is refused
        yield cast
        logging.disable(logging.NOTSET)


class Offers(HTMLParser):
    """Addresses of the links of a page, and of its forms with the fields that are filled in."""

    def __init__(self):
        super().__init__()
        self.found, self.fields = {}, {}

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        address = (named.get("href") if tag == "a" else named.get("action") or "").partition("#")[0]
        if tag == "form":
            self.fields = {}
        if tag in ("a", "form") and address.startswith("/"):
            self.found.setdefault(address, self.fields if tag == "form" else {})
        if tag == "input" and "name" in named:
            self.fields[named["name"]] = named.get("value") or ""


def offers_of(answer):
    reader = Offers()
    if answer["Content-Type"].startswith("text/html"):
        reader.feed(answer.content.decode())
    return reader.found


@pytest.fixture(autouse=True)
def papers_are_not_printed(monkeypatch):
    """Whoever may open a paper is asked of its page; printing all of them is another test."""
    monkeypatch.setattr(PaperPage, "answer", lambda page: HttpResponse(b""))


def is_refused(client, address, fields):
    """A page that takes posts alone may look for its object in what is posted."""
    refused = fetch(client, "get", address)[0] in REFUSED
    return refused and not (fields and fetch(client, "post", address, fields)[0] not in REFUSED)


@pytest.mark.parametrize("kind", READERS)
def test_nothing_that_is_offered_is_refused(cast, kind):
    client, known, faults = client_of(cast.person(kind)), {}, []
    for page in SHOWN:
        found = visits(page, cast.own)
        turn = READERS.index(kind) % max(len(found), 1)
        for visit in found[turn : turn + 1]:
            status, _, _, answer = fetch(client, "get", visit.url)
            for address, fields in offers_of(answer).items() if status == 200 else ():
                if address not in known:
                    known[address] = is_refused(client, address, fields)
                if known[address]:
                    faults.append(f"{visit.url} offers {address}")
    assert "\n".join(sorted(set(faults))) == ""
    assert len(known) > 40


def opens(person, name, year):
    """Whether the page of this year is neither refused to the person nor not there."""
    asked = asks(Visit(TABBED[name], (("year_pk", year.pk),)), person, {})
    return asked is not None and person.has_perms(*asked)


# Each kind of person sees years of some states, so that each state is seen by some of all kinds.
TURNS = 4
SIGNED_IN = [kind for kind in KINDS if kind != "public"]


@pytest.mark.parametrize("kind", SIGNED_IN)
def test_a_tab_is_there_for_whoever_may_open_its_page(cast, kind):
    person, faults = cast.person(kind), []
    years = {year.state: year for year in cast.own.all(BlocYear)}
    seen = list(years.items())[SIGNED_IN.index(kind) % TURNS :: TURNS]
    for state, year in seen:
        shown = {tab["page"] for tab in shown_tabs(TABS, person, year, "")}
        opened = {name for name in TABBED if opens(person, name, year)}
        faults += [f"{state}: {name}" for name in sorted(shown ^ opened)]
    assert (faults, len(TABBED), len(seen) > 1) == ([], len(TABS), True)
