from blocs.conferences.models.award_votes import award_votes
from blocs.conferences.models.ballots import Ballot, BallotLine
from blocs.conferences.models.conferences import AgendaItem, Attendance, Conference
from blocs.conferences.models.decided_orders import decided_orders

__all__ = [
    "AgendaItem",
    "Attendance",
    "Ballot",
    "BallotLine",
    "Conference",
    "award_votes",
    "decided_orders",
]
