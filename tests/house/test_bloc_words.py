"""A cụm is never called a khối: all its pages, for three readers, and all its papers."""

import logging
import re
from contextlib import suppress

import pytest
from django.db.models import F, Value
from django.db.models.functions import Replace
from django.http import Http404
from django.test import RequestFactory

from blocs.states import BlocKind
from blocs.units.models import Bloc
from blocs.years.models import RulesAmendment
from tests.house.matrix import lent_cast
from tests.house.objects import FIRST_YEAR
from tests.house.visits import OF_ONE_BLOC, client_of, fetch, subject_model, visits
from tests.house.walk import pages
from thidua.common.pages.views import TransitionPage
from thidua.common.vietnamese.bloc_words import in_words_of
from thidua.papers.papers import render_paper
from thidua.papers.views import PaperPage

pytestmark = pytest.mark.django_db

OF_A_BLOC = [page for page in pages() if subject_model(page.route) in OF_ONE_BLOC | {Bloc}]
PAPERS = [page for page in OF_A_BLOC if issubclass(page.view, PaperPage)]
SHOWN = [page for page in OF_A_BLOC if page not in PAPERS]
# Who reads, and which of the objects; the head reads a page for an object of each state.
READERS = {"bloc_head": None, "unit_leader": 1, "office": 0}
MAIN = re.compile(r"<main.*?</main>", re.DOTALL)
TAGS = re.compile(r"<[^>]*>")
# What is said of all blocs at once, names, and the sort of bloc that the office chooses.
OF_ALL = re.compile(r"[Kk]hối, cụm|khối lượng|[Kk]hối thi đua")
KHOI = re.compile(r"[^.\n]*\bkhối\b[^.\n]*", re.IGNORECASE)


@pytest.fixture(scope="module")
def cast(django_db_setup, django_db_blocker):
    with lent_cast(django_db_blocker) as cast:
        renamed = Replace(F("name"), Value("Khối"), Value("Cụm"))
        Bloc.objects.update(kind=BlocKind.TERRITORIAL, name=renamed)
        # Written while its bloc was a khối; the tests of amendments ask for the words of a cụm.
        RulesAmendment.objects.update(changes=[])
        logging.disable(logging.CRITICAL)
        yield cast
        logging.disable(logging.NOTSET)


def told(text):
    return [found.strip() for found in KHOI.findall(OF_ALL.sub("", text))]


@pytest.mark.parametrize("page", SHOWN, ids=str)
def test_pages_of_a_cum_call_it_so(cast, page):
    wrong = []
    for kind, turn in READERS.items():
        client = client_of(cast.people[kind])
        is_move = issubclass(page.view, TransitionPage)
        for visit in visits(page, cast.own, turn=0 if is_move else turn):
            status, _, _, answer = fetch(client, "get", visit.url)
            if status == 200 and "html" in answer["Content-Type"]:
                wrong += [(kind, said) for said in told(main_text(answer))]
    assert wrong == []


def main_text(answer):
    found = MAIN.search(answer.content.decode())
    return TAGS.sub("\n", found[0]) if found else ""


@pytest.mark.parametrize("page", PAPERS, ids=str)
def test_papers_of_a_cum_call_it_so(cast, page):
    said = [sentence for text in drawn(cast, page) for sentence in told(text)]
    assert said == []


def drawn(cast, page):
    """The words of the paper for each object of which the head may have it."""
    for visit in visits(page, cast.own):
        view = page.view(**page.view.as_view().view_initkwargs)
        request = RequestFactory().get(visit.url)
        request.user, request.session = cast.people["bloc_head"], {"year": FIRST_YEAR}
        with suppress(Http404):
            view.setup(request, **dict(visit.kwargs))
            yield TAGS.sub("\n", render_paper(view.build()))


@pytest.mark.parametrize(
    ("text", "said"),
    (
        ("Khối trưởng, khối phó thẩm định.", "Cụm trưởng, cụm phó thẩm định."),
        ("Lập khối, cụm thi đua", "Lập khối, cụm thi đua"),
        ("khối lượng; Khối thi đua số 5", "khối lượng; Khối thi đua số 5"),
        ("chuyển sang khối khác", "chuyển sang cụm khác"),
    ),
)
def test_only_the_word_for_one_bloc_changes(text, said):
    assert (in_words_of("cụm", text), in_words_of("khối", text)) == (said, text)
