"""A vote rests on the points and members of its day: what changes since is settled first."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from blocs.conferences.models import Conference
from blocs.conferences.workflows import ASK_VOTE, EXPLAIN_EARLIER
from blocs.reports.models import Score
from blocs.states import BallotKind, ConferenceState, SeatRole, YearState
from blocs.years.actions.members import record_change
from blocs.years.models import Regulation
from tests.factories.conferences import conference_of, count
from tests.factories.people import editor_of, leader_of, official
from tests.factories.placed import placed_year
from tests.page_forms import save
from thidua.common.models import ActivityEntry

pytestmark = pytest.mark.django_db
PAPERS = {"issued": 4, "returned": 4, "valid": 4, "invalid": 0}
HELD = dt.datetime(2026, 12, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
def conference():
    """Four units voted on the flag for A and a certificate for C."""
    year = placed_year({"A": "90", "B": "80", "C": "70", "D": "60"})
    year.state = YearState.CLOSING
    year.save()
    found = conference_of(year, starts_at=HELD, next_head=year.head, next_head_basis="luân phiên")
    votes = [(0, 4, 0, "flag"), (2, 3, 1, "certificate")]
    count(found, BallotKind.AWARD, votes, **PAPERS)
    return found


def url(conference, name, *args):
    return reverse(f"conferences:{name}", args=(conference.bloc_year_id, *args))


def told(client, conference):
    return client.get(url(conference, "conference_detail")).context["basis"]


def confirm(client, conference):
    return client.post(url(conference, "conference_move", "confirm"))


def rectify(conference, name="A", points=75):
    rows = Score.objects.filter(report__bloc_year=conference.bloc_year, report__unit__name=name)
    rows.update(appraised_points=Decimal(points), appraisal_reason="Sửa.")


def leave(conference):
    """C left the bloc before the day of the vote; the decision comes only now."""
    unit = conference.bloc_year.members.get(unit__name="C").unit
    facts = {"kind": "left", "on": dt.date(2026, 11, 20), "decision": "QĐ 9", "reason": "Tách."}
    record_change(
        conference.bloc_year, actor=official(SeatRole.OFFICE), unit=unit, counterpart=None, **facts
    )


CASES = [
    (
        rectify,
        "Căn cứ đã thay đổi: A: 90,00 điểm, hạng 1 → 75,00 điểm, hạng 2.",
    ),
    (
        leave,
        "Căn cứ đã thay đổi: C: 70,00 điểm, hạng 3 → thôi tham gia từ 20/11/2026.",
    ),
]


@pytest.mark.parametrize(("change", "sentence"), CASES)
def test_what_changed_below_the_vote_stops_its_confirmation(client, conference, change, sentence):
    client.force_login(leader_of(conference.bloc_year.head))
    assert told(client, conference) == []
    change(conference)
    assert told(client, conference) == [sentence]
    found = confirm(client, conference).context["obstacles"]
    assert found[-1] == f"Phiếu suy tôn: {sentence} {ASK_VOTE}"


def test_the_vote_stands_with_a_reason(client, conference):
    head = leader_of(conference.bloc_year.head)
    client.force_login(head)
    rectify(conference)
    address = url(conference, "vote_basis")
    assert save(client, address, {"reason": ""}).status_code == 422
    assert save(client, address, {"reason": "Hội nghị giữ kết quả."}).status_code == 302
    assert told(client, conference) == []
    newest = ActivityEntry.objects.about(conference).first()
    assert (newest.actor, newest.note, len(newest.changes)) == (head, "Hội nghị giữ kết quả.", 1)
    assert confirm(client, conference).status_code == 302
    assert Conference.objects.get().state == ConferenceState.COUNTED


def test_a_vote_counted_anew_rests_on_the_points_of_now(client, conference):
    rectify(conference)
    editor = editor_of(conference.bloc_year.head)
    votes = [(1, 4, 0, "flag"), (0, 3, 1, "certificate")]
    fresh = Conference.objects.get(pk=conference.pk)
    count(fresh, BallotKind.AWARD, votes, actor=editor, **PAPERS)
    client.force_login(leader_of(conference.bloc_year.head))
    assert told(client, conference) == []


@pytest.fixture
def two_rounds():
    """Two flags: A has 4 votes; B and C have 3 each, and vote again between them."""
    year = placed_year({"A": "90", "B": "80", "C": "70", "D": "60"})
    year.state = YearState.CLOSING
    year.save()
    Regulation.objects.update_or_create(bloc_year=year, defaults={"flags": 2})
    found = conference_of(year, starts_at=HELD, next_head=year.head, next_head_basis="luân phiên")
    votes = [(0, 4, 0, "flag"), (1, 3, 1, "flag"), (2, 3, 1, "flag")]
    count(found, BallotKind.AWARD, votes, **PAPERS)
    return found


def vote_again(conference):
    fresh = Conference.objects.get(pk=conference.pk)
    votes = [(1, 4, 0, "flag"), (2, 0, 4, "flag")]
    count(fresh, BallotKind.AWARD, votes, number=2, **PAPERS)


FIRST_ROUND = "Căn cứ đã thay đổi: A: 90,00 điểm, hạng 1 → 85,00 điểm, hạng 1."
BOTH_ROUNDS = (
    "Căn cứ đã thay đổi: A: 90,00 điểm, hạng 1 → 85,00 điểm, hạng 1; "
    "B: 80,00 điểm, hạng 2 → 79,00 điểm, hạng 2."
)


def test_whom_an_earlier_round_chose_is_asked_after_a_later_one(client, two_rounds):
    vote_again(two_rounds)
    client.force_login(leader_of(two_rounds.bloc_year.head))
    assert told(client, two_rounds) == []
    rectify(two_rounds, points=85)
    assert told(client, two_rounds) == [FIRST_ROUND]
    found = confirm(client, two_rounds).context["obstacles"]
    assert found == [f"Phiếu suy tôn: {FIRST_ROUND} {ASK_VOTE}"]


def test_one_reason_confirms_the_votes_of_every_round(client, two_rounds):
    vote_again(two_rounds)
    client.force_login(leader_of(two_rounds.bloc_year.head))
    rectify(two_rounds, points=85)
    rectify(two_rounds, "B", 79)
    assert told(client, two_rounds) == [BOTH_ROUNDS]
    address = url(two_rounds, "vote_basis")
    shown = client.get(address).context["changes"]
    assert [change.name for change in shown] == ["A", "B"]
    assert save(client, address, {"reason": "Hội nghị giữ kết quả."}).status_code == 302
    assert told(client, two_rounds) == []
    newest = ActivityEntry.objects.about(two_rounds).first()
    assert [change["field"] for change in newest.changes] == ["A", "B"]
    assert confirm(client, two_rounds).status_code == 302


def test_what_a_later_round_took_over_rests_on_that_round(client, two_rounds):
    """B fell between the rounds: the second was voted on what is so now."""
    rectify(two_rounds, "B", 79)
    client.force_login(leader_of(two_rounds.bloc_year.head))
    words = "Căn cứ đã thay đổi: B: 80,00 điểm, hạng 2 → 79,00 điểm, hạng 2."
    assert told(client, two_rounds) == [words]
    vote_again(two_rounds)
    assert told(client, two_rounds) == []
    client.force_login(editor_of(two_rounds.bloc_year.head))
    assert client.post(url(two_rounds, "ballot_delete", "award", 2)).status_code == 302
    client.force_login(leader_of(two_rounds.bloc_year.head))
    assert told(client, two_rounds) == [words]


def test_a_ground_against_whom_an_earlier_round_chose_holds_the_confirmation(client, two_rounds):
    vote_again(two_rounds)
    client.force_login(leader_of(two_rounds.bloc_year.head))
    two_rounds.bloc_year.members.filter(unit__name="A").update(unconsidered_on=HELD.date())
    found = confirm(client, two_rounds).context["obstacles"]
    assert [sentence.endswith(EXPLAIN_EARLIER) for sentence in found] == [True, False]
