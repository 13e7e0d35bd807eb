"""Hands that were raised: no papers are asked for, nothing speaks of sealed papers."""

import datetime as dt

import pytest
import time_machine

from awards.proposals.documents.submission import submission_paper
from blocs.conferences.documents.counting_minutes import counting_minutes_of
from blocs.conferences.documents.minutes_votes import award_section
from blocs.conferences.models import Ballot, Conference
from tests.factories.awards import ProposalFactory, certificate, flag
from tests.factories.conferences import add_agenda, conference_of, units_of
from tests.factories.people import editor_of
from tests.factories.placed import placed_year
from tests.page_forms import save
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db
HELD = dt.datetime(2026, 12, 10, 1, tzinfo=dt.UTC)
FLAG = "Cờ thi đua của UBND tỉnh"
SAID = f"Biểu quyết giơ tay: A ({FLAG}) 03/04 đơn vị đồng ý."


@pytest.fixture
def conference():
    with time_machine.travel("2026-12-10T05:00:00Z"):
        flag(), certificate()
        found = conference_of(placed_year({"A": 90, "B": 80, "C": 70, "D": 60}), starts_at=HELD)
        found.counting_team = "Bà Lê Thị C"
        found.save()
        add_agenda(found, ("Bình xét", "", "award"))
        yield found


def post(client, conference, method, votes="3", **papers):
    client.force_login(editor_of(conference.bloc_year.head))
    key = f"u{units_of(conference)[0].pk}"
    line = {f"{key}-award": "co-thi-dua", f"{key}-votes_for": votes}
    typed = {"method": method} | line | papers
    return save(client, conference.address("ballot_edit", "award"), typed)


@pytest.mark.parametrize("papers", ({}, {"issued": "9", "returned": "8", "valid": "7"}))
def test_hands_are_counted_among_those_who_are_there(client, conference, papers):
    assert post(client, conference, "hands", **papers).status_code == 302
    ballot = Ballot.objects.get()
    numbers = (ballot.issued, ballot.returned, ballot.valid, ballot.invalid)
    assert numbers == (4, 4, 4, 0)
    (logged,) = ActivityEntry.objects.get(action="conferences.record_ballot").changes
    assert logged["after"] == ("biểu quyết giơ tay, 4 đơn vị có mặt; A: 3 đồng ý, 1 không đồng ý")
    found = Conference.objects.for_page().get()
    (ballot,) = found.counts
    rows = client.get(conference.get_absolute_url()).context["ballots"]
    (shown,) = [row["count"] for row in rows if row["count"]]
    assert shown["papers"] == SAID
    assert award_section("", (), found).paragraphs[-1] == f"Biểu quyết suy tôn. {SAID}"
    counted = counting_minutes_of(found, ballot)
    assert counted.counts == (
        "- Số đơn vị thành viên: 04; số đại biểu có mặt, có quyền biểu quyết: 04.",
        f"- {SAID}",
    )
    assert counted.ended == "Biên bản được công bố trước hội nghị./."
    proposal = ProposalFactory(bloc_year=conference.bloc_year)
    assert submission_paper(proposal).parts[0].paragraphs == (f"1. Biểu quyết suy tôn. {SAID}",)


def test_papers_are_asked_for_where_papers_were_cast(client, conference):
    answer = post(client, conference, "secret")
    asked = "Vui lòng nhập số này; không có phiếu nào thì nhập 0."
    cells = answer.context["cells"]
    names = ("issued", "returned", "valid", "invalid")
    assert [list(cells[name].errors) for name in names] == [[asked]] * 4
    papers = {"issued": "4", "returned": "4", "valid": "4", "invalid": "0"}
    assert post(client, conference, "secret", **papers).status_code == 302
    counted = counting_minutes_of(conference, conference.counts[0])
    assert counted.ended == (
        "Biên bản được công bố trước hội nghị; phiếu được niêm phong, giao thư ký lưu giữ./."
    )


def test_more_hands_than_units_are_refused(client, conference):
    assert post(client, conference, "hands", votes="5").status_code == 422
    assert not Ballot.objects.exists()
