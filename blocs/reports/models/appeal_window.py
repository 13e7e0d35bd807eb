"""The working days of the office's calendar, and until when a unit may object to its points."""

from dataclasses import dataclass
from datetime import date

from blocs.reports.models.reports import Report
from blocs.scoring.ranking.workdays import add_workdays, day_in_vietnam, left_words
from blocs.states import ReportState
from blocs.years.models.regulation import regulation_of
from blocs.years.models.work_calendar import work_calendar


@dataclass(frozen=True)
class AppealWindow:
    """Until when objections are taken: `last_on` inclusive, `words` how much is left of it."""

    last_on: date
    is_open: bool
    words: str


def appeal_window(report: Report, today: date) -> AppealWindow | None:
    """The window of a report; None where the regulation names no days or nothing is appraised."""
    days = regulation_of(report.bloc_year).appeal_days
    if not days or report.appraised_at is None:
        return None
    calendar = work_calendar()
    last_on = add_workdays(day_in_vietnam(report.appraised_at), days, calendar)
    return AppealWindow(last_on, today <= last_on, left_words(today, last_on, calendar))


# Points may still move: appraised, and not yet agreed by the conference.
OBJECTABLE = (ReportState.APPRAISED, ReportState.EXPLAINED)
