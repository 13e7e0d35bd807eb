"""A cụm is never called a khối: here all its papers, its pages in the walk of `test_pages.py`."""

from contextlib import suppress

import pytest
from django.http import Http404
from django.test import RequestFactory

from tests.house.cum import called_khoi, is_of_a_bloc, make_cum
from tests.house.matrix import lent_cast
from tests.house.objects import FIRST_YEAR
from tests.house.visits import visits
from tests.house.walk import pages
from thidua.common.vietnamese.bloc_words import in_words_of
from thidua.papers.papers import render_paper
from thidua.papers.views import PaperPage

pytestmark = pytest.mark.django_db

PAPERS = [page for page in pages() if is_of_a_bloc(page) and issubclass(page.view, PaperPage)]


@pytest.fixture(scope="module")
def cast(django_db_setup, django_db_blocker):
    with lent_cast(django_db_blocker) as cast:
        make_cum(cast.own.bloc)
        yield cast


@pytest.mark.parametrize("page", PAPERS, ids=str)
def test_papers_of_a_cum_call_it_so(cast, page):
    said = [sentence for text in drawn(cast, page) for sentence in called_khoi(text)]
    assert said == []


def drawn(cast, page):
    """The paper for each object of which the head may have it."""
    for visit in visits(page, cast.own):
        view = page.view(**page.view.as_view().view_initkwargs)
        request = RequestFactory().get(visit.url)
        request.user, request.session = cast.people["bloc_head"], {"year": FIRST_YEAR}
        with suppress(Http404):
            view.setup(request, **dict(visit.kwargs))
            yield render_paper(view.build())


def test_a_sentence_about_a_khoi_is_seen():
    text = "<p>Khối, cụm gửi trước.</p><p>Cả khối xếp hạng. Khối lượng</p>Khối thi đua số 5"
    assert called_khoi(text) == ["Cả khối xếp hạng"]


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
