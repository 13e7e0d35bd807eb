"""Of several rounds and sittings one vote on each award counts for a unit."""

import datetime as dt

import pytest

from blocs.conferences.models import Conference
from blocs.conferences.models.last_votes import chosen_before, chosen_words, votes_of_year
from blocs.states import AskedAward, BallotKind, ConferenceState
from tests.factories.awards import AwardKindFactory
from tests.factories.conferences import conference_of, further_sitting, units_of
from tests.factories.placed import placed_year

pytestmark = pytest.mark.django_db
HELD = dt.datetime(2026, 12, 10, 1, tzinfo=dt.UTC)
AGAIN = dt.datetime(2026, 12, 20, 1, tzinfo=dt.UTC)


@pytest.fixture
def sittings():
    """The closing conference of four units, A to D, and one that continues it."""
    year = placed_year({"A": "90", "B": "80", "C": "70", "D": "60"})
    first = conference_of(year, starts_at=HELD)
    return first, further_sitting(year, ConferenceState.OPEN, AGAIN, units_of(first))


def voted(sitting, votes, number=1, award=AskedAward.CERTIFICATE, kind=None, **facts):
    """A round of the vote on awards; three of four votes are enough."""
    papers = {"issued": 4, "returned": 4, "valid": 4, "number": number}
    ballot = sitting.ballots.create(kind=BallotKind.AWARD, **papers, **facts)
    units = {unit.name: unit for unit in units_of(sitting)}
    for name, count in votes.items():
        asked = {"award": award, "award_kind": kind, "is_chosen": count > 2}
        ballot.lines.create(unit=units[name], votes_for=count, votes_against=4 - count, **asked)


def counted(sitting):
    return [(line.unit.name, line.votes_for) for line in votes_of_year(sitting.bloc_year)]


def test_a_later_round_and_a_later_sitting_take_the_place_of_the_earlier(sittings):
    first, second = sittings
    voted(first, {"B": 3, "C": 1, "D": 2})
    voted(first, {"C": 4, "D": 1}, number=2)
    voted(second, {"C": 3})
    assert counted(first) == [("B", 3), ("D", 1), ("C", 3)]


def test_each_other_award_is_a_question_of_its_own(sittings):
    first, second = sittings
    kinds = [AwardKindFactory(code=code, name=code) for code in ("co-chinh-phu", "danh-hieu")]
    voted(first, {"A": 4, "B": 3}, award=AskedAward.OTHER, kind=kinds[0])
    voted(second, {"A": 3}, award=AskedAward.OTHER, kind=kinds[1], revote_reason="Có đơn thư")
    assert counted(first) == [("A", 4), ("B", 3), ("A", 3)]


def test_what_replaces_a_vote_is_of_the_same_year_and_about_awards(sittings):
    first, second = sittings
    voted(first, {"A": 4})
    other = conference_of(placed_year({"E": "90"}), starts_at=HELD)
    voted(further_sitting(other.bloc_year, "open", AGAIN, []), {"E": 4}, revote_reason="Có đơn thư")
    head = second.ballots.create(kind=BallotKind.HEAD, issued=4, returned=4, valid=4)
    head.lines.create(unit=units_of(first)[0], votes_for=4, is_chosen=True)
    assert counted(first) == [("A", 4)]


def test_a_sitting_knows_what_those_before_it_chose_and_not_what_it_finds_itself(sittings):
    first, second = sittings
    voted(first, {"A": 4, "B": 1})
    voted(second, {"A": 1, "C": 4}, revote_reason="Có đơn thư")
    known = Conference.objects.get(pk=second.pk)
    assert [line.unit.name for line in chosen_before(known)] == ["A"]
    assert chosen_words(chosen_before(known)) == ["Hội nghị tổng kết: Bằng khen – A"]
    assert chosen_before(first) == []
