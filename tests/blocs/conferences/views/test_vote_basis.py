"""A vote rests on the points and members of its day: what changes since is settled first."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from blocs.conferences.models import Conference
from blocs.conferences.workflows import ASK_VOTE
from blocs.reports.models import Score
from blocs.states import BallotKind, ConferenceState, SeatRole, YearState
from blocs.years.actions.members import record_change
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


def rectify(conference):
    rows = Score.objects.filter(report__bloc_year=conference.bloc_year, report__unit__name="A")
    rows.update(appraised_points=Decimal(75), appraisal_reason="Sửa.")


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
