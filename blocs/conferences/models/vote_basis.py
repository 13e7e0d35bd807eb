"""What a vote on awards rests on: the results and the part in the year of those voted on."""

from collections.abc import Iterator

from blocs.conferences.models.conferences import Ballot, Conference
from blocs.conferences.models.counting import rounds_of
from blocs.conferences.models.last_votes import votes_of_year
from blocs.conferences.models.sittings import ranking_for
from blocs.ranking.models.results import results_of
from blocs.states import BallotKind
from blocs.years.models.part_years import absence_words
from blocs.years.models.years import BlocYear
from thidua.common.basis import BasisFact, facts_now, kept_facts, rests_on


@rests_on("conferences.ballot")
def facts_of_ballot(ballot: Ballot) -> Iterator[BasisFact]:
    """Place, points and class of each unit voted on, and why it is out on the day of the vote."""
    conference = ballot.conference
    year, units = conference.bloc_year, {line.unit for line in ballot.votes}
    results, absent = results_of(ranking_for(conference)), absence_words(year, conference.day)
    for unit in sorted(units, key=lambda unit: unit.pk):
        words = "; ".join(filter(None, (results.get(unit.pk, ""), absent.get(unit.pk, ""))))
        yield BasisFact(key_of(unit.pk), unit.name, words)


def key_of(unit_id: int) -> str:
    return f"unit-{unit_id}"


def results_overtaken(bloc_year: BlocYear) -> dict[int, str]:
    """What votes on awards rested on, of each unit whose result is another one now, by unit.

    A ranking sealed anew after the conference leaves the vote as it was: who takes its outcome
    further must be told that the voters saw other places. Units chosen in an earlier round stand in
    no later one, so every round is asked.
    """
    found: dict[int, str] = {}
    counted = {(line.unit_id, line.ballot_id) for line in votes_of_year(bloc_year)}
    for conference in Conference.objects.filter(bloc_year=bloc_year).order_by("number"):
        conference.bloc_year = bloc_year
        for ballot in rounds_of(conference, BallotKind.AWARD):
            ballot.conference = conference
            told = _overtaken(ballot)
            found |= {unit: told[unit] for unit in told if (unit, ballot.pk) in counted}
    return found


def _overtaken(ballot: Ballot) -> dict[int, str]:
    then = {fact.key: fact.words for fact in kept_facts(ballot) or ()}
    now = {fact.key: fact.words for fact in facts_now(ballot)} if then else {}
    units = {line.unit_id for line in ballot.votes}
    keys = {unit: key_of(unit) for unit in sorted(units)}
    return {
        unit: then[key]
        for unit, key in keys.items()
        if key in then and then[key] != now.get(key, "")
    }


def award_vote(conference: Conference) -> Ballot | None:
    """The round of the vote on awards that decides; None where nobody voted."""
    rounds = rounds_of(conference, BallotKind.AWARD)
    if not rounds:
        return None
    rounds[-1].conference = conference
    return rounds[-1]
