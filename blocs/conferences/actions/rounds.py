"""Which round of a vote may be written: the last one, or the next where a question is open."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from blocs.conferences.models.ballots import Ballot
from blocs.conferences.models.conferences import Conference
from blocs.conferences.models.counting import left_open
from blocs.conferences.workflows import ballot_title
from blocs.years.models import BlocYear

LATER_ROUND = (
    "Đã có kết quả lần {last} nên không sửa lần {number} được; muốn sửa thì xóa lần {last} trước."
)
NOT_YET = "Chưa đến lần bỏ phiếu này; lần tiếp theo là lần {number}."
SETTLED = "Kết quả lần {number} đã phân định, không bỏ phiếu lại."


@dataclass(frozen=True)
class LineEntry:
    """Votes on one unit as typed; without `votes_against` the rest of the papers was against.

    `award` is the code of an award of the catalogue, or the sort where none is named. `reason` says
    why the conference votes on a unit that is dissolved, set aside, held or excluded.
    """

    unit_id: int
    votes_for: int
    votes_against: int | None = None
    award: str = ""
    is_decided: bool = False
    reason: str = ""


def round_title(ballot: Ballot, year: BlocYear) -> str:
    """«bầu khối trưởng lần 2»; the first round is not numbered."""
    turn = f" lần {ballot.number}" if ballot.number > 1 else ""
    return f"{ballot_title(ballot.kind, year.bloc)}{turn}"


def check_round(
    conference: Conference, rounds: Sequence[Ballot], number: int, lines: Sequence[LineEntry]
) -> Ballot | None:
    """The stored count of this round, if there is one; refused where it may not be written."""
    if number < len(rounds):
        raise ValidationError(LATER_ROUND.format(number=number, last=len(rounds)))
    if number > len(rounds) + 1:
        raise ValidationError(NOT_YET.format(number=len(rounds) + 1))
    if number > 1:
        check_candidates(conference, rounds[number - 2], lines)
    return rounds[number - 1] if number == len(rounds) else None


def check_candidates(conference: Conference, last: Ballot, lines: Sequence[LineEntry]) -> None:
    """A next round needs an open question and stands between those whom the rule leaves."""
    questions, units = left_open(conference, last)
    if not questions or last.decision:
        raise ValidationError(SETTLED.format(number=last.number))
    names = "; ".join(row.unit.name for row in conference.roll if row.unit_id in units)
    faults = {
        f"u{line.unit_id}": f"Lần {last.number + 1} chỉ bỏ phiếu giữa: {names}."
        for line in lines
        if units and line.unit_id not in units
    }
    if faults:
        raise ValidationError(faults)
