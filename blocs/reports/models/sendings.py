"""A report between unit and bloc: what was sent, and whether anybody has worked on it since."""

from datetime import datetime

from django.db.models import Min

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

    None while nobody has; what was given before the last sending does not count.
    """
    since = report.submitted_at
    if since is None:
        return None
    points = report.scores.filter(appraised_points__isnull=False, saved_at__gt=since)
    marks = report.assignments.filter(marks__saved_at__gt=since)
    found = (
        points.aggregate(at=Min("saved_at"))["at"],
        marks.aggregate(at=Min("marks__saved_at"))["at"],
        report.corrections.filter(asked_at__gt=since).aggregate(at=Min("asked_at"))["at"],
        report.corrections.filter(checked_at__gt=since).aggregate(at=Min("checked_at"))["at"],
    )
    return min((moment for moment in found if moment), default=None)
