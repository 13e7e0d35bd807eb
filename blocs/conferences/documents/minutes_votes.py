"""The parts of the minutes about votes: every round of every count, and whom they chose."""

from collections.abc import Sequence
from dataclasses import dataclass

from blocs.conferences.documents.vote_facts import (
    VOTE_ON_AWARDS,
    VoteRow,
    award_sentences,
    base_sentence,
    count_sentence,
    next_round_sentences,
    other_sentences,
    post_name,
    reason_sentences,
    team_sentence,
    vote_rows,
)
from blocs.conferences.documents.vote_results import outside_sentences
from blocs.conferences.models.ballots import Ballot
from blocs.conferences.models.conferences import Conference
from blocs.conferences.models.counting import POSTS, rounds_of
from blocs.states import BallotKind


@dataclass(frozen=True)
class RankingRow:
    """One unit of the ranking; rank and points as printed, for example “1” and “986,75”.

    `share` is the percent of `maximum` by which units are compared, `class_label` the class; each
    is empty where there is none.
    """

    rank: str
    unit: str
    self_points: str
    points: str
    group: str = ""
    maximum: str = ""
    share: str = ""
    class_label: str = ""


@dataclass(frozen=True)
class MinutesSection:
    """One point of the agenda, in the order it is printed.

    `heading` carries its number (“3. Bình xét, suy tôn”). The tables are printed after
    `paragraphs` and before `closing`; an empty one is left out. `tie_rule` stands under the
    ranking, `vote_base` (what the rate is counted from) under the votes.
    """

    heading: str
    paragraphs: tuple[str, ...] = ()
    ranking: tuple[RankingRow, ...] = ()
    tie_rule: str = ""
    subject_heading: str = "Hình thức đề nghị"
    votes: tuple[VoteRow, ...] = ()
    vote_base: str = ""
    closing: tuple[str, ...] = ()

    @property
    def has_classes(self) -> bool:
        """Whether the regulation classifies the units of the ranking."""
        return any(row.class_label for row in self.ranking)


def award_section(heading: str, text: tuple[str, ...], conference: Conference) -> MinutesSection:
    ballots = rounds_of(conference, BallotKind.AWARD)
    return MinutesSection(
        heading=heading,
        paragraphs=(
            *text,
            *team_sentence(conference),
            *(count_sentence(conference, row, VOTE_ON_AWARDS) for row in ballots),
        ),
        votes=rows_of(ballots, conference),
        vote_base=bases_of(ballots, conference),
        closing=(*remarks_on(ballots, conference), *award_sentences(ballots)),
    )


def rows_of(ballots: Sequence[Ballot], conference: Conference) -> tuple[VoteRow, ...]:
    """All rounds in one table, numbered through."""
    rows: tuple[VoteRow, ...] = ()
    for ballot in ballots:
        rows += vote_rows(ballot, conference, first=len(rows) + 1)
    return rows


def bases_of(ballots: Sequence[Ballot], conference: Conference) -> str:
    """What the rates are counted from: one sentence, or each where the counts differ in it."""
    return " ".join(dict.fromkeys(base_sentence(row, conference) for row in ballots))


def remarks_on(ballots: Sequence[Ballot], conference: Conference) -> tuple[str, ...]:
    """What each round left to say: reasons, silent votes, the chair's word, the next round."""
    return tuple(
        sentence
        for ballot in ballots
        for sentence in (
            *reason_sentences(ballot, conference),
            *outside_sentences(ballot, conference),
            *other_sentences(ballot),
            *next_round_sentences(conference, ballot),
        )
    )


def election_section(heading: str, text: tuple[str, ...], conference: Conference) -> MinutesSection:
    year = conference.bloc_year
    ballots = [ballot for kind in POSTS for ballot in rounds_of(conference, kind)]
    # The team is named once, where the first papers were counted.
    is_first_count = bool(ballots) and not rounds_of(conference, BallotKind.AWARD)
    return MinutesSection(
        heading=heading,
        paragraphs=(
            *text,
            *(team_sentence(conference) if is_first_count else ()),
            *(
                count_sentence(conference, row, f"Bầu {post_name(row.kind, year)}")
                for row in ballots
            ),
        ),
        subject_heading="Chức danh",
        votes=rows_of(ballots, conference),
        vote_base=bases_of(ballots, conference),
        closing=(
            *remarks_on(ballots, conference),
            *next_posts(conference),
        ),
    )


def next_posts(conference: Conference) -> tuple[str, ...]:
    """Who takes over next year, and how that came about."""
    year, basis = conference.bloc_year, conference.next_head_basis
    how = f" ({basis})" if basis else ""
    deputies = (conference.next_deputy, conference.next_second_deputy)
    posts = ((BallotKind.HEAD, (conference.next_head,)), (BallotKind.DEPUTY, deputies))
    sentences = [
        f"{post_name(kind, year)} {year.words_after(1)}: {names}{how}."
        for kind, units in posts
        if (names := "; ".join(unit.name for unit in units if unit))
    ]
    if not sentences and basis:
        sentences = [f"{post_name(BallotKind.HEAD, year)} {year.words_after(1)}: {basis}."]
    return tuple(sentences)
