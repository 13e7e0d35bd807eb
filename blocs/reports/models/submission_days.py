"""The days on which a report came in, as the rule on late papers counts them."""

from datetime import date

from blocs.reports.models.reports import Report
from blocs.scoring.ranking.workdays import day_in_vietnam


def submission_days(report: Report) -> tuple[date, ...]:
    """The days in Vietnam of the first and of the last submission; none before the first."""
    times = (report.first_submitted_at, report.submitted_at)
    return tuple(sorted({day_in_vietnam(time) for time in times if time}))
