"""What a vote on awards rests on: the results and the part in the year of those voted on."""

from collections.abc import Iterator

from blocs.conferences.models.conferences import Ballot, Conference
from blocs.conferences.models.counting import rounds_of
from blocs.conferences.models.sittings import ranking_for
from blocs.ranking.models.results import results_of
from blocs.states import BallotKind
from blocs.years.models.part_years import absence_words
from thidua.common.basis import BasisFact, rests_on


@rests_on("conferences.ballot")
def facts_of_ballot(ballot: Ballot) -> Iterator[BasisFact]:
    """Place, points and class of each unit voted on, and why it is out on the day of the vote."""
    conference = ballot.conference
    year, units = conference.bloc_year, {line.unit for line in ballot.votes}
    results, absent = results_of(ranking_for(conference)), absence_words(year, conference.day)
    for unit in sorted(units, key=lambda unit: unit.pk):
        words = "; ".join(filter(None, (results.get(unit.pk, ""), absent.get(unit.pk, ""))))
        yield BasisFact(f"unit-{unit.pk}", unit.name, words)


def award_vote(conference: Conference) -> Ballot | None:
    """The round of the vote on awards that decides; None where nobody voted."""
    rounds = rounds_of(conference, BallotKind.AWARD)
    if not rounds:
        return None
    rounds[-1].conference = conference
    return rounds[-1]
