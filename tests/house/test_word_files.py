"""Each paper that has a PDF has a Word file beside it: same page, same right, every word."""

import pytest

from tests.house.matrix import lent_cast
from tests.house.test_bloc_words import drawn
from tests.house.walk import pages
from tests.papers.words import words_of_html, words_of_word
from thidua.papers.addresses import word_address
from thidua.papers.views import PaperPage
from thidua.papers.word.flow import word_paper
from thidua.papers.word.writing import write_word

pytestmark = pytest.mark.django_db

PAGES = {page.name: page for page in pages() if issubclass(page.view, PaperPage)}
PDFS = {name: page for name, page in PAGES.items() if page.route.endswith(".pdf")}
# What proves something to a unit is no text of the office, and nobody edits it.
PROOFS = {"reports:report_receipt", "reports:version_receipt"}
EDITED = [page for name, page in PDFS.items() if name not in PROOFS]


@pytest.fixture(scope="module")
def cast(django_db_setup, django_db_blocker):
    with lent_cast(django_db_blocker) as cast:
        yield cast


def test_beside_each_pdf_stands_the_word_file_of_the_same_page():
    beside = {f"{page.name}_word": (word_address(page.route), page.view) for page in EDITED}
    words = {name: (page.route, page.view) for name, page in PAGES.items() if name not in PDFS}
    assert words == beside
    assert len(words) >= 11


# What nobody has in the house of samples (late signatures, a count) is asked in `test_word.py`.
ELSEWHERE = {"agreements:agreement_addition", "conferences:counting_preview"}
DRAWN = sorted({page.name for page in EDITED} - ELSEWHERE)


@pytest.mark.parametrize("name", DRAWN)
def test_the_word_file_holds_every_word_of_the_paper_in_its_order(cast, name):
    drawings = (html for page in EDITED if page.name == name for html in drawn(cast, page))
    html = next(drawings)
    assert words_of_word(write_word(word_paper(html))) == words_of_html(html)
