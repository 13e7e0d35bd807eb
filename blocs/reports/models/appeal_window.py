"""The working days of the office's calendar, and until when a unit may object to its points."""

from dataclasses import dataclass
from datetime import date

from blocs.reports.models.reports import Report
from blocs.scoring.ranking.workdays import (
    WorkCalendar,
    add_workdays,
    estimate_words,
    left_words,
)
from blocs.states import ReportState
from blocs.years.models.regulation import regulation_of
from blocs.years.models.work_calendar import work_calendar
from thidua.common.vietnamese.dates import day_in_vietnam, moment_words


@dataclass(frozen=True)
class AppealWindow:
    """Until when objections are taken: `last_on` inclusive, `words` how much is left of it.

    The words say where the last day is a guess, because no notice has settled the year yet.
    A unit that says it objects to nothing closes its own window.
    """

    last_on: date
    is_open: bool
    words: str


WAIVED = "đã khép vì đơn vị ghi không kiến nghị lúc {when}"


def appeal_window(
    report: Report, today: date, calendar: WorkCalendar | None = None
) -> AppealWindow | None:
    """The window of a report; None where the regulation names no days or nothing is appraised.

    Whoever asks for many reports reads the `calendar` once.
    """
    if (start := appraised_on(report)) is None:
        return None
    calendar = calendar or work_calendar(start.year, start.year + 1)
    if (last_on := last_day_of_appeal(report, calendar)) is None:
        return None
    if report.waived_at:
        return AppealWindow(last_on, False, WAIVED.format(when=moment_words(report.waived_at)))
    words = left_words(today, last_on, calendar) + estimate_words(start, last_on, calendar)
    return AppealWindow(last_on, today <= last_on, words)


def appraised_on(report: Report) -> date | None:
    """The day in Vietnam on which the appraisal was finished, from which the days run."""
    return day_in_vietnam(report.appraised_at) if report.appraised_at else None


def last_day_of_appeal(report: Report, calendar: WorkCalendar) -> date | None:
    """The last day of the window by this calendar; None where there is no window."""
    days, start = regulation_of(report.bloc_year).appeal_days, appraised_on(report)
    return add_workdays(start, days, calendar) if days and start else None


# Points may still move: appraised, and not yet agreed by the conference.
OBJECTABLE = (ReportState.APPRAISED, ReportState.EXPLAINED)
