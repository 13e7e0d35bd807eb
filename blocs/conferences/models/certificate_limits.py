"""How many certificates the year may propose, told by the app that weighs the quota."""

from collections.abc import Callable

from blocs.conferences.models.ballots import Ballot
from blocs.scoring.votes.choosing import Beyond, beyond_limit
from blocs.states import AskedAward
from blocs.years.models.years import BlocYear
from thidua.common.registry import Registry
from thidua.common.vietnamese.numbers import two_digits

# Each takes a bloc year and gives its limit; None where nobody knows one.
LIMITS: Registry[Callable[[BlocYear], int | None]] = Registry()
OVER = "Bằng khen: {count} đơn vị đạt tỷ lệ phiếu, nhiều hơn mức được đề nghị ({limit})."
EQUAL = "{names} cùng được {votes} phiếu ở mức cuối, chỉ còn {seats} Bằng khen."
ASKED = "{edge} Hội nghị bỏ phiếu lại, hoặc thống nhất rõ đơn vị nào được đề nghị?"


def certificates_beyond(ballot: Ballot) -> Beyond | None:
    """The certificates that a vote gave beyond the limit of the year; None where it kept to it."""
    lines = [
        line for line in ballot.votes if line.award == AskedAward.CERTIFICATE and line.is_chosen
    ]
    if not lines:
        return None
    year = ballot.conference.bloc_year
    limits = [one for told in LIMITS if (one := told(year)) is not None]
    votes = {line.unit_id: line.votes_for for line in lines}
    return beyond_limit(votes, limits[0]) if limits else None


def beyond_sentences(ballot: Ballot) -> tuple[str, ...]:
    """That more certificates were voted than the year may propose, and who is equal at the edge."""
    found = certificates_beyond(ballot)
    if found is None:
        return ()
    over = OVER.format(count=two_digits(found.count), limit=two_digits(found.limit))
    return tuple(filter(None, (over, edge_sentence(ballot, found))))


def edge_questions(ballot: Ballot) -> tuple[str, ...]:
    """What the votes leave to the conference between units equal at the limit of certificates."""
    found = certificates_beyond(ballot)
    edge = edge_sentence(ballot, found) if found else ""
    return (ASKED.format(edge=edge),) if edge else ()


def edge_sentence(ballot: Ballot, found: Beyond) -> str:
    """Between whom the votes leave the last certificates open; empty where they do not."""
    if not found.equal:
        return ""
    names = [line.unit.name for line in ballot.votes if line.is_of(found.equal)]
    return EQUAL.format(
        names=", ".join(names), votes=two_digits(found.votes), seats=two_digits(found.seats)
    )
