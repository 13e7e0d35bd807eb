from blocs.models.appraisals import Appeal, Assignment, Flag, Mark, SheetVersion
from blocs.models.blocs import Bloc, Membership
from blocs.models.conferences import AgendaItem, Attendance, Ballot, BallotLine, Conference
from blocs.models.conflicts import ScoringConflict
from blocs.models.criteria import AmendmentReading, Criterion, ScoringTable
from blocs.models.evidence import Evidence
from blocs.models.registrations import Registration
from blocs.models.reports import Report, Score
from blocs.models.scoring_rules import CompetentBody, Ground, Holiday, ScoringRules
from blocs.models.seats import Seat
from blocs.models.units import Unit, UnitSuccession
from blocs.models.years import BlocYear, YearMember, YearRules

__all__ = [
    "AgendaItem",
    "AmendmentReading",
    "Appeal",
    "Assignment",
    "Attendance",
    "Ballot",
    "BallotLine",
    "Bloc",
    "BlocYear",
    "CompetentBody",
    "Conference",
    "Criterion",
    "Evidence",
    "Flag",
    "Ground",
    "Holiday",
    "Mark",
    "Membership",
    "Registration",
    "Report",
    "Score",
    "ScoringConflict",
    "ScoringRules",
    "ScoringTable",
    "Seat",
    "SheetVersion",
    "Unit",
    "UnitSuccession",
    "YearMember",
    "YearRules",
]
