"""Places that real sources tell without points (cases 13, 19, 23), and a year known by counts."""

import datetime as dt

import pytest
from django.urls import reverse

from awards.proposals.models import Proposal
from blocs.ranking.models.rankings import ranking_of
from blocs.states import ConferenceState, SeatRole, YearState
from blocs.years.models import BlocYear
from tests.cases import case
from tests.factories.awards import certificate, flag
from tests.factories.blocs import regulate
from tests.factories.conferences import add_agenda, conference_of
from tests.factories.people import editor_of, leader_of, official
from tests.factories.real_cases import enter, found_bloc, paste_members, plan
from tests.page_forms import save
from tests.papers.papers import read_pdf
from thidua.papers.models import Paper
from thidua.papers.stored import read_paper
from thidua.year_check.opening import check

pytestmark = pytest.mark.django_db
NUMBERS = ("13", "19", "23")


@pytest.fixture
def office(client):
    client.force_login(official(SeatRole.OFFICE))
    return client


def source_of(source):
    """The document as an office would name it: title, site and day."""
    return f"{source['title']} ({source['site']}, {source['date']})"


def state(office, year, source, places=(), counts=""):
    """Results by minutes through their page; `places` are pairs of unit and place."""
    typed = {"source": source, "counts": counts}
    typed |= {f"place-{unit.pk}": str(place) for unit, place in places}
    url = reverse("ranking:stated_results", args=(year.pk,))
    assert save(office, url, typed).status_code == 302


def stated_case(office, number):
    """The bloc as published, closing its year, with the places its source tells."""
    facts = case(number)
    year = enter(office, facts)
    units = {row.unit.name: row.unit for row in year.members.select_related("unit")}
    BlocYear.objects.filter(pk=year.pk).update(
        head=year.head or units[facts["members"][0]], state=YearState.CLOSING
    )
    year = BlocYear.objects.get(pk=year.pk)
    regulate(year, flags=1)
    places = [(units[row["unit"]], row["rank"]) for row in facts["ranking"]]
    state(office, year, source_of(facts["source"]), places)
    return facts, year


def told_by(facts):
    return f"Kết quả ghi theo {source_of(facts['source'])}; không có điểm từng tiêu chí."


@pytest.mark.parametrize("number", NUMBERS)
def test_a_place_without_points_stands_on_the_page_and_is_never_computed(office, number):
    facts, year = stated_case(office, number)
    context = office.get(reverse("ranking:ranking", args=(year.pk,))).context
    shown = [{"rank": row.place, "unit": row.unit.name} for row in context["stated"]]
    assert (shown, context["stated_by"]) == (facts["ranking"], (told_by(facts),))
    assert (facts["scores"], ranking_of(year).rows, context["rows"]) == (None, (), [])
    # The others have no place: nobody ranks them behind the one that is known.
    assert context["out"] == ()


def sealed(office, year, winner):
    """The closing conference, its signed minutes and the proposal that follows."""
    # The source is silent about the others: the bloc says that it does not consider them.
    told = year.stated_places.values("unit")
    year.members.exclude(unit__in=told).update(unconsidered_on=dt.date(2000, 1, 1))
    # Where a source names no day, the conference of a year meets in the January after it.
    day = dt.date(year.year + 1, 1, 15)
    conference = conference_of(
        year,
        state=ConferenceState.COUNTED,
        starts_at=dt.datetime.combine(day, dt.time(6), tzinfo=dt.UTC),
        next_head_basis="do cấp trên giao",
    )
    add_agenda(conference, ("Xếp hạng", "", "scores"))
    office.force_login(leader_of(year.head))
    typed = {"number": "5", "ended_day": f"{day:%d/%m/%Y}", "ended_time": "16:30"}
    typed["approvals"] = str(year.members.count())
    signed = office.post(reverse("conferences:minutes_sign", args=(year.pk,)), typed)
    ranked = office.post(reverse("years:year_move", args=(year.pk, "rank")))
    assert (signed.status_code, ranked.status_code) == (302, 302)
    flag(), certificate()
    office.force_login(editor_of(year.head))
    office.post(reverse("proposals:proposal_start", args=(year.pk,)))
    lines = Proposal.objects.get().items.values_list("award__is_flag", "unit__name")
    assert list(lines) == [(True, winner)]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_place_without_points_reaches_minutes_proposal_and_the_check(office, number):
    facts, year = stated_case(office, number)
    (first,) = facts["ranking"]
    sealed(office, year, first["unit"])
    assert first["unit"] == facts["awards_proposed"][0]["unit"]
    minutes = " ".join(read_pdf(read_paper(Paper.objects.get(kind="minutes"))).text.split())
    paper = office.get(reverse("proposals:proposal_paper", args=(year.pk,)))
    submission = " ".join(read_pdf(paper.content).text.split())
    line = f"{first['unit']}: hạng 1."
    for text in (minutes, submission):
        assert [text.count(told) for told in (line, told_by(facts))] == [1, 1]
    artefacts, found = check(BlocYear.objects.get(pk=year.pk))
    assert [difference.sentence for difference in found] == []
    told = {artefact.name: [row.subject for row in artefact.rows] for artefact in artefacts}
    assert told["trang xếp hạng"] == ["1"]
    (of_minutes,) = (told[name] for name in told if name.startswith("Biên bản hội nghị"))
    assert of_minutes == ["Chủ trì (chủ tọa):", f"{first['unit']}:"]
    assert told["tờ trình (PDF)"][-1:] == [f"{first['unit']}:"]


def test_an_old_year_is_told_by_counts_with_its_source(office):
    """Đại Lộc 2021: six offices first, eight second, ten third; the article names no office."""
    scale = case("awards-scale")
    (row,) = (row for row in scale["counts"] if row["where"] == "Quảng Nam, huyện Đại Lộc")
    (source,) = (one for one in scale["source"] if one["site"] == "Báo Quảng Nam")
    labels = {"Nhất": "offices_first", "Nhì": "second", "Ba": "third"}
    bloc = found_bloc(office, "Các cơ quan huyện Đại Lộc", code="DL", organiser="UBND huyện")
    paste_members(office, bloc, ("Phòng A", "Phòng B"))
    year = plan(office, bloc, row["year"])
    counts = "\n".join(f"{label}: {row[key]}" for label, key in labels.items())
    state(office, year, source_of(source), counts=counts)
    page = office.get(reverse("ranking:ranking", args=(year.pk,)))
    assert page.context["stated_by"] == (told_by({"source": source}),)
    shown = {one.class_label: one.number for one in page.context["stated_counts"]}
    assert shown == {label: row[key] for label, key in labels.items()}
    artefacts, found = check(year)
    assert [difference.sentence for difference in found] == []
    (told,) = (one.rows for one in artefacts if one.name == "trang xếp hạng")
    assert [(row.subject, row.facts[0].text) for row in told] == [
        ("Nhất", "06"),
        ("Nhì", "08"),
        ("Ba", "10"),
    ]
