"""A cụm is never called a khối: here all its papers, its pages in the walk of `test_pages.py`."""

from contextlib import suppress

import pytest
from django.http import Http404
from django.test import RequestFactory

from blocs.states import AppraisalMode, BlocKind, MemberChangeKind, SeatRole, YearState
from blocs.years.actions.editing import edit_year
from blocs.years.actions.members import record_change
from blocs.years.actions.regulation import set_rules, set_scoring_rules
from tests.factories.blocs import year_with_members
from tests.factories.people import official
from tests.house.cum import called_khoi, is_of_a_bloc, make_cum
from tests.house.matrix import lent_cast
from tests.house.objects import FIRST_YEAR
from tests.house.visits import visits
from tests.house.walk import pages
from thidua.common.models import ActivityEntry
from thidua.common.vietnamese.bloc_words import in_words_of
from thidua.papers.papers import render_paper
from thidua.papers.views import PaperPage

pytestmark = pytest.mark.django_db

PAPERS = [
    page
    for page in pages()
    if is_of_a_bloc(page) and issubclass(page.view, PaperPage) and page.route.endswith(".pdf")
]


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


def test_the_log_book_of_a_cum_calls_it_so():
    """Names of fields, choices and kinds, as the acts themselves write them."""
    office, cum = official(SeatRole.OFFICE), {"bloc__kind": BlocKind.TERRITORIAL}
    planned = year_with_members(4, state=YearState.PLANNED, **cum)
    running = year_with_members(4, state=YearState.OPEN, **cum)
    unit, moved = (year.members.order_by("order").last().unit for year in (planned, running))
    edit_year(planned, data={"head": unit, "head_basis": "QĐ 1"}, actor=office)
    set_rules(planned, data={"flags": 2, "deputies": 2}, actor=office)
    set_scoring_rules(planned, data={"appraisal_mode": AppraisalMode.GROUP}, actor=office)
    record_change(
        running,
        kind=MemberChangeKind.MOVED,
        unit=moved,
        on=running.begins_on,
        decision="QĐ 2",
        actor=office,
    )
    entries = ActivityEntry.objects.filter(actor=office).order_by("pk")
    told = "\n".join(f"{entry.label}\n{entry.note}\n{entry.changes}" for entry in entries)
    assert called_khoi(told) == []
    named = ("cụm trưởng", "căn cứ giao cụm", "Cờ thi đua của cụm", "cụm phó", "khác")
    assert [words for words in named if words not in told] == []


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
