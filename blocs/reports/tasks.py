"""Reports to write, send in, appraise or answer."""

from django.db.models import F

from blocs.reports.models import Report
from blocs.reports.models.appeal_window import appeal_window
from blocs.reports.models.sheet_basis import waits_for_unit
from blocs.states import TAKING_REPORTS, ReportState, YearState
from blocs.units.models.seats import within
from blocs.years.domain.taking_part import Duty
from blocs.years.models import YearMember
from blocs.years.models.regulation import regulation_of
from blocs.years.tasks import years_named
from thidua.common.deadlines import Deadline
from thidua.common.task_lines import page, returned_label, task
from thidua.common.vietnamese.dates import moment_words

OWN_HANDS = (ReportState.DRAFT, ReportState.RETURNED)
# What the office does where nobody stands beside the head.
STOOD_IN = {
    ReportState.SUBMITTED: "Thẩm định báo cáo",
    ReportState.EXPLAINED: "Trả lời giải trình",
}


def reports_owed(desk):
    """Year and unit of each report that a unit of the person owes today.

    Nobody waits for reports where minutes state the results of the year.
    """
    rows = YearMember.objects.filter(bloc_year__in=desk.years, unit__in=desk.standing.units)
    waited = rows.filter(bloc_year__stated_places=None, bloc_year__stated_counts=None)
    return waited.owing(Duty.REPORT, desk.today).values_list("bloc_year_id", "unit_id")


def report_tasks(desk):
    """Own reports to write or send in; others' to appraise or answer."""
    by_pk = {year.pk: year for year in desk.years}
    found, own, owing = [], set(), set((yield reports_owed(desk)))
    for report in (yield Report.objects.filter(bloc_year__in=by_pk).select_related("unit")):
        year = by_pk[report.bloc_year_id]
        heads = {year.head_id} | year.deputy_ids
        if report.unit_id in desk.standing.leads and waits_for_unit(report):
            label = f"Xác nhận hoặc làm lại bảng điểm theo bảng sửa đổi {year.words}"
            url = page("reports:report_amended", report.pk)
            due = year.deadline("appraisal_due")
            found.append(task(label, url, report.unit.name, due, desk.now))
        if report.unit_id in desk.standing.leads and report.state == ReportState.APPRAISED:
            report.bloc_year = year
            found += objection_tasks(desk, report)
        if report.unit_id in desk.standing.units:
            whose = year.pk, report.unit_id
            own.add(whose)
            is_time = year.state in TAKING_REPORTS and whose in owing
            waits_for_leader = report.put_up_at and report.unit_id not in desk.standing.leads
            if report.state in OWN_HANDS and is_time and not waits_for_leader:
                url = page("reports:report_detail", report.pk)
                found.append(
                    task(
                        own_label(report, year),
                        url,
                        report.unit.name,
                        year.deadline("report_due"),
                        desk.now,
                    )
                )
        elif heads & desk.standing.units and report.state == ReportState.SUBMITTED:
            url = page("reports:report_detail", report.pk)
            label = f"Thẩm định báo cáo của {report.unit.name}"
            found.append(task(label, url, str(year), year.deadline("appraisal_due"), desk.now))
        elif heads & desk.standing.leads and report.state == ReportState.EXPLAINED:
            url = page("reports:report_detail", report.pk)
            label = f"Trả lời giải trình của {report.unit.name}"
            found.append(task(label, url, str(year), year.deadline("appraisal_due"), desk.now))
    return found + starting_tasks(desk, {year for year, _ in owing - own})


def objection_tasks(desk, report):
    """Appraised points that the unit may still object to, or say that it does not."""
    if report.waived_at or not regulation_of(report.bloc_year).appeal_days:
        return []
    window = appeal_window(report, desk.today, desk.calendar)
    if window is None or not window.is_open:
        return []
    label = f"Xem điểm thẩm định {report.bloc_year.words}: kiến nghị hoặc ghi không kiến nghị"
    url, due = report.get_absolute_url(), Deadline(window.last_on)
    return [task(label, url, report.unit.name, due, desk.now)]


def standing_in_tasks(desk):
    """Sheets of head units whose year has no deputy: the office appraises them in its place."""
    if not desk.standing.runs:
        return []
    rows = Report.objects.filter(
        within(desk.standing.runs, "bloc_year__bloc"),
        unit=F("bloc_year__head"),
        bloc_year__deputy=None,
        bloc_year__second_deputy=None,
        state__in=STOOD_IN,
    ).order_by("submitted_at", "pk")
    found = yield rows.values_list("pk", "bloc_year", "state", "unit__name")[:20]
    years = yield years_named(year for _, year, _, _ in found)
    return [
        task(
            f"{STOOD_IN[state]} của {unit}: năm không có đơn vị phó",
            page("reports:report_detail", pk),
            str(years[year]),
            years[year].deadline("appraisal_due"),
            desk.now,
        )
        for pk, year, state, unit in found
    ]


def own_label(report, year):
    """What the unit has to do with its report; a returned one says why it came back."""
    if report.put_up_at:
        when = moment_words(report.put_up_at)
        return f"Xem và nộp báo cáo {year.words} mà cán bộ trình lúc {when}"
    if report.state == ReportState.RETURNED:
        return returned_label(f"Sửa báo cáo bị trả lại {year.words}", report.return_reason)
    return f"Hoàn thành và nộp báo cáo, bảng tự chấm {year.words}"


def starting_tasks(desk, waiting):
    """Years that take reports, in which one is owed and none was begun: late ones, too."""
    return [
        task(
            starting_label(year),
            page("reports:year_reports", year.pk),
            str(year.bloc),
            year.deadline("report_due"),
            desk.now,
        )
        for year in desk.years
        if year.state in TAKING_REPORTS and year.pk in waiting
    ]


def starting_label(year):
    """What the unit has to begin; after the ranking a further sitting agrees its points."""
    late = " (nộp sau hội nghị tổng kết, hội nghị bổ sung thống nhất điểm)"
    is_late = year.state != YearState.CLOSING
    return f"Bắt đầu báo cáo và tự chấm điểm {year.words}{late if is_late else ''}"
