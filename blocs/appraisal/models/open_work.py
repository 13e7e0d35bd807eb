"""What has been marked and is not completed: it holds who appraises, and a new round clears it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q
from django.utils import timezone

from blocs.appraisal.models.marks import Mark
from blocs.reports.models.corrections import Correction
from blocs.reports.models.reports import Report, Score
from blocs.states import ReportState
from blocs.years.models.frozen_rules import FIRST_MARKS
from blocs.years.models.regulation import regulation_of
from blocs.years.models.years import BlocYear

# Sheets whose appraisal is not completed.
OPEN = (ReportState.DRAFT, ReportState.SUBMITTED, ReportState.RETURNED)


@dataclass(frozen=True)
class OpenWork:
    """What was begun at one sheet: (name of the unit, marks), appraised points, leaves asked for.

    `asked` are requests for corrections that the unit has not got yet or nobody has looked at
    again.
    """

    report: Report
    marks: tuple[tuple[str, int], ...]
    points: int
    asked: int

    @property
    def words(self) -> str:
        """«12 điểm chấm của Sở A; 3 điểm thẩm định; 1 yêu cầu sửa»."""
        found = [f"{count:02d} điểm chấm của {name}" for name, count in self.marks]
        if self.points:
            found.append(f"{self.points:02d} điểm thẩm định")
        if self.asked:
            found.append(f"{self.asked:02d} yêu cầu sửa tiêu chí")
        return "; ".join(found)


def open_work(bloc_year: BlocYear) -> list[OpenWork]:
    """The sheets of a year with work that a new round would clear, in the order of their units."""
    reports = list(bloc_year.reports.filter(state__in=OPEN).select_related("unit"))
    marks: dict[int, list[tuple[str, int]]] = {}
    given = Mark.objects.filter(assignment__report__in=reports).order_by("assignment__unit__name")
    for pk, name, count in given.values_list(
        "assignment__report", "assignment__unit__name"
    ).annotate(count=Count("pk")):
        marks.setdefault(pk, []).append((name, count))
    points = _counts(Score.objects.filter(report__in=reports, appraised_points__isnull=False))
    asked = _counts(Correction.objects.filter(report__in=reports, checked_at=None))
    found = [
        OpenWork(one, tuple(marks.get(one.pk, ())), points.get(one.pk, 0), asked.get(one.pk, 0))
        for one in sorted(reports, key=lambda one: (one.unit.name, one.pk))
    ]
    return [work for work in found if work.words]


def _counts(rows) -> dict[int, int]:
    found = rows.order_by().values_list("report").annotate(count=Count("pk"))
    return dict(found)


def has_begun(report: Report) -> bool:
    """Whether somebody has marked this sheet or given it points."""
    is_marked = Mark.objects.filter(assignment__report=report).exists()
    return is_marked or report.scores.filter(appraised_points__isnull=False).exists()


@FIRST_MARKS.add
def first_mark(bloc_year: BlocYear) -> datetime | None:
    """The first mark or point of a year since its way of appraising was last changed."""
    since = regulation_of(bloc_year).appraised_from
    points = Score.objects.filter(report__bloc_year=bloc_year, appraised_points__isnull=False)
    marks = Mark.objects.filter(assignment__report__bloc_year=bloc_year)
    found: list[datetime | None] = []
    for rows in (marks, points):
        late = rows.filter(Q(saved_at__gt=since) | Q(saved_at=None)) if since else rows
        if late.exists():
            found.append(late.aggregate(at=Min("saved_at"))["at"] or timezone.now())
    return min((at for at in found if at), default=None)


def work_words(work: Iterable[OpenWork]) -> dict[str, str]:
    """What a new round clears, by the unit of the sheet: what a page has shown."""
    return {one.report.unit.name: one.words for one in work}
