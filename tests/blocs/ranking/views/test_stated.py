"""Places and classes that minutes state without points, from the page to the proposal."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from awards.proposals.models import Proposal
from blocs.ranking.actions.stated import HAS_POINTS, NO_SOURCE
from blocs.ranking.models import StatedCount, StatedPlace
from blocs.states import ConferenceState, SeatRole, YearState
from blocs.years.models import BlocYear
from tests.factories.awards import certificate, flag
from tests.factories.blocs import regulate, year_with_members
from tests.factories.conferences import add_agenda, conference_of
from tests.factories.people import editor_of, leader_of, official
from tests.factories.placed import placed_year
from tests.page_forms import fields_of, save
from tests.papers.papers import read_pdf
from thidua.common.models import ActivityEntry
from thidua.papers.models import Paper
from thidua.papers.stored import read_paper

pytestmark = pytest.mark.django_db
SOURCE = "Biên bản số 05/BB-C3 ngày 20/12/2024"
BY = f"Kết quả ghi theo {SOURCE}; không có điểm từng tiêu chí."


@pytest.fixture
def year():
    """A cluster of four that closes its year without a table of points."""
    found = year_with_members(4, year=2024, state=YearState.CLOSING)
    regulate(found, flags=1)
    for name, member in zip("ABCD", found.members.order_by("order"), strict=True):
        member.unit.name = name
        member.unit.save()
    return found


def units(year):
    return {row.unit.name: row.unit_id for row in year.members.select_related("unit")}


def state(client, year, places, *, classes=None, **typed):
    """The office writes these places and classes by the name of the unit."""
    keys = units(year)
    typed = {"source": SOURCE} | typed
    typed |= {f"place-{keys[name]}": str(place) for name, place in places.items()}
    typed |= {f"class-{keys[name]}": label for name, label in (classes or {}).items()}
    client.force_login(official(SeatRole.OFFICE))
    return save(client, reverse("ranking:stated_results", args=(year.pk,)), typed)


def shown(client, year):
    context = client.get(reverse("ranking:ranking", args=(year.pk,))).context
    rows = [(row.place, row.unit.name, row.class_label) for row in context["stated"]]
    return rows, context["stated_by"]


PLACES, CLASSES = {"B": 1, "A": 2, "D": 3}, {"B": "Xuất sắc", "C": "Khá"}


def test_nobody_waits_for_reports_where_minutes_state_the_result(client, year):
    state(client, year, PLACES, classes=CLASSES)
    assert list(client.get(reverse("ranking:ranking", args=(year.pk,))).context["out"]) == []


def test_places_and_classes_stand_with_their_document(client, year):
    assert state(client, year, PLACES, classes=CLASSES).status_code == 302
    client.force_login(leader_of(year.head))
    assert shown(client, year) == (
        [(1, "B", "Xuất sắc"), (2, "A", ""), (3, "D", ""), (None, "C", "Khá")],
        (BY,),
    )
    newest = ActivityEntry.objects.about(year).first()
    told = {row["field"]: row["after"] for row in newest.changes}
    assert told == {
        "theo văn bản": SOURCE,
        "A": "hạng 2",
        "B": "hạng 1, xếp loại Xuất sắc",
        "C": "xếp loại Khá",
        "D": "hạng 3",
    }


def test_an_old_year_is_known_by_counts_alone(client, year):
    answer = state(client, year, {}, counts="Xuất sắc: 3\nHoàn thành tốt: 1")
    assert answer.status_code == 302
    assert shown(client, year) == ([], (BY,))
    page = client.get(reverse("ranking:ranking", args=(year.pk,)))
    assert list(map(str, page.context["stated_counts"])) == ["Xuất sắc: 03", "Hoàn thành tốt: 01"]
    # Written again, the former results are gone, and the log book keeps them.
    state(client, year, {"A": 1}, counts="")
    assert (StatedCount.objects.count(), StatedPlace.objects.get().words) == (0, "hạng 1")


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"source": " "}, "source", NO_SOURCE),
        (
            {"counts": "Xuất sắc 3"},
            "counts",
            "Không hiểu dòng “Xuất sắc 3”. Mỗi dòng một mức và số đơn vị, ví dụ “Xuất sắc: 3”.",
        ),
        (
            {"counts": "Tốt: ba"},
            "counts",
            "Không hiểu dòng “Tốt: ba”. Mỗi dòng một mức và số đơn vị, ví dụ “Xuất sắc: 3”.",
        ),
    ],
)
def test_what_cannot_be_is_refused_beside_what_was_typed(client, year, typed, field, sentence):
    answer = state(client, year, {"A": 1}, **typed)
    assert (answer.status_code, answer.context["form"].errors[field]) == (422, [sentence])
    assert StatedPlace.objects.count() == 0
    assert fields_of(answer)[f"place-{units(year)['A']}"] == ["1"]


def test_where_points_decide_nothing_is_stated(client):
    year = placed_year({"A": 90, "B": 80})
    year.state = YearState.CLOSING
    year.save()
    client.force_login(official(SeatRole.OFFICE))
    page = client.get(reverse("ranking:stated_results", args=(year.pk,)))
    assert (page.context["closed"], page.context["submit_label"]) == (HAS_POINTS, "")
    assert client.get(reverse("ranking:ranking", args=(year.pk,))).context["stated_url"] == ""
    client.force_login(editor_of(year.deputy))
    assert client.get(reverse("ranking:stated_results", args=(year.pk,))).status_code == 403


def test_minutes_ranking_and_proposal_take_the_stated_places(client, year):
    flag(), certificate()
    places = PLACES | {"C": 3}
    state(client, year, places)
    conference = conference_of(
        year,
        state=ConferenceState.COUNTED,
        starts_at=dt.datetime(2024, 12, 20, 1, tzinfo=dt.UTC),
        next_head=year.deputy,
        next_head_basis="luân phiên",
    )
    add_agenda(conference, ("Xếp hạng", "Biểu quyết giơ tay.", "scores"))
    head = leader_of(year.head)
    client.force_login(head)
    with time_machine.travel("2024-12-20T10:00:00Z"):
        typed = {"number": "5", "ended_day": "20/12/2024", "ended_time": "11:00", "approvals": "4"}
        signed = client.post(reverse("conferences:minutes_sign", args=(year.pk,)), typed)
        assert signed.status_code == 302
        ranked = client.post(reverse("years:year_move", args=(year.pk, "rank")))
        assert (ranked.status_code, BlocYear.objects.get().state) == (302, YearState.RANKED)
    kept = Paper.objects.get(kind="minutes")
    minutes = read_pdf(read_paper(kept)).text
    assert [" ".join(minutes.split()).count(told) for told in ("+ B: hạng 1;", BY)] == [1, 1]
    with time_machine.travel("2024-12-22T02:00:00Z"):
        client.force_login(editor_of(year.head))
        client.post(reverse("proposals:proposal_start", args=(year.pk,)))
        proposal = Proposal.objects.get()
        # The second and one certificate: 50 % of three others, rounded down.
        lines = proposal.items.values_list("award__is_flag", "unit__name").order_by("pk")
        assert list(lines) == [(True, "B"), (False, "A")]
        paper = client.get(reverse("proposals:proposal_paper", args=(year.pk,)))
        text = " ".join(read_pdf(paper.content).text.split())
        assert [text.count(told) for told in ("B: hạng 1; A: hạng 2", BY)] == [1, 1]
    # What minutes settled is read, not written again.
    client.force_login(official(SeatRole.OFFICE))
    page = client.get(reverse("ranking:stated_results", args=(year.pk,)))
    assert page.context["submit_label"] == ""
