from blocs.models.blocs import Bloc, Membership
from blocs.models.conferences import AgendaItem, Attendance, Ballot, BallotLine, Conference
from blocs.models.criteria import Criterion, ScoringTable
from blocs.models.registrations import Registration
from blocs.models.reports import Evidence, Report, Score
from blocs.models.seats import Seat
from blocs.models.units import Unit, UnitSuccession
from blocs.models.years import BlocYear, YearMember, YearRules

__all__ = [
    "AgendaItem",
    "Attendance",
    "Ballot",
    "BallotLine",
    "Bloc",
    "BlocYear",
    "Conference",
    "Criterion",
    "Evidence",
    "Membership",
    "Registration",
    "Report",
    "Score",
    "ScoringTable",
    "Seat",
    "Unit",
    "UnitSuccession",
    "YearMember",
    "YearRules",
]
