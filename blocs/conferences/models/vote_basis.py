"""What a vote on awards rests on: the results and the part in the year of those voted on."""

from collections.abc import Iterator

from blocs.conferences.models.ballots import Ballot
from blocs.conferences.models.conferences import Conference
from blocs.conferences.models.counting import rounds_of
from blocs.conferences.models.last_votes import lines_that_count
from blocs.conferences.models.sittings import ranking_for
from blocs.ranking.models.rankings import Ranking
from blocs.ranking.models.results import results_of
from blocs.states import BallotKind
from blocs.years.models.part_years import absence_words
from blocs.years.models.years import BlocYear
from thidua.common.basis import (
    BasisChange,
    BasisFact,
    basis_changes,
    facts_now,
    kept_facts,
    rests_on,
)

# The place on a conference where what it ranks is remembered.
RANKED = "ranking_seen"


@rests_on("conferences.ballot")
def facts_of_ballot(ballot: Ballot) -> Iterator[BasisFact]:
    """Place, points and class of each unit voted on, and why it is out on the day of the vote.

    What a later vote took over rests on nothing any more: it stays as it was kept.
    """
    conference = ballot.conference
    year, units = conference.bloc_year, {line.unit for line in ballot.votes}
    counted = set(lines_that_count().filter(ballot=ballot).values_list("unit", flat=True))
    is_whole = counted >= {unit.pk for unit in units}
    then = {} if is_whole else {fact.key: fact for fact in kept_facts(ballot) or ()}
    results, absent = results_of(ranking_seen(conference)), absence_words(year, conference.day)
    for unit in sorted(units, key=lambda unit: unit.pk):
        key = key_of(unit.pk)
        words = "; ".join(filter(None, (results.get(unit.pk, ""), absent.get(unit.pk, ""))))
        if unit.pk in counted or key not in then:
            yield BasisFact(key, unit.name, words)
        else:
            yield then[key]


def ranking_seen(conference: Conference) -> Ranking:
    """What the sitting ranks, read once for the conference in hand: each vote rests on it."""
    if RANKED not in conference.__dict__:
        conference.__dict__[RANKED] = ranking_for(conference)
    found: Ranking = conference.__dict__[RANKED]
    return found


def key_of(unit_id: int) -> str:
    return f"unit-{unit_id}"


def award_votes_of(conference: Conference) -> list[Ballot]:
    """The counts whose basis is asked: every round of the vote on awards.

    Units chosen in an earlier round stand in no later one, so the last round alone says nothing
    about them.
    """
    rounds = rounds_of(conference, BallotKind.AWARD)
    for ballot in rounds:
        ballot.conference = conference
    return rounds


def vote_changes(conference: Conference) -> tuple[BasisChange, ...]:
    """What changed below the vote on awards since each of its rounds was counted, said once."""
    rounds = award_votes_of(conference)
    return tuple(dict.fromkeys(change for ballot in rounds for change in basis_changes(ballot)))


def results_overtaken(bloc_year: BlocYear) -> dict[int, str]:
    """What votes on awards rested on, of each unit whose result is another one now, by unit.

    A ranking sealed anew after the conference leaves the vote as it was: who takes its outcome
    further must be told that the voters saw other places.
    """
    found: dict[int, str] = {}
    for conference in Conference.objects.filter(bloc_year=bloc_year).order_by("number"):
        conference.bloc_year = bloc_year
        for ballot in award_votes_of(conference):
            found |= _overtaken(ballot)
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
