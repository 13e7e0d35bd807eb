"""Renaming a unit or a bloc today leaves every page and paper of a finished year as it was."""

import datetime as dt
import io
import json
import re

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from blocs.states import SeatRole, YearState
from blocs.units.models import Unit
from blocs.years.models import BlocYear
from tests.factories.awards import ProposalFactory
from tests.factories.blocs import BlocFactory, year_with_members
from tests.factories.different import (
    different_agreement,
    different_conference,
    different_decision,
    different_proposal,
    different_year,
)
from tests.factories.people import UnitFactory, official
from tests.house.walk import pages
from tests.page_forms import fields_of
from tests.papers.words import words_of_word

pytestmark = pytest.mark.django_db
AFTERWARDS = dt.datetime(2027, 3, 1, 3, tzinfo=dt.UTC)
NOW_WORDS = re.compile(
    r'<span class="d-block quiet-text">\s*(nay là|thôi hoạt động từ) [^<]*</span>'
)
FACT_OF_NOW = re.compile(r"<div[^>]*>\s*<dt>Tên khối hiện nay</dt>.*?</div>", re.DOTALL)
COUNTED = (
    "years:year_detail",
    "registrations:registration_list",
    "changes:member_change_list",
    "reports:year_reports",
    "appraisal:year_points",
    "ranking:ranking",
    "agreements:agreement_detail",
    "conferences:conference_detail",
    "proposals:proposal_detail",
)
# Who may still be chosen is named as the catalogue names it now.
CHOICES = re.compile(r"<select.*?</select>", re.DOTALL)
CHANGING = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"')


def rename(client, thing, on="01/02/2027", **names):
    """The office gives the thing another name on its page."""
    kind = "unit" if isinstance(thing, Unit) else "bloc"
    url = reverse(f"units:{kind}_rename", args=(thing.pk,))
    said = {"on": on, "decision": "Nghị quyết số 09/NQ-HĐND"}
    answer = client.post(url, fields_of(client.get(url)) | names | said)
    assert answer.status_code == 302, answer.context["form"].errors


def rename_all(client, year):
    """Every unit of the year and its bloc get names that nobody bore before."""
    for number, member in enumerate(year.members.order_by("order"), start=1):
        unit = Unit.objects.get(pk=member.unit_id)
        new = f"Cơ quan mới {number}"
        rename(
            client,
            unit,
            name=new,
            short_name=f"CQM{number}",
            superior="BỘ MỚI",
            letterhead=f"CƠ QUAN MỚI {number}",
            leader_title="Người mới",
        )
    bloc = type(year.bloc).objects.get(pk=year.bloc_id)
    rename(client, bloc, name="Khối hoàn toàn mới", code="KHTM", organiser="UBND tỉnh Mới")
    # The next page still says that something was renamed.
    client.get("/")


def words_of(answer):
    """What a person reads in the answer, whatever its kind."""
    kind = answer["Content-Type"].split(";")[0]
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if kind == "application/pdf":
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    if "wordprocessing" in kind:
        return " ".join(words_of_word(content))
    if "spreadsheet" in kind:
        book = openpyxl.load_workbook(io.BytesIO(content))
        return json.dumps(
            [[[str(cell.value) for cell in row] for row in sheet.iter_rows()] for sheet in book],
            ensure_ascii=False,
        )
    text = content.decode()
    for gone in (NOW_WORDS, FACT_OF_NOW, CHOICES, CHANGING):
        text = gone.sub("", text)
    return " ".join(text.split())


def addresses(year, report):
    """The pages about this year and about one report of it."""
    for page in pages():
        if page.route.count("<") != 1 or "chuyen" in page.route:
            continue
        if "<int:year_pk>" in page.route:
            yield page.name, reverse(page.name, args=(year.pk,))
        elif page.route.startswith("bao-cao/<int:pk>"):
            yield page.name, reverse(page.name, args=(report.pk,))


def read_all(client, year):
    """The words of all pages that open, by name."""
    report = year.reports.order_by("pk").first()
    # That marks were opened is told on the page of their report.
    client.get(reverse("appraisal:marks_table", args=(report.pk,)))
    found = {}
    for name, url in addresses(year, report):
        answer = client.get(url)
        if answer.status_code == 200:
            found[name] = words_of(answer)
    return found


