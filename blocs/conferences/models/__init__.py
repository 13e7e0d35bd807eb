from blocs.conferences.models.award_votes import award_votes
from blocs.conferences.models.conferences import (
    AgendaItem,
    Attendance,
    Ballot,
    BallotLine,
    Conference,
)

__all__ = [
    "AgendaItem",
    "Attendance",
    "Ballot",
    "BallotLine",
    "Conference",
    "award_votes",
]
