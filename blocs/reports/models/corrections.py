"""Leaves that the unit was asked to correct: which ones, by whom, and whether they were looked at.

A correction is asked while the report is in, goes to the unit when it is returned, is answered
by the next submission, and is settled when the body that asked has looked again.
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from blocs.criteria.models.criteria import Criterion
from blocs.reports.models.assignments import assignments_of, in_round, last_round, may_mark
from blocs.reports.models.reports import Report
from blocs.states import ReportState
from blocs.units.models.names import named_reference
from blocs.units.models.units import Unit
from thidua.common.fields import author


class Correction(models.Model):
    """A leaf to be corrected: while it is open, only it may be changed in a returned report."""

    report = models.ForeignKey(
        Report, models.CASCADE, related_name="corrections", verbose_name="báo cáo năm"
    )
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, related_name="corrections", verbose_name="tiêu chí"
    )
    asked_by_unit = named_reference(
        Unit, "đơn vị yêu cầu", optional=True, day_by="report.bloc_year"
    )
    asked_by = author("người yêu cầu")
    reason = models.TextField("yêu cầu sửa")
    asked_at = models.DateTimeField("yêu cầu lúc")
    answered_at = models.DateTimeField("nộp lại lúc", null=True, blank=True)
    checked_at = models.DateTimeField("kiểm tra lại lúc", null=True, blank=True)

    class Meta:
        verbose_name = "yêu cầu sửa tiêu chí"
        verbose_name_plural = "yêu cầu sửa tiêu chí"
        ordering = ("asked_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("report", "criterion"),
                condition=Q(answered_at=None),
                name="correction_open_once_per_leaf",
                violation_error_message="Tiêu chí này đang được yêu cầu sửa.",
            ),
        )

    def __str__(self):
        return f"Yêu cầu sửa {self.criterion}"


def corrections_of(report: Report) -> list[Correction]:
    """Every correction of a report, oldest first; read once for the object."""
    if report.known_corrections is None:
        found = report.corrections.select_related("criterion", "asked_by_unit", "asked_by")
        report.known_corrections = list(found.order_by("asked_at", "pk"))
    return report.known_corrections


def open_corrections(report: Report) -> list[Correction]:
    return [correction for correction in corrections_of(report) if correction.answered_at is None]


def unchecked_corrections(report: Report) -> list[Correction]:
    """Corrections that were answered and wait for the body that asked."""
    return [
        correction
        for correction in corrections_of(report)
        if correction.answered_at and not correction.checked_at
    ]


def limited_to(report: Report) -> frozenset[int] | None:
    """Criteria that may be changed in a report returned with corrections; None: no limit."""
    if report.state != ReportState.RETURNED:
        return None
    return frozenset(correction.criterion_id for correction in open_corrections(report)) or None


def assigned_units(report: Report) -> frozenset[int]:
    """Units that have to appraise this sheet, or some leaves of every sheet of its year."""
    marking = report.assignments.told().filter(may_mark=True).values_list("unit_id", flat=True)
    able = may_mark(timezone.localdate(), "bloc_year", "unit")
    bodies = report.bloc_year.bodies.filter(able).values_list("unit_id", flat=True)
    return frozenset(marking) | frozenset(bodies)


def reopen_marking(report: Report) -> None:
    """A sheet sent in again is looked at again: by who asked for corrections, else by everybody."""
    askers = {correction.asked_by_unit_id for correction in open_corrections(report)}
    assignments = assignments_of(report)
    for one in in_round(assignments, last_round(assignments)):
        if one.done_at and one.may_mark and (not askers or one.unit_id in askers):
            one.done_at, one.done_by = None, None
            one.save(update_fields=("done_at", "done_by"))


ASKABLE = (ReportState.SUBMITTED,)
