"""Whom a count chooses: by the votes alone, and where they leave a question, by the chair."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from blocs.scoring.votes.ballots import BallotCount, Key, Outcome, VoteBase, VoteLine, elected
from blocs.scoring.votes.quorum import Threshold

FLAG, CERTIFICATE = "flag", "certificate"


@dataclass(frozen=True)
class VoteRules:
    """What the regulation of a year says about votes."""

    threshold: Threshold
    base: VoteBase | str
    # At most so many flags.
    flags: int
    # So many certificates may still be proposed; None where nobody knows. Passing it is weighed
    # where awards are proposed: here it is a limit only where units are equal at its edge, and in
    # a round that decides between them (`is_rerun`).
    certificates: int | None = None
    is_rerun: bool = False

    def base_of(self, count: BallotCount) -> int:
        """The number that shares of this vote are taken of."""
        return count.base(self.base)

    def needed(self, count: BallotCount) -> int:
        """How many votes are enough."""
        return self.threshold.needed(self.base_of(count))


def for_post(count: BallotCount, posts: int = 1) -> BallotCount:
    """So many posts are filled by one vote, and a paper names at most as many units for them."""
    return replace(count, seats=posts, ticks=posts)


def outcomes_of(count: BallotCount, rules: VoteRules) -> list[Outcome]:
    """What the votes alone decide: one outcome for a post, one for each award asked for."""
    return [outcome for _, _, outcome in decided_by_votes(count, rules)]


def decided_by_votes(
    count: BallotCount, rules: VoteRules
) -> list[tuple[Sequence[VoteLine], int, Outcome]]:
    """Each question of the vote: its lines, its seats, and what the votes alone decide."""
    base, needed = rules.base_of(count), rules.needed(count)
    asked = (
        [(count.lines, count.seats)]
        if count.seats is not None
        else [
            (lines, seats_for(award, lines, needed, rules))
            for award, lines in by_award(count.lines)
        ]
    )
    return [(lines, seats, elected(lines, seats, base, rules.threshold)) for lines, seats in asked]


def by_award(lines: Iterable[VoteLine]) -> Iterator[tuple[str, list[VoteLine]]]:
    """The lines of each award that was asked for, flags first."""
    ordered = sorted(lines, key=lambda line: (line.award != FLAG, line.award))
    for award, asked in groupby(ordered, key=lambda line: line.award):
        yield award, list(asked)


def seats_for(award: str, asked: Sequence[VoteLine], needed: int, rules: VoteRules) -> int:
    """Everybody with enough votes, but not more flags than the year allows.

    Of certificates not more either where the votes leave the last of them open between equals.
    """
    votes = {place: line.votes_for for place, line in enumerate(asked) if line.votes_for >= needed}
    if award == FLAG:
        return min(rules.flags, len(votes))
    if award != CERTIFICATE or rules.certificates is None:
        return len(votes)
    beyond = beyond_limit(votes, rules.certificates)
    return rules.certificates if beyond and (beyond.equal or rules.is_rerun) else len(votes)


def enough_votes(count: BallotCount, rules: VoteRules) -> frozenset[Key]:
    """The keys of the lines that reach the threshold, chosen or not: seats may be fewer."""
    needed = rules.needed(count)
    return frozenset(line.key for line in count.lines if line.votes_for >= needed)


def elected_in(outcomes: Iterable[Outcome]) -> frozenset[Key]:
    """The keys of all whom the votes alone chose."""
    return frozenset(key for outcome in outcomes for key in outcome.elected)


def questions_in(outcomes: Iterable[Outcome]) -> list[str]:
    """What the votes leave to the conference, award by award."""
    return [question for outcome in outcomes for question in outcome.questions]


@dataclass(frozen=True)
class Beyond:
    """So many had enough votes, and only `limit` may be proposed.

    `equal` are those with the same `votes` at the edge, of whom `seats` are left; empty where the
    votes themselves draw the line.
    """

    count: int
    limit: int
    equal: frozenset[int] = frozenset()
    votes: int = 0
    seats: int = 0


def beyond_limit(votes: Mapping[int, int], limit: int) -> Beyond | None:
    """Whether more units were chosen than the limit allows; `votes` are those for each of them."""
    if len(votes) <= limit:
        return None
    ordered = sorted(votes.values(), reverse=True)
    first_out = ordered[limit]
    above = sum(one > first_out for one in ordered)
    if above == limit:
        return Beyond(len(votes), limit)
    equal = frozenset(unit for unit, one in votes.items() if one == first_out)
    return Beyond(len(votes), limit, equal, first_out, limit - above)


def contenders(count: BallotCount, rules: VoteRules) -> tuple[VoteLine, ...]:
    """Between whom the chair may decide: the next best of each question that the votes left."""
    return tuple(
        line
        for lines, _, outcome in decided_by_votes(count, rules)
        if outcome.questions
        for line in next_best(lines, outcome)
    )


def next_best(lines: Iterable[VoteLine], outcome: Outcome) -> list[VoteLine]:
    """Of those whom the votes did not choose the ones with the most votes."""
    left = [line for line in lines if line.key not in outcome.elected]
    best = max((line.votes_for for line in left), default=0)
    return [line for line in left if line.votes_for == best]


def too_many(count: BallotCount, rules: VoteRules, decided: Collection[Key]) -> tuple[int, int]:
    """How many the chair chose beyond the votes where fewer places were left; else nothing."""
    for lines, seats, outcome in decided_by_votes(count, rules):
        chosen = sum(line.key in decided and line.key not in outcome.elected for line in lines)
        if chosen > seats - len(outcome.elected):
            return chosen, seats - len(outcome.elected)
    return 0, 0


def candidates_left(count: BallotCount, rules: VoteRules) -> tuple[VoteLine, ...]:
    """Who stands in the next round of a vote that left a question; nobody where it left none.

    Those who are equal on the last place stand again; for posts that are still vacant, one more
    than there are posts do, most votes first, and whoever is equal with the last of them. No more
    than there are posts means that the next round is open to everybody.
    """
    equals = contenders(count, rules)
    if count.seats is None or not equals:
        return equals
    taken = elected_in(outcomes_of(count, rules))
    left, vacant = [line for line in count.lines if line.key not in taken], count.seats - len(taken)
    votes = sorted((line.votes_for for line in left), reverse=True)
    least = max(votes[: vacant + 1][-1], 1)
    found = tuple(line for line in left if line.votes_for >= least)
    return found if len(found) > vacant else ()


def open_questions(count: BallotCount, rules: VoteRules, *, is_stopped: bool = False) -> list[str]:
    """Questions the votes left and nobody has answered yet.

    `is_stopped`: the conference said that it elects no more. Whom the chair chose answers the
    question of that award alone.
    """
    if is_stopped:
        return []
    return [
        question
        for lines, _, outcome in decided_by_votes(count, rules)
        if not any(line.is_chosen and line.key not in outcome.elected for line in lines)
        for question in outcome.questions
    ]
