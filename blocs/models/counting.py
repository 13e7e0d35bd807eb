"""From the rows of a conference to the values the regulation works on, and back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from blocs.domain.ballots import BallotCount, Line, Outcome, elected
from blocs.domain.quorum import Threshold, quorum_reached, quorum_sentence
from blocs.enums import COUNCIL_STATES, AgendaTopic, AskedAward, BallotKind
from blocs.models.conferences import AgendaItem, Attendance, Ballot, BallotLine, Conference
from blocs.models.regulation import regulation_of
from blocs.models.years import BlocYear

# One post is filled by one vote, and a paper names one unit for it.
POSTS = (BallotKind.HEAD, BallotKind.DEPUTY)


@dataclass(frozen=True)
class Presence:
    """How many of the member units are there; every unit there has one vote."""

    present: int
    members: int
    quorum: Threshold

    @property
    def is_enough(self) -> bool:
        return quorum_reached(self.present, self.members, self.quorum)

    @property
    def sentence(self) -> str:
        return quorum_sentence(self.present, self.members, self.quorum)


def roll_of(conference: Conference) -> list[Attendance]:
    """Attendance in the order of the bloc; what `for_page()` loaded is not asked for again."""
    if not hasattr(conference, "roll"):
        conference.roll = list(conference.attendances.select_related("unit").order_by("pk"))
    return conference.roll


def points_of(conference: Conference) -> list[AgendaItem]:
    if not hasattr(conference, "points"):
        conference.points = list(conference.agenda.all())
    return conference.points


def counts_of(conference: Conference) -> list[Ballot]:
    """The recorded votes with their lines in one query: award first, then head and deputy.

    A count without lines cannot be recorded.
    """
    if not hasattr(conference, "counts"):
        rows = BallotLine.objects.filter(ballot__conference=conference).order_by("pk")
        found: dict[int, Ballot] = {}
        for line in flags_first(rows.select_related("unit", "ballot")):
            ballot = found.setdefault(line.ballot_id, line.ballot)
            ballot.votes = [*getattr(ballot, "votes", ()), line]
        order = list(BallotKind)
        conference.counts = sorted(found.values(), key=lambda row: order.index(row.kind))
    return conference.counts


def votes_of(ballot: Ballot) -> list[BallotLine]:
    if not hasattr(ballot, "votes"):
        ballot.votes = flags_first(ballot.lines.select_related("unit"))
    return ballot.votes


def flags_first(lines: Iterable[BallotLine]) -> list[BallotLine]:
    """A paper names the higher award first, whatever place the unit has in the bloc."""
    return sorted(lines, key=lambda line: line.award != AskedAward.FLAG)


def has_facts(conference: Conference, topic: str) -> bool:
    """Whether there is anything to print under a point of this topic."""
    kinds = {ballot.kind for ballot in counts_of(conference)}
    if topic == AgendaTopic.AWARD:
        return BallotKind.AWARD in kinds
    if topic == AgendaTopic.ELECTION:
        is_chosen = bool(conference.next_head_id or conference.next_head_basis.strip())
        return is_chosen or bool(kinds & set(POSTS))
    if topic == AgendaTopic.SCORES:
        return conference.bloc_year.reports.filter(state__in=COUNCIL_STATES).exists()
    return False


def presence_of(conference: Conference) -> Presence:
    roll = roll_of(conference)
    present = sum(row.is_present for row in roll)
    return Presence(present, len(roll), regulation_of(conference.bloc_year).quorum)


def names_of(lines: Sequence[BallotLine]) -> list[str]:
    """The names of the units; two of one name are told apart by their codes."""
    names = [line.unit.name for line in lines]
    return [
        f"{line.unit.name} ({line.unit.code})" if names.count(line.unit.name) > 1 else name
        for line, name in zip(lines, names, strict=True)
    ]


def domain_lines(ballot: Ballot) -> tuple[Line, ...]:
    """Votes neither for nor against are the rest of the valid papers: no opinion."""
    lines = votes_of(ballot)
    return tuple(
        Line(
            name=name,
            votes_for=line.votes_for,
            votes_against=line.votes_against,
            blank=max(ballot.valid - line.votes_for - line.votes_against, 0),
            is_chosen=line.is_chosen,
        )
        for line, name in zip(lines, names_of(lines), strict=True)
    )


def count_of(ballot: Ballot, presence: Presence) -> BallotCount:
    """The count as the domain checks it."""
    is_post = ballot.kind in POSTS
    return BallotCount(
        members=presence.members,
        present=presence.present,
        issued=ballot.issued,
        returned=ballot.returned,
        valid=ballot.valid,
        invalid=ballot.invalid,
        lines=domain_lines(ballot),
        seats=1 if is_post else None,
        ticks=1 if is_post else None,
    )


def base_of(ballot: Ballot, presence: Presence, year: BlocYear) -> int:
    """The number that shares of this vote are taken of, by the regulation of the year."""
    return count_of(ballot, presence).base(regulation_of(year).vote_base)


def outcomes_of(ballot: Ballot, presence: Presence, year: BlocYear) -> list[Outcome]:
    """What the votes alone decide: one outcome for a post, one for each award asked for."""
    base, threshold = base_of(ballot, presence, year), regulation_of(year).threshold
    lines = domain_lines(ballot)
    if ballot.kind in POSTS:
        return [elected(lines, 1, base, threshold)]
    awards = [line.award for line in votes_of(ballot)]
    outcomes = []
    for award in AskedAward:
        asked = [line for line, kind in zip(lines, awards, strict=True) if kind == award]
        enough = sum(line.votes_for >= threshold.needed(base) for line in asked)
        # How many certificates a bloc may propose is weighed later, where awards are proposed.
        seats = min(regulation_of(year).flags, enough) if award == AskedAward.FLAG else enough
        outcomes.append(elected(asked, seats, base, threshold))
    return outcomes


def elected_names(outcomes: Sequence[Outcome]) -> set[str]:
    return {name for outcome in outcomes for name in outcome.elected}


def questions_of(outcomes: Sequence[Outcome]) -> list[str]:
    return [question for outcome in outcomes for question in outcome.questions]


def contenders_of(ballot: Ballot, outcomes: Sequence[Outcome]) -> set[str]:
    """Between whom the chair may decide: the next best, where the votes left a question."""
    taken = elected_names(outcomes)
    if not questions_of(outcomes):
        return set()
    lines, kinds = domain_lines(ballot), [line.award for line in votes_of(ballot)]
    left = [
        line
        for line, kind in zip(lines, kinds, strict=True)
        if line.name not in taken and kind in ("", AskedAward.FLAG)
    ]
    best = max((line.votes_for for line in left), default=0)
    return {line.name for line in left if line.votes_for == best}


def open_questions(ballot: Ballot, presence: Presence, year: BlocYear) -> list[str]:
    """Questions the votes left and nobody has answered yet."""
    outcomes = outcomes_of(ballot, presence, year)
    chosen = {line.name for line in domain_lines(ballot) if line.is_chosen}
    return [] if chosen - elected_names(outcomes) else questions_of(outcomes)
