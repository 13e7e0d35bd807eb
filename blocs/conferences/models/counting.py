"""From the rows of a conference to the values the regulation works on, and back."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from blocs.conferences.models.ballots import Ballot, BallotLine
from blocs.conferences.models.certificate_limits import limit_of
from blocs.conferences.models.conferences import Conference
from blocs.conferences.models.last_votes import chosen_before
from blocs.conferences.models.quorum import Presence, presence_of
from blocs.ranking.models.stated import is_stated
from blocs.scoring.votes.ballots import BallotCount, VoteLine
from blocs.scoring.votes.choosing import (
    CERTIFICATE,
    FLAG,
    VoteRules,
    candidates_left,
    elected_in,
    for_post,
    outcomes_of,
    questions_in,
)
from blocs.states import COUNCIL_STATES, AgendaTopic, AskedAward, BallotKind
from blocs.years.models.regulation import regulation_of
from blocs.years.models.years import BlocYear

POSTS = (BallotKind.HEAD, BallotKind.DEPUTY)


def has_facts(conference: Conference, topic: str) -> bool:
    """Whether there is anything to print under a point of this topic."""
    kinds = {ballot.kind for ballot in conference.counts}
    if topic == AgendaTopic.AWARD:
        return BallotKind.AWARD in kinds
    if topic == AgendaTopic.ELECTION:
        is_chosen = bool(conference.next_head_id or conference.next_head_basis.strip())
        return is_chosen or bool(kinds & set(POSTS))
    if topic == AgendaTopic.SCORES:
        year = conference.bloc_year
        return year.reports.filter(state__in=COUNCIL_STATES).exists() or is_stated(year)
    return False


def domain_lines(ballot: Ballot) -> tuple[VoteLine, ...]:
    """Votes neither for nor against are the rest of the valid papers: no opinion."""
    lines = ballot.votes
    known = Counter(unit.name for unit in {line.unit for line in lines})
    return tuple(
        VoteLine(
            key=line.key,
            # Two units of one name are told apart by their codes.
            name=f"{line.unit.name} ({line.unit.code})"
            if known[line.unit.name] > 1
            else line.unit.name,
            votes_for=line.votes_for,
            votes_against=line.votes_against,
            blank=max(ballot.valid - line.votes_for - line.votes_against, 0),
            is_chosen=line.is_chosen,
            # Each other award is a question of its own.
            award=f"{line.award}-{line.award_kind_id}"
            if line.award == AskedAward.OTHER
            else line.award,
        )
        for line in lines
    )


def count_of(ballot: Ballot, presence: Presence) -> BallotCount:
    """The count as the domain checks it."""
    count = BallotCount(
        members=presence.members,
        present=presence.present,
        issued=ballot.issued,
        returned=ballot.returned,
        valid=ballot.valid,
        invalid=ballot.invalid,
        lines=domain_lines(ballot),
    )
    return for_post(count, posts_of(ballot)) if ballot.kind in POSTS else count


def posts_of(ballot: Ballot) -> int:
    """How many posts this round may fill: of deputies what the rule of the year leaves."""
    if ballot.kind == BallotKind.HEAD:
        return 1
    rules = regulation_of(ballot.conference.bloc_year)
    return max(int(rules.deputies) - len(chosen_earlier(ballot)), 1)


def chosen_earlier(ballot: Ballot) -> list[BallotLine]:
    """Whom the earlier rounds of this vote have chosen: they do not stand again for a post."""
    rounds = before(ballot, ballot.conference.counts)
    return [line for row in rounds for line in row.votes if line.is_chosen]


def may_stop(ballot: Ballot) -> bool:
    """A deputy is elected, so that the conference may leave the second post vacant."""
    chosen = [*chosen_earlier(ballot), *(line for line in ballot.votes if line.is_chosen)]
    return ballot.kind == BallotKind.DEPUTY and bool(chosen)


def is_stopped(ballot: Ballot) -> bool:
    """The chair's word names nobody: the conference elects no more than the votes have chosen."""
    if not (ballot.decision and may_stop(ballot)):
        return False
    conference = ballot.conference
    count = count_of(ballot, presence_of(conference))
    rules = rules_in_round(ballot, before(ballot, conference.counts), conference.bloc_year)
    chosen = {line.key for line in ballot.votes if line.is_chosen}
    return chosen == elected_in(outcomes_of(count, rules))


def rounds_of(conference: Conference, kind: str) -> list[Ballot]:
    """The counts of one vote, first round first."""
    return [ballot for ballot in conference.counts if ballot.kind == kind]


def last_rounds(conference: Conference) -> list[Ballot]:
    """Of each vote the round that decides: a later one answers what the earlier left open."""
    return list({ballot.kind: ballot for ballot in conference.counts}.values())


def rules_in_round(ballot: Ballot, earlier: Iterable[Ballot], year: BlocYear) -> VoteRules:
    """The rules of the year; awards that an earlier round or sitting has given are gone.

    A vote taken anew replaces what earlier sittings gave, so that it has all of them again.
    """
    earlier, rules = list(earlier), regulation_of(year).votes
    if ballot.kind != BallotKind.AWARD:
        return rules
    given = [line for one in earlier for line in one.votes if line.is_chosen]
    if not any(row.revote_reason for row in (ballot, *earlier)):
        given += chosen_before(ballot.conference)
    spent = Counter(line.award for line in given)
    limit = limit_of(ballot)
    return replace(
        rules,
        flags=max(rules.flags - spent[FLAG], 0),
        certificates=None if limit is None else max(limit - spent[CERTIFICATE], 0),
        is_rerun=bool(earlier),
    )


def before(ballot: Ballot, rounds: Iterable[Ballot]) -> list[Ballot]:
    """The earlier rounds of the same vote."""
    return [row for row in rounds if row.kind == ballot.kind and row.number < ballot.number]


def left_open(conference: Conference, ballot: Ballot) -> tuple[list[str], set[int]]:
    """What the votes of a round leave to people, and the units that stand in the next round.

    No units means that the next round is open to every member; who is elected stands no more.
    """
    year = conference.bloc_year
    rules = rules_in_round(ballot, before(ballot, conference.counts), year)
    count = count_of(ballot, presence_of(conference))
    outcomes = outcomes_of(count, rules)
    left = {line.key for line in candidates_left(count, rules)}
    units = {line.unit_id for line in ballot.votes if line.key in left}
    if len(units) > 1 or ballot.kind not in POSTS:
        return questions_in(outcomes), units if len(units) > 1 else set()
    chosen = {line.unit_id for line in ballot.votes if line.is_chosen}
    chosen |= {line.unit_id for line in chosen_earlier(ballot)}
    everybody = {row.unit_id for row in conference.roll} if chosen else set()
    return questions_in(outcomes), everybody - chosen


def base_of(ballot: Ballot, presence: Presence, year: BlocYear) -> int:
    """The number that shares of this vote are taken of, by the regulation of the year."""
    return regulation_of(year).votes.base_of(count_of(ballot, presence))
