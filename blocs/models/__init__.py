from blocs.appraisal.models.conflicts import ScoringConflict
from blocs.appraisal.models.marks import Appeal, Mark
from blocs.conferences.models.conferences import (
    AgendaItem,
    Attendance,
    Ballot,
    BallotLine,
    Conference,
)
from blocs.criteria.models.bodies import CompetentBody
from blocs.criteria.models.criteria import AmendmentReading, Criterion, ScoringTable
from blocs.ranking.models.grounds import Ground
from blocs.reports.models.assignments import Assignment
from blocs.reports.models.corrections import Flag
from blocs.reports.models.evidence import Evidence
from blocs.reports.models.reports import Report, Score
from blocs.reports.models.versions import SheetVersion
from blocs.units.models.blocs import Bloc, Membership
from blocs.units.models.seats import Seat
from blocs.units.models.units import Unit, UnitSuccession
from blocs.years.models.registrations import Registration
from blocs.years.models.regulation import Regulation
from blocs.years.models.work_calendar import Holiday
from blocs.years.models.years import BlocYear, YearMember

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
    "Regulation",
    "Report",
    "Score",
    "ScoringConflict",
    "ScoringTable",
    "Seat",
    "SheetVersion",
    "Unit",
    "UnitSuccession",
    "YearMember",
]
