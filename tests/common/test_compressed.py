"""Pages leave compressed, and no stranger learns from their length what stands on them."""

import gzip
import re

import pytest
from django.http import FileResponse, HttpResponse
from django.test import Client, RequestFactory
from django.urls import ResolverMatch, reverse
from django.views.generic import ListView, TemplateView

from blocs.criteria.models import ScoringTable
from blocs.reports.models import Report
from blocs.states import SeatRole
from blocs.units.models import Bloc, Unit
from blocs.years.models import BlocYear
from tests.bench.matrix import full_year
from tests.factories.people import editor_of, official
from tests.house.source import ROOT
from tests.house.visits import PLACES, subject_model
from tests.house.walk import pages
from thidua.accounts.factors import CodesShown, FactorNew
from thidua.common.answers.compressed import LEAST_BYTES, Compressed

MOST_BYTES = 20_000
LONG = "Khối thi đua số 5. " * 200
PERSON = {"Cookie": "__Host-sessionid=a"}
OWN = {**PERSON, "Sec-Fetch-Site": "same-origin"}
TYPED = {**PERSON, "Sec-Fetch-Site": "none"}
FOREIGN = {**PERSON, "Sec-Fetch-Site": "cross-site"}
NEIGHBOUR = {**PERSON, "Sec-Fetch-Site": "same-site"}
CROWDED = ("appraisal:year_points", "reports:sheet_edit", "reports:report_detail")


def answered(answer, headers=(), path="/", method="GET", view=None):
    """What the middleware makes of the answer."""
    request = RequestFactory().generic(
        method, path, headers={"Accept-Encoding": "br, gzip"} | dict(headers)
    )
    request.resolver_match = view and ResolverMatch(view.as_view(), (), {})
    return Compressed(lambda request: answer)(request)


def page(text=LONG, kind="text/html; charset=utf-8", **headers):
    return HttpResponse(text, content_type=kind, headers=headers)


@pytest.mark.parametrize(
    ("asked", "is_compressed"),
    (
        ({}, True),
        ({"path": "/tra-cuu/?q=an"}, True),
        ({"headers": OWN, "path": "/tra-cuu/?q=an"}, True),
        ({"headers": OWN, "method": "POST"}, True),
        ({"headers": TYPED, "path": "/tra-cuu/?q=an"}, True),
        ({"headers": FOREIGN}, False),
        ({"headers": NEIGHBOUR}, False),
        ({"headers": FOREIGN, "path": "/tra-cuu/?q=an"}, False),
        # A browser that does not say who led it here.
        ({"headers": PERSON}, True),
        ({"headers": PERSON, "path": "/tra-cuu/?q=an"}, False),
        ({"headers": PERSON, "method": "POST"}, False),
        # What is secret is asked for by nobody else, and leaves as it is all the same.
        ({"headers": OWN, "view": FactorNew}, False),
        ({"headers": OWN, "view": CodesShown}, False),
        ({"headers": {"Accept-Encoding": "br"}}, False),
    ),
)
def test_only_what_a_person_asks_for_is_compressed(asked, is_compressed):
    assert answered(page(), **asked).has_header("Content-Encoding") is is_compressed


@pytest.mark.parametrize(
    ("answer", "is_compressed"),
    (
        (page(kind="text/csv; charset=utf-8"), True),
        (page(kind="application/json"), True),
        (page(kind="image/svg+xml"), True),
        (page(kind="application/pdf"), False),
        (page(kind="image/png"), False),
        (page(kind="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), False),
        (page("a" * LEAST_BYTES), True),
        (page("a" * (LEAST_BYTES - 1)), False),
    ),
)
def test_only_long_texts_are_compressed(answer, is_compressed):
    assert answered(answer).has_header("Content-Encoding") is is_compressed


def test_a_file_and_what_is_compressed_already_leave_as_they_are(tmp_path):
    file = tmp_path / "long.txt"
    file.write_text(LONG)
    answer = answered(FileResponse(file.open("rb"), content_type="text/plain"))
    assert answer.getvalue().decode() == LONG
    answer.file_to_stream.close()
    done = answered(page("é" * 2000, **{"Content-Encoding": "br"}))
    assert (done["Content-Encoding"], done.content.decode()) == ("br", "é" * 2000)


def test_a_compressed_answer_says_so_and_is_the_same_text():
    answer = answered(page(ETag='"7"'))
    assert gzip.decompress(answer.content).decode() == LONG
    assert answer["Content-Length"] == str(len(answer.content))
    assert (answer["Vary"], answer["ETag"]) == ("Accept-Encoding", 'W/"7"')


def test_no_two_answers_of_one_page_are_equally_long():
    """What is measured from outside is not the text alone."""
    assert len({len(answered(page()).content) for _ in range(40)}) > 5


def test_the_proxy_of_the_office_compresses_nothing_itself():
    """What the program leaves as it is would tell its length after all."""
    told = (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8")
    assert re.findall(r"^\s*(gzip\w*) (\w+);", told, re.MULTILINE) == [("gzip", "off")]


def addresses(year):
    """Every page that shows something, by the one number of the year, its table or a report."""
    report = Report.objects.get(bloc_year=year, unit=year.head)
    found = {BlocYear: year, ScoringTable: report.table, Report: report}
    found |= {Unit: report.unit, Bloc: year.bloc}
    for page in pages():
        places, subject = PLACES.findall(page.route), found.get(subject_model(page.route))
        if issubclass(page.view, (ListView, TemplateView)) and len(places) == bool(subject):
            yield page.name, reverse(page.name, args=[subject.pk] if places else [])


def lengths(person, year, beside=()):
    """Compressed bytes of every such page that opens for the person, beside those known."""
    client = Client()
    client.force_login(person)
    answers = {name: client.get(url) for name, url in addresses(year) if name not in beside}
    return {
        name: len(gzip.compress(answer.content, 6, mtime=0))
        for name, answer in answers.items()
        if answer.status_code == 200
    }


@pytest.mark.django_db
def test_no_page_of_a_year_of_fifteen_sheets_of_sixty_leaves_is_long():
    year = full_year.__wrapped__()
    found = lengths(official(SeatRole.OFFICE), year)
    Report.objects.filter(unit=year.head).update(state="draft", submitted_at=None)
    found |= lengths(editor_of(year.head), year, beside=found)
    assert {name: length for name, length in found.items() if length > MOST_BYTES} == {}
    assert set(CROWDED) <= set(found)
