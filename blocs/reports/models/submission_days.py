"""The days on which a report came in, as the rule on late papers counts them."""

from datetime import date, datetime

from blocs.reports.models.reports import Report
from blocs.scoring import LateRule
from blocs.scoring.ranking.workdays import WorkCalendar, add_workdays, day_in_vietnam


def submission_days(
    report: Report, late: LateRule | None, calendar: WorkCalendar
) -> tuple[date, ...]:
    """The days as of which the first and the last submission count; none before the first.

    What comes after the hour of the deadline counts as of the next day, the next working day where
    the rule counts those.
    """
    times = (report.first_submitted_at, report.submitted_at)
    return tuple(sorted({_counted(report, time, late, calendar) for time in times if time}))


def _counted(
    report: Report, moment: datetime, late: LateRule | None, calendar: WorkCalendar
) -> date:
    day, deadline = day_in_vietnam(moment), report.bloc_year.deadline("report_due")
    if deadline is None or deadline.counted_day(moment) == day:
        return day
    if late and late.in_working_days:
        return add_workdays(day, 1, calendar)
    return deadline.counted_day(moment)
