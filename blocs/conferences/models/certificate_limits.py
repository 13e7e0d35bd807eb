"""How many certificates the year may propose, told by the app that weighs the quota."""

from collections.abc import Callable, Collection

from blocs.conferences.models.ballots import Ballot
from blocs.scoring.votes.ballots import Key
from blocs.scoring.votes.choosing import Beyond, beyond_limit
from blocs.states import AskedAward
from blocs.years.models.years import BlocYear
from thidua.common.registry import Registry
from thidua.common.vietnamese.numbers import two_digits

# Each takes a bloc year and gives its limit; None where nobody knows one.
LIMITS: Registry[Callable[[BlocYear], int | None]] = Registry()
OVER = "Bằng khen: {count} đơn vị đạt tỷ lệ phiếu, nhiều hơn mức được đề nghị ({limit})."
EQUAL = "{names} cùng được {votes} phiếu ở mức cuối, chỉ còn {seats} Bằng khen."


def limit_of(ballot: Ballot) -> int | None:
    """How many certificates the year may propose; None for a vote on none, or where unknown."""
    if not any(line.award == AskedAward.CERTIFICATE for line in ballot.votes):
        return None
    # One page asks several times about one count.
    if "certificate_limit" not in vars(ballot):
        year = ballot.conference.bloc_year
        found = (one for told in LIMITS if (one := told(year)) is not None)
        ballot.certificate_limit = next(found, None)
    return ballot.certificate_limit


def certificates_beyond(ballot: Ballot, enough: Collection[Key] | None = None) -> Beyond | None:
    """The certificates that a vote gave beyond the limit of the year; None where it kept to it.

    With `enough`, the keys of the lines with enough votes, those to whom it could give one.
    """
    votes = {
        line.unit_id: line.votes_for
        for line in ballot.votes
        if line.award == AskedAward.CERTIFICATE
        and (line.is_chosen if enough is None else line.key in enough)
    }
    limit = limit_of(ballot) if votes else None
    return None if limit is None else beyond_limit(votes, limit)


def beyond_sentences(ballot: Ballot, enough: Collection[Key]) -> tuple[str, ...]:
    """That more certificates were voted than the year may propose, and who is equal at the edge."""
    found = certificates_beyond(ballot, enough)
    if found is None:
        return ()
    over = OVER.format(count=two_digits(found.count), limit=two_digits(found.limit))
    return tuple(filter(None, (over, edge_sentence(ballot, found))))


def edge_sentence(ballot: Ballot, found: Beyond) -> str:
    """Between whom the votes leave the last certificates open; empty where they do not."""
    if not found.equal:
        return ""
    names = [
        line.unit.name
        for line in ballot.votes
        if line.award == AskedAward.CERTIFICATE and line.unit_id in found.equal
    ]
    return EQUAL.format(
        names=", ".join(names), votes=two_digits(found.votes), seats=two_digits(found.seats)
    )
