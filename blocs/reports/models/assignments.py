"""Who has to appraise which sheet."""

from collections.abc import Iterable

from django.db import models

from blocs.criteria.models.criteria import CompetentBody
from blocs.reports.models.reports import Report
from blocs.states import PRIVATE_STATES, AppraisalMode, ReportState
from blocs.units.models.names import named_reference
from blocs.units.models.seats import standing_of
from blocs.units.models.units import Unit
from blocs.years.models.regulation import regulation_of
from blocs.years.models.years import BlocYear
from thidua.common.fields import author


class Assignment(models.Model):
    """A unit that has to mark one sheet in one round; its marks count once it is done."""

    report = models.ForeignKey(
        Report, models.CASCADE, related_name="assignments", verbose_name="báo cáo năm"
    )
    unit = named_reference(
        Unit, "đơn vị chấm", related_name="assignments", day_by="report.bloc_year"
    )
    round = models.PositiveSmallIntegerField("vòng", default=1)
    done_at = models.DateTimeField("chấm xong lúc", null=True, blank=True)
    done_by = author("người xác nhận", optional=True)

    class Meta:
        verbose_name = "phân công chấm điểm"
        verbose_name_plural = "phân công chấm điểm"
        ordering = ("round", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("report", "unit", "round"),
                name="assignment_once_per_round",
                violation_error_message="Đơn vị đã được phân công chấm bảng điểm này.",
            ),
        )

    def __str__(self):
        return f"{self.unit} chấm {self.report}"

    @property
    def bloc_year(self):
        return self.report.bloc_year


MARKABLE = (ReportState.SUBMITTED,)


def due_to(user):
    """Assignments of the person's units in all sheets, also those not sent in yet."""
    found = Assignment.objects.filter(unit__in=standing_of(user).units)
    return found.exclude(report__unit__in=standing_of(user).units).select_related(
        "unit",
        "done_by",
        "report__unit",
        "report__table",
        "report__bloc_year__bloc",
    )


def marked_reports(user) -> frozenset[int]:
    """Ids of the sheets that the person's units mark as a whole; one query for each user object."""
    units = standing_of(user).units
    if not units:
        return frozenset()
    if user.whole_sheets is None:
        user.whole_sheets = frozenset(Report.objects.marked_by(units).values_list("pk", flat=True))
    return user.whole_sheets


def mode_of(bloc_year: BlocYear) -> str:
    """How sheets of the year are appraised; by the head where nothing was set."""
    mode: str = regulation_of(bloc_year).appraisal_mode
    return mode


def assignments_of(report: Report) -> list[Assignment]:
    """All assignments of a sheet with their units, round by round."""
    found = report.assignments.select_related("unit", "done_by")
    return list(found.order_by("round", "unit__name", "pk"))


def in_round(assignments: Iterable[Assignment], number: int) -> list[Assignment]:
    return [one for one in assignments if one.round == number]


def last_round(assignments: Iterable[Assignment]) -> int:
    """The number of the newest round; 0 where nobody was assigned."""
    return max((one.round for one in assignments), default=0)


def undone(assignments: Iterable[Assignment]) -> list[Assignment]:
    return [one for one in assignments if one.done_at is None]


def proves_to_body(user, evidence) -> bool:
    """Whether a file proves a leaf that one of the person's units marks as a competent body."""
    units = standing_of(user).units
    bodies = CompetentBody.objects.filter(
        unit__in=units, bloc_year__regulation__appraisal_mode=AppraisalMode.BODIES
    )
    return any(
        evidence.scores.filter(
            report__bloc_year=body.bloc_year_id,
            report__assignments__unit=body.unit_id,
            criterion__in=body.criteria.all(),
        )
        .exclude(report__state__in=PRIVATE_STATES)
        .exists()
        for body in bodies
    )
