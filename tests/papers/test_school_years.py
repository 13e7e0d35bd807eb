"""Every paper, file and page of a school year calls it so, and nowhere a calendar year."""

import datetime as dt
import io
import re

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from agreements.documents.agreement import agreement_paper
from awards.decisions.documents.decision import decision_paper
from awards.proposals.documents.submission import submission_paper
from awards.proposals.enums import ItemState
from awards.proposals.models import ProposalItem
from blocs.appraisal.documents.assignments import assignments_paper
from blocs.conferences.documents.counting_minutes import counting_minutes_of
from blocs.conferences.documents.minutes import minutes_of
from blocs.conferences.domain import standard_agenda
from blocs.criteria.documents.rule_changes import rule_changes_paper
from blocs.ranking.documents.ranking_table import ranking_table_paper
from blocs.ranking.documents.score_leaves import score_leaves_paper
from blocs.ranking.documents.score_sheet import score_sheet_paper
from blocs.ranking.models.proofs import ranking_proof
from blocs.ranking.models.rankings import ranking_of
from blocs.reports.models import Report
from blocs.states import AppraisalMode, SeatRole
from blocs.years.models import BlocYear
from tests.factories.awards import DecisionFactory, ProposalFactory, ProposalItemFactory
from tests.factories.blocs import year_with_members
from tests.factories.different import (
    different_agreement,
    different_conference,
    different_decision,
    different_proposal,
    different_year,
)
from tests.factories.people import leader_of, official

pytestmark = pytest.mark.django_db
WORDS, NEXT = "năm học 2026–2027", "năm học 2027–2028"
# Days are days of the calendar.
DAY = re.compile(r"tháng\s+\d{1,2}\s+năm\s+\d{4}")
CALENDAR = re.compile(r"năm\s+20\d\d", re.IGNORECASE)


@pytest.fixture
def year():
    """The year of different figures, as one of a bloc of schools."""
    found = different_year()
    BlocYear.objects.update(is_school_year=True)
    return BlocYear.objects.for_page().get(pk=found.pk)


def wrong_years(text):
    return CALENDAR.findall(DAY.sub("", text))


def papers(year):
    ranking, conference = ranking_of(year), different_conference(year)
    report = Report.objects.for_page().filter(bloc_year=year).first()
    ballots = conference.ballots.all()
    proposal = different_proposal(year)
    decision = different_decision(proposal)
    decision.title = "Về việc khen thưởng"
    return {
        "minutes": minutes_of(conference),
        **{f"ballot {one.kind}": counting_minutes_of(conference, one) for one in ballots},
        "ranking": ranking_table_paper(ranking),
        "leaves": score_leaves_paper(ranking),
        "sheet": score_sheet_paper(report, shows_appraisal=True),
        "agreement": agreement_paper(different_agreement(year)),
        "submission": submission_paper(proposal),
        "decision": decision_paper(decision, is_draft=True),
        "assignments": assignments_paper(year, AppraisalMode.HEAD, (), "02"),
        "changes": rule_changes_paper(year, None, ()),
    }


def test_every_paper_of_a_school_year_calls_it_so(year):
    found = {name: paper.to_json() for name, paper in papers(year).items()}
    assert {name: wrong_years(text) for name, text in found.items() if wrong_years(text)} == {}
    silent = [
        name for name, text in found.items() if WORDS not in text.lower() and NEXT not in text
    ]
    assert silent == []


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("ranking:ranking_workbook", "Bảng tổng hợp điểm thi đua năm học 2026–2027"),
        ("ranking:bloc_workbook", "TỔNG HỢP ĐIỂM THI ĐUA NĂM HỌC 2026–2027"),
    ],
)
def test_every_excel_file_calls_it_so(client, year, name, title):
    client.force_login(official(SeatRole.OFFICE))
    answer = client.get(reverse(name, args=(year.pk,)))
    book = load_workbook(io.BytesIO(answer.content))
    cells = [str(value) for page in book for row in page.values for value in row if value]
    assert [text for text in cells if text.startswith(title)] != []
    assert wrong_years(" ".join(cells)) == []


PAGES = (
    "years:year_detail",
    "registrations:registration_list",
    "reports:year_reports",
    "reports:midyear_list",
    "ranking:ranking",
    "appraisal:year_points",
    "conferences:conference_detail",
    "proposals:proposal_detail",
    "agreements:agreement_detail",
    "criteria:rule_changes",
)


@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_the_year_calls_it_so(client, year, name):
    different_conference(year)
    different_proposal(year)
    different_agreement(year)
    client.force_login(leader_of(year.head))
    answer = client.get(reverse(name, args=(year.pk,)), follow=True)
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    assert (answer.status_code, WORDS in main.lower()) == (200, True)
    assert wrong_years(main) == []


def test_seat_and_proof_call_it_so(client, year):
    client.force_login(leader_of(year.head))
    client.post(reverse("home:choose_year"), {"year": 2027})
    assert f"Khối trưởng {year.bloc} {WORDS}" in client.get("/").content.decode()
    proof = ranking_proof(ranking_of(year), dt.datetime(2027, 6, 30, tzinfo=dt.UTC))
    assert (proof["year"], proof["school_year"]) == (2026, WORDS)


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        ((True, True), WORDS),
        ((False, False), "năm 2026"),
        ((True, False), f"năm 2026 và {WORDS}"),
        ((False, True), f"năm 2026 và {WORDS}"),
    ],
)
def test_a_decision_over_blocs_of_both_kinds_names_both_years(client, kinds, words):
    decision = DecisionFactory()
    for is_school_year in kinds:
        year = year_with_members(1, year=2026, is_school_year=is_school_year)
        proposal = ProposalFactory(bloc_year=year, received=True)
        ProposalItemFactory(proposal=proposal, decision=decision, state=ItemState.ELIGIBLE)
    (first, *_) = decision_paper(decision, is_draft=True).articles
    assert f"trong phong trào thi đua {words} (có Danh sách 02" in first.paragraphs[0]
    ProposalItem.objects.update(decision=None)
    client.force_login(official(SeatRole.OFFICE))
    client.post(reverse("home:choose_year"), {"year": 2026})
    form = client.get(reverse("decisions:decision_new")).context["form"]
    assert form["title"].value().endswith(words)


def test_the_agenda_names_this_year_and_the_next():
    titles = [title for title, _ in standard_agenda(WORDS, NEXT, "khối trưởng", "khối")]
    assert [titles[0], *titles[4:]] == [
        "Báo cáo tổng kết phong trào thi đua năm học 2026–2027",
        "Chọn khối trưởng, khối phó năm học 2027–2028",
        "Ký kết giao ước thi đua năm học 2027–2028",
    ]
