"""How each line of a vote ended, in the same words on the page and in the minutes."""

from blocs.conferences.models.ballots import Ballot, BallotLine
from blocs.conferences.models.certificate_limits import beyond_sentences, limit_of
from blocs.conferences.models.conferences import Conference
from blocs.conferences.models.counting import (
    base_of,
    before,
    count_of,
    is_stopped,
    posts_of,
    rounds_of,
    rules_in_round,
)
from blocs.conferences.models.quorum import presence_of
from blocs.scoring.votes.choosing import (
    contenders,
    elected_in,
    enough_votes,
    open_questions,
    outcomes_of,
)
from blocs.states import AskedAward, BallotKind
from blocs.years.models.regulation import regulation_of
from thidua.common.vietnamese.numbers import two_digits

CHOSEN = "Đạt"
TOO_FEW = "Không đạt"
UNDECIDED = "Đạt tỷ lệ, chưa phân định"
CONTRADICTS = "Số phiếu nhiều hơn thành phần dự họp"


def result_words(ballot: Ballot, conference: Conference) -> tuple[str, ...]:
    """«Đạt», «Không đạt», or why a line with enough votes is not chosen; line by line."""
    enough, equal = standing_of_lines(ballot, conference)
    base = base_of(ballot, presence_of(conference), conference.bloc_year)
    return tuple(
        CONTRADICTS
        if line.votes_for > base
        else line_result(ballot, line, is_enough=line.key in enough, is_equal=line.key in equal)
        for line in ballot.votes
    )


def line_result(ballot: Ballot, line: BallotLine, *, is_enough: bool, is_equal: bool) -> str:
    """The result of one line; `is_equal`: the conference has still to choose between equals."""
    if line.is_chosen:
        return CHOSEN
    if not is_enough:
        return TOO_FEW
    return UNDECIDED if is_equal else f"Đạt tỷ lệ, ngoài {seats_words(ballot, line)}"


def seats_words(ballot: Ballot, line: BallotLine) -> str:
    """«số suất (01)» of flags, «mức được đề nghị (03)» of certificates, «số được bầu (01)»."""
    if ballot.kind != BallotKind.AWARD:
        return f"số được bầu ({two_digits(posts_of(ballot))})"
    limit = limit_of(ballot) if line.award == AskedAward.CERTIFICATE else None
    if limit is not None:
        return f"mức được đề nghị ({two_digits(limit)})"
    return f"số suất ({two_digits(regulation_of(ballot.conference.bloc_year).flags)})"


def standing_of_lines(ballot: Ballot, conference: Conference) -> tuple[frozenset, frozenset]:
    """The keys of the lines with enough votes, and of those between which nobody has decided."""
    rules = rules_in_round(ballot, before(ballot, conference.counts), conference.bloc_year)
    count = count_of(ballot, presence_of(conference))
    outcomes, enough = outcomes_of(count, rules), enough_votes(count, rules)
    is_open = open_questions(count, rules, is_stopped=is_stopped(ballot))
    again = [row for row in rounds_of(conference, ballot.kind) if row.number > ballot.number]
    equal = contenders(count, rules) if is_open or again else ()
    return enough, frozenset(line.key for line in equal) & enough - elected_in(outcomes)


def outside_sentences(ballot: Ballot, conference: Conference) -> tuple[str, ...]:
    """Who had enough votes and got nothing for want of seats, and what is voted beyond a limit."""
    enough, equal = standing_of_lines(ballot, conference)
    names: dict[str, list[str]] = {}
    for line in ballot.votes:
        if line.key in enough and line.key not in equal and not line.is_chosen:
            names.setdefault(seats_words(ballot, line), []).append(line.unit.name)
    return (
        *(
            f"Đạt tỷ lệ phiếu nhưng ngoài {seats}: {'; '.join(out)}."
            for seats, out in names.items()
        ),
        *beyond_sentences(ballot, enough),
    )
