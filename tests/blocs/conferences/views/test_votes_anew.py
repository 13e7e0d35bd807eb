"""A further sitting votes anew on an award with a reason: its result replaces the earlier one."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from awards.proposals.documents.submission import submission_paper
from awards.proposals.models import Proposal
from blocs.conferences.documents.counting_minutes import counting_minutes_of
from blocs.conferences.models import BallotLine, Conference
from blocs.conferences.models.last_votes import votes_of_year
from blocs.states import ConferenceState
from tests.factories.awards import certificate, flag
from tests.factories.conferences import conference_of, count, further_sitting, units_of
from tests.factories.people import editor_of
from tests.factories.placed import placed_year
from tests.page_forms import save

pytestmark = pytest.mark.django_db
HELD = dt.datetime(2026, 12, 10, 1, tzinfo=dt.UTC)
AGAIN = dt.datetime(2026, 12, 20, 1, tzinfo=dt.UTC)
FOUR = {"issued": 4, "returned": 4, "valid": 4}
FLAG, CERTIFICATE = "Cờ thi đua của UBND tỉnh", "Bằng khen của Chủ tịch UBND tỉnh"
WHY = "Sở A có đơn thư sau hội nghị"


@pytest.fixture(autouse=True)
def the_day_of_the_second_sitting():
    with time_machine.travel("2026-12-20T05:00:00Z"):
        yield


@pytest.fixture
def year():
    flag(), certificate()
    return placed_year({"A": "90", "B": "80", "C": "70", "D": "60"})


def met(year, *votes):
    """The closing conference voted so, and a further sitting is open."""
    first = conference_of(year, starts_at=HELD, ended_at=HELD + dt.timedelta(hours=2))
    count(first, "award", votes, **FOUR)
    Conference.objects.update(state=ConferenceState.SIGNED)
    return further_sitting(year, ConferenceState.OPEN, AGAIN, units_of(first))


def post(client, sitting, votes, **typed):
    """Type votes of this award for units by their place, as the secretary does."""
    client.force_login(editor_of(sitting.bloc_year.head))
    units = units_of(sitting)
    for place, code in votes:
        key = f"u{units[place].pk}"
        typed |= {f"{key}-award": code, f"{key}-votes_for": "4"}
    papers = {"method": "secret", "issued": "4", "returned": "4", "valid": "4", "invalid": "0"}
    return save(client, sitting.address("ballot_edit", "award"), papers | typed)


def standing(year):
    return [(line.unit.name, line.award_name) for line in votes_of_year(year) if line.is_chosen]


def drafted(client, year):
    client.force_login(editor_of(year.head))
    answer = client.post(reverse("proposals:proposal_start", args=(year.pk,)))
    assert answer.status_code == 302
    rows = Proposal.objects.get().items.order_by("award__order", "unit__name")
    return list(rows.values_list("award__is_flag", "unit__name"))


FIRST = ((0, 4, 0, "co-thi-dua"), (1, 4, 0, "bang-khen"))


def test_what_stands_is_not_voted_on_again_without_a_reason(client, year):
    sitting = met(year, *FIRST)
    answer = post(client, sitting, [(0, "co-thi-dua")])
    assert answer.status_code == 422
    assert answer.context["rows"][0]["faults"] == [
        f"A đã được chọn {FLAG} ở hội nghị tổng kết. Bỏ phiếu lại về hình thức này thì ghi lý do "
        "bỏ phiếu lại: kết quả lần này thay kết quả trước; không thì bỏ dòng này."
    ]
    assert answer.context["earlier"] == [
        f"Hội nghị tổng kết: {FLAG} – A",
        f"Hội nghị tổng kết: {CERTIFICATE} – B",
    ]
    assert not sitting.ballots.exists()


def test_a_vote_on_others_adds_to_what_stands_and_gives_no_second_flag(client, year):
    sitting = met(year, *FIRST)
    assert post(client, sitting, [(2, "co-thi-dua"), (3, "bang-khen")]).status_code == 302
    assert standing(year) == [("A", FLAG), ("B", CERTIFICATE), ("D", CERTIFICATE)]
    assert drafted(client, year) == [(True, "A"), (False, "B"), (False, "D")]


def test_a_vote_taken_anew_replaces_the_award_and_leaves_the_others(client, year):
    sitting = met(year, *FIRST)
    answer = post(client, sitting, [(2, "co-thi-dua")], revote_reason=WHY)
    assert answer.status_code == 302
    assert standing(year) == [("B", CERTIFICATE), ("C", FLAG)]
    assert drafted(client, year) == [(True, "C"), (False, "B")]
    sitting = Conference.objects.for_page().get(number=2)
    said = f"Bỏ phiếu lại, lý do: {WHY}; thay kết quả Hội nghị tổng kết: {FLAG} – A."
    counted = counting_minutes_of(sitting, sitting.counts[0]).counts[1]
    assert counted.partition(". Số phiếu")[0] == f"- {said[:-1]}"
    paper = submission_paper(Proposal.objects.get())
    votes = {row.name: (row.votes, row.rate) for group in paper.groups for row in group.rows}
    assert votes == {"C": ("04/04", "(100,0%)"), "B": ("04/04", "(100,0%)")}


def told(client, sitting):
    """What the page of a sitting says below its vote on awards."""
    client.force_login(editor_of(sitting.bloc_year.head))
    ballots = client.get(sitting.get_absolute_url()).context["ballots"]
    return [list(row["count"]["others"]) for row in ballots if row["count"]]


def test_the_pages_of_both_sittings_say_what_was_replaced(client, year):
    sitting = met(year, *FIRST)
    assert post(client, sitting, [(2, "co-thi-dua")], revote_reason=WHY).status_code == 302
    first, second = Conference.objects.for_page().order_by("number")
    replaced = (
        f"Kết quả về {FLAG} ở đây được thay bằng kết quả bỏ phiếu lại ở hội nghị bổ sung sau."
    )
    assert told(client, first) == [[replaced]]
    said = f"Bỏ phiếu lại, lý do: {WHY}; thay kết quả Hội nghị tổng kết: {FLAG} – A."
    assert told(client, second) == [[said]]


def test_a_vote_that_only_adds_replaces_nothing_on_the_page(client, year):
    sitting = met(year, *FIRST)
    assert post(client, sitting, [(3, "bang-khen")]).status_code == 302
    pages = [told(client, one) for one in Conference.objects.for_page().order_by("number")]
    assert pages == [[[]], [[]]]


def test_a_unit_chosen_in_both_sittings_has_one_line(client, year):
    sitting = met(year, *FIRST)
    assert post(client, sitting, [(0, "co-thi-dua")], revote_reason=WHY).status_code == 302
    assert drafted(client, year) == [(True, "A"), (False, "B")]
    assert BallotLine.objects.filter(is_chosen=True, unit__name="A").count() == 2


def test_a_vote_on_the_flag_alone_leaves_the_certificates_to_the_places(client, year):
    met(year, (1, 4, 0, "co-thi-dua"))
    # Half of the three others, rounded down: the first place that has no flag.
    assert drafted(client, year) == [(True, "B"), (False, "A")]


def test_a_vote_on_certificates_alone_leaves_the_flag_to_the_places(client, year):
    met(year, (2, 4, 0, "bang-khen"))
    assert drafted(client, year) == [(True, "A"), (False, "C")]


def elected(year, place):
    """The closing conference elected the unit at this place, and a further sitting is open."""
    first = conference_of(year, starts_at=HELD, ended_at=HELD + dt.timedelta(hours=2))
    Conference.objects.update(next_head=units_of(first)[place], state=ConferenceState.SIGNED)
    return further_sitting(year, ConferenceState.OPEN, AGAIN, units_of(first))


def vote_for_head(client, sitting, place, **typed):
    client.force_login(editor_of(sitting.bloc_year.head))
    typed |= {f"u{units_of(sitting)[place].pk}-votes_for": "4"}
    papers = {"method": "secret", "issued": "4", "returned": "4", "valid": "4", "invalid": "0"}
    return save(client, sitting.address("ballot_edit", "head"), papers | typed)


@pytest.mark.parametrize(("old", "new"), [(1, 2), (2, 1), (1, 1)])
def test_a_head_elected_already_is_elected_anew_with_a_reason_alone(client, year, old, new):
    sitting = elected(year, old)
    name = units_of(sitting)[old].name
    refused = vote_for_head(client, sitting, new)
    assert refused.status_code == 422
    assert refused.context["earlier"] == [f"Hội nghị tổng kết: {name}"]
    assert list(refused.context["cells"]["revote_reason"].errors) == [
        f"Hội nghị trước đã bầu (Hội nghị tổng kết: {name}). Bầu lại thì ghi lý do: kết quả lần "
        "này thay kết quả trước; không thì không nhập phiếu bầu ở hội nghị này."
    ]
    assert vote_for_head(client, sitting, new, revote_reason=WHY).status_code == 302
    said = f"Bỏ phiếu lại, lý do: {WHY}; thay kết quả Hội nghị tổng kết: {name}."
    assert told(client, Conference.objects.for_page().get(number=2))[0][0] == said


def test_where_nobody_was_elected_no_reason_is_asked(client, year):
    sitting = met(year, *FIRST)
    assert vote_for_head(client, sitting, 1).status_code == 302
