"""A round of marks is ended before its time, because who appraises, or how, has to change."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from blocs.appraisal.models.marks import Mark
from blocs.appraisal.models.open_work import OpenWork, open_work, work_words
from blocs.reports.actions.reports import locked as locked_report
from blocs.reports.models import Report
from blocs.reports.models.sheets import read_sheet
from blocs.years.actions.years import locked
from blocs.years.models import BlocYear
from blocs.years.models.frozen_rules import marked_since
from blocs.years.models.regulation import Regulation
from thidua.accounts.models import User
from thidua.common.activity import record
from thidua.common.permissions import require
from thidua.common.stamps import refuse_overtaken
from thidua.common.vietnamese.numbers import format_input, two_digits
from thidua.common.vietnamese.text import plain_lines

NO_REASON = "Vui lòng nêu lý do kết thúc vòng chấm."
NOT_BEGUN = "Chưa có điểm nào được chấm nên không cần kết thúc vòng chấm; hãy sửa phân công."
FOREIGN = "Có bảng điểm không còn điểm đang chấm dở. Vui lòng tải lại trang."


@transaction.atomic
def end_round(
    bloc_year: BlocYear,
    *,
    reports: Collection[int],
    reason: str,
    actor: User,
    seen: str | None = None,
) -> BlocYear:
    """Clear what was begun at these sheets, so that who appraises and how can change.

    Their assignments with all marks, their appraised points and requests for corrections go; what
    they were stays in the log book. Sheets that are appraised keep their points. Where nothing
    begun is left, the rules on appraising open again. Refused without a reason, where nobody has
    marked anything, and where more was marked than `seen` stamps.
    """
    require(actor, "appraisal.assign_appraisers", bloc_year)
    bloc_year = locked(bloc_year)
    reason = plain_lines(reason)
    if not reason:
        raise ValidationError({"reason": NO_REASON})
    if marked_since(bloc_year) is None:
        raise ValidationError(NOT_BEGUN)
    work = open_work(bloc_year)
    refuse_overtaken(bloc_year, seen=seen, stored=work_words(work), typed={})
    chosen = [one for one in work if one.report.pk in set(reports)]
    if len(chosen) != len(set(reports)):
        raise ValidationError({"reports": FOREIGN})
    for one in chosen:
        _clear(locked_report(one.report), reason, actor)
    if len(chosen) == len(work):
        Regulation.objects.filter(bloc_year=bloc_year).update(appraised_from=timezone.now())
    _tell(bloc_year, chosen, reason, actor)
    return bloc_year


def _tell(bloc_year: BlocYear, work: list[OpenWork], reason: str, actor: User) -> None:
    changes = [
        {"field": f"bảng điểm của {one.report.unit.name}", "before": one.words, "after": ""}
        for one in work
    ]
    label = f"Kết thúc vòng chấm của {two_digits(len(work))} bảng điểm"
    record(actor, "appraisal.end_round", bloc_year, label=label, note=reason, changes=changes)


def _clear(report: Report, reason: str, actor: User) -> None:
    """Take back everything that was begun at one sheet."""
    # Who is just saving a mark holds the own assignment: what is read next has that mark, too.
    list(report.assignments.select_for_update().order_by("pk"))
    changes = _marks_of(report) + _points_of(report)
    now = timezone.now()
    report.assignments.all().delete()
    for score in report.scores.filter(appraised_points__isnull=False):
        score.appraised_points, score.appraisal_reason, score.appraised_by = None, "", None
        score.revision += 1
        score.saved_by, score.saved_at = actor, now
        score.save()
    report.corrections.filter(answered_at=None).delete()
    report.corrections.filter(checked_at=None).update(checked_at=now)
    report.appraised_total = None
    report.save(update_fields=("appraised_total",))
    record(
        actor,
        "appraisal.end_round",
        report,
        label="Kết thúc vòng chấm, xóa điểm đang chấm dở",
        note=reason,
        changes=changes,
    )


def _marks_of(report: Report) -> list[dict]:
    """Every mark as it was, for the log book."""
    marks = Mark.objects.filter(assignment__report=report, points__isnull=False)
    labels = {row.criterion.pk: row.label for row in read_sheet(report).rows}
    found = marks.select_related("assignment__unit", "criterion").order_by("assignment", "pk")
    return [
        {
            "code": labels.get(mark.criterion_id, ""),
            "name": mark.criterion.name,
            "field": f"điểm của {mark.assignment.unit.name}, vòng {mark.assignment.round}",
            "before": format_input(mark.points),
            "after": "",
        }
        for mark in found
    ]


def _points_of(report: Report) -> list[dict]:
    rows = [row for row in read_sheet(report).rows if row.score]
    return [
        {
            "code": row.label,
            "name": row.criterion.name,
            "field": "điểm thẩm định",
            "before": format_input(row.score.appraised_points),
            "after": "",
        }
        for row in rows
        if row.score.appraised_points is not None
    ]
