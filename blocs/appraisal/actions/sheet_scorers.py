"""The appraisers of one sheet: asked, withdrawn, replaced where one left before it had finished."""

from collections.abc import Collection, Iterable

from django.core.exceptions import ValidationError

from blocs.appraisal.models.open_work import has_begun
from blocs.reports.models import Assignment, Report
from blocs.reports.models.assignments import last_round, newest
from blocs.units.models import Unit
from blocs.years.models.regulation import regulation_of

OWN_SHEET = "“{unit}” không được chấm bảng điểm của chính mình."
DONE = "“{scorer}” đã chấm xong bảng điểm của “{unit}” nên không bỏ phân công được."
LATER_ROUND = "Bảng điểm của “{unit}” đã mở vòng sau nên không đổi người chấm."
BEGUN = (
    "Bảng điểm của “{unit}” đã có điểm chấm nên không đổi người chấm. Muốn đổi, hãy kết thúc vòng "
    "chấm của bảng điểm này, nêu lý do."
)


def assign_sheet(report: Report, wanted: set[int]) -> dict | None:
    """Add and withdraw appraisers of one sheet; what changed, for the log book.

    Who finished and left stays. For one who left unfinished another may be asked at any time; that
    ends what it had begun. Where all have finished and left, others are asked for the next round.
    """
    if report.unit_id in wanted:
        raise ValidationError(OWN_SHEET.format(unit=report.unit.name))
    told = report.assignments.told().select_related("unit").order_by("unit__name", "pk")
    rows = newest(told)
    lapsed = [one for one in rows if not one.done_at and not one.may_mark]
    now = {one.unit_id: one for one in rows if one not in lapsed}
    kept = {pk for pk, one in now.items() if not one.may_mark}
    wanted = (wanted | kept) - {one.unit_id for one in lapsed}
    if now.keys() == wanted:
        return None
    gone, added = [one for pk, one in now.items() if pk not in wanted], wanted - now.keys()
    number = next_round(rows)
    if not number and (gone or len(added) > len(lapsed)):
        _refuse_change(report, gone, last_round(rows))
    Assignment.objects.filter(pk__in=[one.pk for one in (*gone, *lapsed)]).delete()
    number = number or max(last_round(rows), 1)
    Assignment.objects.bulk_create(
        Assignment(report=report, unit_id=pk, round=number) for pk in sorted(added)
    )
    return {
        "field": f"đơn vị chấm bảng điểm của {report.unit.name}",
        "before": _names([*now.values(), *lapsed]),
        "after": "; ".join(Unit.objects.filter(pk__in=wanted).values_list("name", flat=True)),
    }


def next_round(rows: Collection[Assignment]) -> int:
    """The round for which others are asked, where all who finished the newest have left; else 0.

    Of one sheet, as `told` reads its newest round. 0, too, where the year has no round more.
    """
    if not rows or not all(one.done_at and not one.may_mark for one in rows):
        return 0
    number, report = last_round(rows), next(iter(rows)).report
    return number + 1 if number < regulation_of(report.bloc_year).rounds else 0


def _refuse_change(report: Report, gone: Iterable[Assignment], number: int) -> None:
    """Who marks a sheet changes until somebody has marked it."""
    if number > 1:
        raise ValidationError(LATER_ROUND.format(unit=report.unit.name))
    for one in gone:
        if one.done_at:
            raise ValidationError(DONE.format(scorer=one.unit.name, unit=report.unit.name))
    if has_begun(report):
        raise ValidationError(BEGUN.format(unit=report.unit.name))


def _names(rows: Iterable[Assignment]) -> str:
    return "; ".join(one.unit.name for one in rows)
