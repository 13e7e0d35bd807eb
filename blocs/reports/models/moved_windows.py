"""What another calendar of working days would change: windows of objection, days of lateness."""

from collections.abc import Iterator

from blocs.reports.models.appeal_window import OBJECTABLE, last_day_of_appeal
from blocs.reports.models.reports import Report
from blocs.reports.models.submission_days import submission_days
from blocs.scoring.ranking.lateness import lateness
from blocs.scoring.ranking.workdays import WorkCalendar
from blocs.states import YearState
from blocs.years.models.frozen_rules import is_signed
from blocs.years.models.regulation import regulation_of
from blocs.years.models.work_calendar import WINDOWS
from thidua.common.vietnamese.dates import short_date


@WINDOWS.add
def moved_in_reports(before: WorkCalendar, after: WorkCalendar) -> Iterator[str]:
    """The windows that end on another day, and the reports that would be late for other days.

    What the signed minutes hold moves no more.
    """
    joined = ("unit", "bloc_year__bloc", "bloc_year__regulation", "bloc_year__conference")
    running = Report.objects.exclude(bloc_year__state=YearState.ARCHIVED).select_related(*joined)
    for report in running.order_by("bloc_year__bloc__order", "bloc_year", "unit__name", "pk"):
        if is_signed(report.bloc_year):
            continue
        where = f"{report.unit.name} – {report.bloc_year}"
        if report.state in OBJECTABLE:
            old, new = (last_day_of_appeal(report, calendar) for calendar in (before, after))
            if old and new and old != new:
                days = f"{short_date(old)} thành {short_date(new)}"
                yield f"{where}: thời hạn kiến nghị từ hết ngày {days}."
        old_days, new_days = (late_days(report, calendar) for calendar in (before, after))
        if old_days != new_days:
            yield f"{where}: nộp chậm từ {old_days} thành {new_days} ngày làm việc."


def late_days(report: Report, calendar: WorkCalendar) -> int:
    """Working days that the report is late; 0 where none are counted or it has not come in."""
    rule = regulation_of(report.bloc_year).late_rule
    if rule is None or not rule.in_working_days:
        return 0
    if not (days := submission_days(report, rule, calendar)):
        return 0
    return lateness(days, rule, days[-1], calendar.off, calendar.worked).days
