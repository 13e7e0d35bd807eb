from blocs.years.models.amendments import RulesAmendment, RulesReading
from blocs.years.models.awards import AwardKind
from blocs.years.models.changes import MemberChange, MemberChangeReading
from blocs.years.models.leaderships import Leadership
from blocs.years.models.registrations import Registration
from blocs.years.models.regulation import Regulation
from blocs.years.models.rule_bases import RuleBasis
from blocs.years.models.work_calendar import Holiday, YearCalendar
from blocs.years.models.years import BlocYear, YearMember

__all__ = [
    "AwardKind",
    "BlocYear",
    "Holiday",
    "Leadership",
    "MemberChange",
    "MemberChangeReading",
    "Registration",
    "Regulation",
    "RuleBasis",
    "RulesAmendment",
    "RulesReading",
    "YearCalendar",
    "YearMember",
]
