"""The ways from a report to its several appraisers."""

from django.urls import reverse

from blocs.reports.models.assignments import MARKABLE
from blocs.states import PRIVATE_STATES
from blocs.units.models.seats import standing_of


def marking_pages(report, user):
    """Where the person marks this sheet, and where all marks stand side by side; one query."""
    if report.state in PRIVATE_STATES or not user.has_perm("appraisal.view_marks", report):
        return []
    assignments = list(report.assignments.all())
    units = standing_of(user).units
    found = [
        ("Chấm bảng điểm này", reverse("appraisal:mark_edit", args=(one.pk,)))
        for one in assignments
        if one.unit_id in units and not one.done_at and report.state in MARKABLE
    ]
    if assignments:
        url = reverse("appraisal:marks_table", args=(report.pk,))
        found.append(("Điểm của các đơn vị chấm", url))
    return found