@pytest.fixture(autouse=True)
def afterwards():
    with time_machine.travel(AFTERWARDS, tick=False):
        yield


@pytest.fixture
def office(client):
    client.force_login(official(SeatRole.OFFICE))
    return client


@pytest.fixture
def finished():
    """A year of which nothing is left to do, with all that hangs on a year."""
    year = different_year()
    different_conference(year)
    different_agreement(year)
    different_decision(different_proposal(year))
    return BlocYear.objects.get(pk=year.pk)


def test_every_page_and_paper_of_a_finished_year_keeps_its_names(office, finished):
    before = read_all(office, finished)
    rename_all(office, finished)
    after = read_all(office, finished)
    changed = [name for name, words in before.items() if after.get(name) != words]
    assert changed == []
    assert len(before) > 25


def test_the_page_of_a_finished_year_says_what_its_units_are_called_now(office, finished):
    rename_all(office, finished)
    text = office.get(finished.get_absolute_url()).content.decode()
    rows = re.findall(r'<a href="/don-vi/\d+/">([^<]+)</a>\s*<span[^>]*>([^<]+)</span>', text)
    assert rows[:2] == [
        ("Sở Xây dựng", "nay là Cơ quan mới 1"),
        ("Sở Giao thông Vận tải", "nay là Cơ quan mới 2"),
    ]
    assert "<h1>Khối thi đua số 5 năm 2026</h1>" in text
    assert re.findall(r"Tên khối hiện nay</dt>\s*<dd[^>]*>([^<]+)", text) == ["Khối hoàn toàn mới"]


@pytest.mark.parametrize(
    ("today", "on", "shown"),
    (
        # The year still runs: it is called as of today.
        ("2026-08-01", "01/07/2026", "Cơ quan mới"),
        # It is over: names of its last day, whenever the renaming is recorded.
        ("2027-08-01", "01/07/2027", "Sở cũ"),
        ("2027-08-01", "01/01/2027", "Sở cũ"),
        ("2027-08-01", "31/12/2026", "Cơ quan mới"),
    ),
)
def test_a_year_without_conference_keeps_the_names_of_its_last_day(office, today, on, shown):
    unit = UnitFactory(name="Sở cũ")
    with time_machine.travel(f"{today}T03:00:00Z", tick=False):
        office.force_login(official(SeatRole.OFFICE))
        year = year_with_members(head=unit)
        rename(office, unit, on=on, name="Cơ quan mới")
        answer = office.get(year.get_absolute_url())
    assert answer.context["rows"][0]["unit"].name == shown


@pytest.mark.parametrize(("is_school_year", "shown"), ((False, "Khối cũ"), (True, "Khối mới")))
def test_a_school_year_ends_in_august(office, is_school_year, shown):
    bloc = BlocFactory(name="Khối cũ")
    year = year_with_members(bloc=bloc, is_school_year=is_school_year)
    rename(office, bloc, name="Khối mới")
    said = "năm học 2026–2027" if is_school_year else "năm 2026"
    assert f"<h1>{shown} {said}</h1>" in office.get(year.get_absolute_url()).content.decode()


def test_names_of_then_cost_no_query(office, finished):
    found = [reverse(name, args=(finished.pk,)) for name in COUNTED]
    before = {url: queries_of(office, url) for url in found}
    rename_all(office, finished)
    after = {url: queries_of(office, url) for url in found}
    assert {url: count for url, count in after.items() if count != before[url]} == {}


@pytest.mark.parametrize("name", ("years:year_list", "proposals:proposal_list"))
@pytest.mark.parametrize("count", (1, 3))
def test_lists_over_years_cost_the_same_with_names_of_then(office, name, count):
    heads = [UnitFactory(name=f"Sở cũ {number}") for number in range(count)]
    for head in heads:
        year = year_with_members(4, head=head, state=YearState.RANKED)
        ProposalFactory(bloc_year=year, received=True)
    session = office.session
    session["year"] = 2026
    session.save()
    before = queries_of(office, reverse(name))
    for number, head in enumerate(heads):
        rename(office, head, name=f"Mới {number}")
    assert queries_of(office, reverse(name)) == before
    text = office.get(reverse(name)).content.decode()
    assert sorted(re.findall(r"Sở cũ \d", text)) == [f"Sở cũ {number}" for number in range(count)]


def queries_of(client, url):
    """How many statements the page costs once everything is warm."""
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    return len(queries)
