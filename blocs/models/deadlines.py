"""The working days of the office's calendar, and until when a unit may object to its points."""

from dataclasses import dataclass
from datetime import date

from blocs.domain.workdays import WorkCalendar, add_workdays, day_in_vietnam, left_words
from blocs.models.reports import Report
from blocs.models.scoring_rules import Holiday, scoring_rules_of


@dataclass(frozen=True)
class AppealWindow:
    """Until when objections are taken: `last_on` inclusive, `words` how much is left of it."""

    last_on: date
    is_open: bool
    words: str


def work_calendar() -> WorkCalendar:
    """Holidays and days worked instead, as the office keeps them; one query."""
    days = list(Holiday.objects.values_list("day", "is_worked"))
    return WorkCalendar(
        off=frozenset(day for day, is_worked in days if not is_worked),
        worked=frozenset(day for day, is_worked in days if is_worked),
    )


def appeal_window(report: Report, today: date) -> AppealWindow | None:
    """The window of a report; None where the regulation names no days or nothing is appraised."""
    days = scoring_rules_of(report.bloc_year).appeal_days
    if not days or report.appraised_at is None:
        return None
    calendar = work_calendar()
    last_on = add_workdays(day_in_vietnam(report.appraised_at), days, calendar)
    return AppealWindow(last_on, today <= last_on, left_words(today, last_on, calendar))
