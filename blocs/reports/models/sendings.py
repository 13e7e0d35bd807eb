"""A report between unit and bloc: what was sent, and whether anybody has worked on it since."""

from datetime import datetime

from blocs.reports.domain.sheet_versions import fingerprint
from blocs.reports.models.reports import Report
from blocs.reports.models.sheets import read_sheet
from blocs.reports.models.versions import frozen_rows

NARRATIVE = ("results", "movements", "shortcomings")
# What appraisers write into a row; the rest of it is the unit's own.
OF_APPRAISERS = ("given", "reason")


def content_stamp(report: Report) -> str:
    """A stamp of all that the unit can change: the answers, notes and files, and the narrative."""
    rows = [
        {name: value for name, value in row.items() if name not in OF_APPRAISERS}
        for row in frozen_rows(read_sheet(report))
    ]
    return fingerprint([*rows, {name: getattr(report, name) for name in NARRATIVE}])


def work_began_at(report: Report) -> datetime | None:
    """When the bloc first worked on what was sent last: points, a mark, a correction asked for.

    None while nobody has; what was given before the last sending does not count. One query.
    """
    since = report.submitted_at
    if since is None:
        return None
    given = report.scores.filter(appraised_points__isnull=False, saved_at__gt=since)
    others = (
        report.assignments.filter(marks__saved_at__gt=since).values_list("marks__saved_at"),
        report.corrections.filter(asked_at__gt=since).values_list("asked_at"),
        report.corrections.filter(checked_at__gt=since).values_list("checked_at"),
    )
    found = given.values_list("saved_at", flat=True).union(*(rows.order_by() for rows in others))
    return found.order_by("saved_at").first()
