"""The days on which a report came in, as the rule on late papers counts them."""

from datetime import date, datetime, time

from django.utils import timezone

from blocs.reports.models.reports import Report
from blocs.scoring import LateRule
from blocs.scoring.ranking.workdays import WorkCalendar, add_workdays
from blocs.states import OPEN_STATES
from blocs.years.models.amendments import LATENESS
from blocs.years.models.regulation import regulation_of
from blocs.years.models.years import BlocYear
from thidua.common.changes import change_of
from thidua.common.vietnamese.dates import day_in_vietnam
from thidua.papers.signed_copies import signed_words

MARK = {True: "chậm hạn", False: "đúng hạn"}


def submission_days(
    report: Report, late: LateRule | None, calendar: WorkCalendar
) -> tuple[date, ...]:
    """The days as of which the first and the last submission count; none before the first.

    What comes after the hour of the deadline counts as of the next day, the next working day where
    the rule counts those.
    """
    times = (report.first_submitted_at, report.submitted_at)
    return tuple(sorted({_counted(report, time, late, calendar) for time in times if time}))


def _counted(
    report: Report, moment: datetime, late: LateRule | None, calendar: WorkCalendar
) -> date:
    day, deadline = day_in_vietnam(moment), report.bloc_year.deadline("report_due")
    if deadline is None or deadline.counted_day(moment) == day:
        return day
    if late and late.in_working_days:
        return add_workdays(day, 1, calendar)
    return deadline.counted_day(moment)


def sent_words(moment: datetime, *, tells_hour: bool = True) -> str:
    """«14:05 14/12/2026»; what was sent in as a paper signed by hand names no hour."""
    is_on_paper = timezone.localtime(moment).time() == time()
    return signed_words(moment, is_on_paper=is_on_paper, tells_hour=tells_hour)


def copy_words(report: Report) -> str:
    """The paper by which the report was sent in, and which of its days says whether it is late."""
    return f"{report.copy.words}; đúng hạn hay chậm hạn tính theo ngày ký" if report.copy else ""


def is_late(report: Report) -> bool:
    """Whether the submission that counts came in after the deadline of its year."""
    year, last = report.bloc_year, report.submitted_at
    counts_first = regulation_of(year).counted_submission == "first"
    counted = (report.first_submitted_at or last) if counts_first else last
    deadline = year.deadline("report_due")
    return bool(deadline and counted) and deadline.is_past(counted)


@LATENESS.add
def follow_deadline(bloc_year: BlocYear) -> list[dict]:
    """The marks «chậm hạn» follow a moved deadline until the points of a sheet are agreed."""
    found = []
    sent = bloc_year.reports.exclude(submitted_at=None).exclude(state__in=OPEN_STATES)
    for report in sent.select_related("unit").order_by("pk"):
        report.bloc_year = bloc_year
        before, report.is_late = report.is_late, is_late(report)
        if report.is_late != before:
            report.save(update_fields=("is_late",))
            found += change_of(f"báo cáo của {report.unit}", MARK[before], MARK[report.is_late])
    return found
