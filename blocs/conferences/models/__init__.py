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
]
