"""The home of office, auditors, council and Chairman: each figure is what its list shows."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from awards.decisions.enums import DecisionState
from awards.proposals.enums import ItemState, ProposalState
from awards.proposals.models import Proposal
from blocs.reports.models import Report
from blocs.states import ReportState, SeatRole, YearState
from blocs.years.models import BlocYear
from tests.factories.awards import DecisionFactory, ProposalFactory, ProposalItemFactory
from tests.factories.blocs import ReportFactory, small_table, year_with_members
from tests.factories.people import auditor, editor_of, official
from thidua.common.vietnamese.dates import short_date

pytestmark = pytest.mark.django_db
THIS_YEAR = timezone.localdate().year
LATE = timezone.localdate() - dt.timedelta(days=1)


def closing_year(sent, **more):
    """A bloc of four whose last day for reports is over; so many have sent theirs."""
    year = year_with_members(4, year=THIS_YEAR, report_due=LATE, **more)
    states = (ReportState.SUBMITTED, ReportState.APPRAISED, ReportState.RETURNED)
    table = small_table(year)
    for member, state in zip(list(year.members.all())[:sent], states * 2, strict=False):
        ReportFactory(
            bloc_year=year, unit=member.unit, table=table, submitted=True, state=state,
            appraised_total=80,
        )  # fmt: skip
    return year


@pytest.fixture
def province():
    """Late and early blocs, reports, proposals and decisions of this year in several states."""
    late, open_year = closing_year(3), year_with_members(3, year=THIS_YEAR, state=YearState.OPEN)
    BlocYear.objects.filter(pk=open_year.pk).update(report_due=LATE + dt.timedelta(days=9))
    year_with_members(3, year=THIS_YEAR - 1, report_due=LATE)
    # Its step of the reports is passed over: the conference has ranked without the others.
    closing_year(1, state=YearState.RANKED)
    for state in ProposalState:
        inner = state in ("draft", "returned")
        item = ProposalItemFactory(
            proposal__bloc_year=year_with_members(3, year=THIS_YEAR, state=YearState.PROPOSED),
            proposal__state=state,
            proposal__submitted_at=None if inner else timezone.now(),
            state=ItemState.PROPOSED,
        )
        item.save()
    for number, state in enumerate(DecisionState, start=1):
        facts = {"year": THIS_YEAR, "state": state}
        if state != DecisionState.DRAFT:
            facts |= {"number": f"{number}/QĐ", "signed_on": timezone.localdate()}
        published = state == DecisionState.PUBLISHED
        DecisionFactory(**facts, published_at=timezone.now() if published else None)
    return late, open_year


PEOPLE = {
    "office": lambda: official(SeatRole.OFFICE),
    "auditor": auditor,
    "council": lambda: official(SeatRole.COUNCIL),
    "chair": lambda: official(SeatRole.CHAIR),
}


def home_of(client, user, query=""):
    client.force_login(user)
    answer = client.get(f"/{query}")
    return answer.context["province_home"], answer.content.decode()


def listed(client, url):
    """How many rows the list behind a tile has; the matrix is one of them."""
    answer = client.get(url)
    assert answer.status_code == 200
    if url.startswith("/?"):
        return len(answer.context["province_home"].rows)
    return answer.context["paginator"].count


@pytest.mark.parametrize("role", PEOPLE)
def test_each_tile_counts_what_its_list_shows(client, province, role):
    home, _ = home_of(client, PEOPLE[role]())
    assert len(home.tiles) >= 4
    for tile in home.tiles:
        assert int(tile.number.split("/")[0]) == listed(client, tile.url), tile.label
    assert [tile.number for tile in home.tiles if "đơn vị" in tile.label] == ["10"]
    if role in ("office", "auditor"):
        # Two of the three that came in are sent, one was returned; one of the ranked year.
        assert [tile.number for tile in home.tiles][1].startswith("3/")
        assert [tile.number for tile in home.tiles][2:] == ["1", "1", "1"]
    if role == "chair":
        assert [tile.number for tile in home.tiles][:2] == ["1", "1"]
        assert home.last["last_number"] == "3/QĐ"


def test_the_matrix_tells_each_step_in_words_and_who_is_missing(client, province):
    late, open_year = province
    home, text = home_of(client, official(SeatRole.OFFICE))
    rows = {row.year.pk: [cell.words for cell in row.cells] for row in home.rows}
    assert len(home.steps) == len(rows[late.pk]) == 11
    assert rows[late.pk][4] == "quá hạn 2/4"
    assert rows[open_year.pk][0] == "0/3"
    missing = sorted(row.unit.short_name for row in list(late.members.all())[2:])
    (found,) = [one for one in home.reminders if one.year.pk == late.pk and "Báo cáo" in one.words]
    assert all(name in found.text for name in missing)
    assert short_date(LATE) in found.text
    assert "quá hạn 2/4" in text
    only, text = home_of(client, official(SeatRole.OFFICE), "?loc=qua-han")
    assert [row.year.pk for row in only.rows] == [late.pk]
    assert "Khối, cụm quá hạn nộp báo cáo" in text


@pytest.mark.parametrize("role", PEOPLE)
def test_every_link_of_the_home_opens(client, province, role):
    _, text = home_of(client, PEOPLE[role]())
    main = text[text.index("<main") : text.index("</main")]
    links = set(re.findall(r'href="(/[^"#]*)', main.replace("/static/", "#")))
    assert len(links) > 20
    assert {url for url in links if client.get(url.replace("&amp;", "&")).status_code != 200} == (
        set()
    )


def test_flags_above_the_rules_are_told_with_their_bloc(client):
    year = year_with_members(4, year=THIS_YEAR, state=YearState.PROPOSED)
    proposal = ProposalFactory(
        bloc_year=year, state=ProposalState.SUBMITTED, submitted_at=timezone.now()
    )
    first = ProposalItemFactory(proposal=proposal, unit=year.head)
    first.award.is_flag = True
    first.award.save()
    ProposalItemFactory(proposal=proposal, unit=year.deputy, award=first.award)
    home, text = home_of(client, official(SeatRole.OFFICE))
    assert (home.quota.flags, home.quota.most_flags) == (2, 1)
    assert home.quota.above == [f"{year.bloc} đề nghị 02 cờ, mức là 01"]
    assert home.quota.above[0] in text
    Proposal.objects.update(state=ProposalState.DRAFT, submitted_at=None)
    home, text = home_of(client, official(SeatRole.OFFICE))
    assert home.quota.flags == 0
    assert "Chưa khối, cụm nào gửi đề nghị" in text


def test_nobody_of_a_unit_and_no_sysadmin_reads_the_figures_of_the_province(client, province):
    late, _ = province
    for user in (editor_of(late.head), official(SeatRole.SYSADMIN)):
        home, text = home_of(client, user)
        assert home is None
        assert "Mỗi khối, cụm" not in text


def test_an_office_of_one_bloc_counts_its_own_alone(client, province):
    late, _ = province
    home, text = home_of(client, official(SeatRole.OFFICE, sees_only=[late.bloc_id]))
    assert [row.year.pk for row in home.rows] == [late.pk]
    assert [tile.number for tile in home.tiles] == ["1", "2/4", "1", "0", "1"]
    others = BlocYear.objects.exclude(pk=late.pk).values_list("bloc__name", flat=True)
    assert [name for name in others if f">{name}<" in text] == []


def test_of_many_blocs_the_first_are_shown_and_the_others_counted(client, monkeypatch):
    monkeypatch.setattr("thidua.home.province_home.MOST_BLOCS", 1)
    for _ in range(3):
        closing_year(1)
    year_with_members(2, year=THIS_YEAR, report_due=None)
    for query, more in (("", 3), ("?loc=qua-han", 2)):
        home, text = home_of(client, official(SeatRole.OFFICE), query)
        assert (len(home.rows), home.more) == (1, more)
        assert f"Còn {more} khối, cụm khác" in text


def test_a_year_without_blocs_says_what_to_do(client):
    home, text = home_of(client, official(SeatRole.OFFICE))
    assert (home.rows, home.reminders, home.quota.flags) == ([], [], 0)
    assert "chưa có khối, cụm nào được mở" in text


@pytest.mark.parametrize("count", (1, 4))
def test_the_home_of_the_office_costs_the_same(client, count, django_assert_num_queries):
    for _ in range(count):
        closing_year(2)
    client.force_login(official(SeatRole.OFFICE))
    client.get(reverse("home:tasks"))  # kinds of objects are read once for a process
    # Seven with the tasks; the figures with what is left of the first steps, and the matrix.
    with django_assert_num_queries(9):
        home = client.get(reverse("home:tasks")).context["province_home"]
    assert len(home.rows) == count
    assert Report.objects.count() == count * 2
