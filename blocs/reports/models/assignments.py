"""Who has to appraise which sheet."""

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from blocs.criteria.models.criteria import CompetentBody
from blocs.reports.models.reports import Report
from blocs.states import PRIVATE_STATES, AppraisalMode, MemberChangeKind, ReportState
from blocs.units.models.names import named_reference
from blocs.units.models.seats import standing_of
from blocs.units.models.units import Unit
from blocs.years.domain.taking_part import Duty
from blocs.years.models.changes import MemberChange
from blocs.years.models.regulation import regulation_of
from blocs.years.models.years import BlocYear, YearMember
from thidua.common.fields import author

ENDING = (MemberChangeKind.DISSOLVED, MemberChangeKind.MERGED)


def may_mark(day: date, year: str, unit: str) -> Q:
    """SQL: whether a unit may mark sheets of a year on that day; both are paths of the outer query.

    A member while it takes part; a competent body as long as it exists, member or not.
    """
    of_year = {"bloc_year": OuterRef(year), "unit": OuterRef(unit)}
    inside = YearMember.objects.filter(**of_year).owing(Duty.SIT, day)
    ended = MemberChange.objects.filter(**of_year, kind__in=ENDING, on__lte=day, cancelled_by=None)
    stands = Q(**{f"{unit}__dissolved_on": None}) | Q(**{f"{unit}__dissolved_on__gt": day})
    is_body = Q(**{f"{year}__regulation__appraisal_mode": AppraisalMode.BODIES})
    return stands & (Q(Exists(inside)) | (is_body & ~Exists(ended)))


class AssignmentQuerySet(models.QuerySet):
    """Tells by `may_mark` whether the unit may still mark today; what it finished stays."""

    def told(self):
        today = timezone.localdate()
        able = may_mark(today, "report__bloc_year", "unit")
        return self.annotate(
            may_mark=models.ExpressionWrapper(able, output_field=models.BooleanField())
        )

    def counting(self):
        """Without those that lapsed: not done, and their unit may mark no more."""
        return self.told().filter(Q(done_at__isnull=False) | Q(may_mark=True))

    def waiting(self):
        """Those to mark now."""
        return self.told().filter(done_at=None, may_mark=True, report__state__in=MARKABLE)

    def lapsed(self):
        return self.told().filter(done_at=None, may_mark=False)


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

    objects = AssignmentQuerySet.as_manager()

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
    """Assignments of the person's units in all sheets, also those not sent in yet, and lapsed ones.

    Who left reads on what it marked.
    """
    found = Assignment.objects.told().filter(unit__in=standing_of(user).units)
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
    """The assignments of a sheet that count, with their units, round by round.

    Whoever left before it had finished is not waited for, and what it had begun does not count.
    """
    found = report.assignments.counting().select_related("unit", "done_by")
    return list(found.order_by("round", "unit__name", "pk"))


def lapsed_of(report: Report) -> list[Assignment]:
    """Assignments of units that left before they had finished."""
    return list(report.assignments.lapsed().select_related("unit").order_by("unit__name", "pk"))


def newest(assignments: Iterable[Assignment]) -> list[Assignment]:
    """Those of the newest round of each sheet."""
    rows = list(assignments)
    last: dict[int, int] = {}
    for one in rows:
        last[one.report_id] = max(one.round, last.get(one.report_id, 0))
    return [one for one in rows if one.round == last[one.report_id]]


NOBODY = "Chưa phân công đơn vị chấm bảng điểm này."
NOBODY_LEFT = (
    "Các đơn vị được phân công chấm bảng điểm này đều không còn tham gia: {names}. Đơn vị đứng đầu "
    "chọn đơn vị khác ở trang Phân công chấm điểm; điểm đã chấm xong giữ nguyên."
)


NOBODY_NEXT = (
    "Các đơn vị chấm vòng {number} đều không còn tham gia nên không mở được vòng sau. Đơn vị đứng "
    "đầu chọn đơn vị khác ở trang Phân công chấm điểm để chấm tiếp; điểm đã chấm xong giữ nguyên."
)


def waits_for_others(assignments: Iterable[Assignment], rounds: int) -> bool:
    """Whether a sheet goes on only with other units: all who marked its newest round have left.

    Of a year with so many `rounds`; asked of its assignments as `told` reads them, those who left
    unfinished among them. What somebody finished in the last round is enough.
    """
    rows = list(assignments)
    number = last_round(rows)
    last = in_round(rows, number)
    if not last or any(one.may_mark for one in last):
        return False
    return number < rounds or not any(one.done_at for one in last)


def next_round_refusals(assignments: Iterable[Assignment]) -> list[str]:
    """Why those who marked the newest round cannot be asked for another, and who chooses others."""
    rows = list(assignments)
    number = last_round(rows)
    if any(one.may_mark for one in in_round(rows, number)):
        return []
    return [NOBODY_NEXT.format(number=number)]


def nobody_words(report: Report) -> str:
    """Why nobody marks the sheet: nobody was asked, or all who were have left."""
    names = "; ".join(dict.fromkeys(one.unit.name for one in lapsed_of(report)))
    return NOBODY_LEFT.format(names=names) if names else NOBODY


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
