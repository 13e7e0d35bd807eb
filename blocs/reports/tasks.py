"""Reports to write, send in, appraise or answer."""

from blocs.reports.models import Report
from blocs.states import ReportState, YearState
from thidua.common.task_lines import page, task

OWN_HANDS = (ReportState.DRAFT, ReportState.RETURNED)


def report_tasks(desk):
    """Own reports to write or send in; others' to appraise or answer."""
    by_pk = {year.pk: year for year in desk.years}
    found, own = [], set()
    for report in Report.objects.filter(bloc_year__in=by_pk).select_related("unit"):
        year = by_pk[report.bloc_year_id]
        heads = {year.head_id} | year.deputy_ids
        if report.unit_id in desk.standing.units:
            own.add((year.pk, report.unit_id))
            if report.state in OWN_HANDS and year.state == YearState.CLOSING:
                label = (
                    "Sửa báo cáo bị trả lại"
                    if report.state == ReportState.RETURNED
                    else ("Hoàn thành và nộp báo cáo, bảng tự chấm")
                )
                url = page("reports:report_detail", report.pk)
                found.append(
                    task(
                        f"{label} {year.words}",
                        url,
                        report.unit.name,
                        year.report_due,
                        desk.today,
                    )
                )
        elif heads & desk.standing.units and report.state == ReportState.SUBMITTED:
            url = page("reports:report_detail", report.pk)
            label = f"Thẩm định báo cáo của {report.unit.name}"
            found.append(task(label, url, str(year), year.appraisal_due, desk.today))
        elif heads & desk.standing.leads and report.state == ReportState.EXPLAINED:
            url = page("reports:report_detail", report.pk)
            label = f"Trả lời giải trình của {report.unit.name}"
            found.append(task(label, url, str(year), year.appraisal_due, desk.today))
    closing = [year for year in desk.years if year.state == YearState.CLOSING]
    for year in closing:
        if not any(pk == year.pk for pk, _ in own):
            label = f"Bắt đầu báo cáo và tự chấm điểm {year.words}"
            url = page("reports:year_reports", year.pk)
            found.append(task(label, url, str(year.bloc), year.report_due, desk.today))
    return found
