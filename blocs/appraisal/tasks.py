"""Tasks about single leaves: corrections asked of a unit, corrected leaves, objections, marks."""

from django.db.models import Q
from django.urls import reverse

from blocs.appraisal.models import Appeal
from blocs.reports.models import Assignment, Correction
from blocs.reports.models.appeal_window import OBJECTABLE
from blocs.reports.models.assignments import MARKABLE, due_to, may_mark, waits_for_others
from blocs.states import AppealState, ReportState
from blocs.units.models.seats import within
from blocs.years.models.regulation import regulation_of
from thidua.common.task_lines import page, shortened, task


def correction_tasks(desk):
    """Leaves of own returned reports that have to be corrected, each with the way to its row."""
    by_pk = {year.pk: year for year in desk.years}
    corrections = Correction.objects.filter(
        report__bloc_year__in=by_pk,
        report__unit__in=desk.standing.edits,
        report__state=ReportState.RETURNED,
        answered_at=None,
    ).select_related("criterion", "report__unit")
    found = []
    for correction in (yield corrections.order_by("asked_at", "pk")):
        report = correction.report
        url = page("appraisal:correction_sheet", report.pk) + f"#tc-{correction.criterion_id}"
        label = (
            f"Sửa tiêu chí “{shortened(correction.criterion.name)}”: {shortened(correction.reason)}"
        )
        due = by_pk[report.bloc_year_id].deadline("report_due")
        found.append(task(label, url, report.unit.name, due, desk.now))
    return found


def check_tasks(desk):
    """Reports that came back with corrections which one of the person's units asked for.

    What no unit asked for, the office did.
    """
    by_pk = {year.pk: year for year in desk.years}
    asked = may_mark(desk.today, "report__bloc_year", "asked_by_unit") & Q(
        report__bloc_year__in=by_pk, asked_by_unit__in=desk.standing.units
    )
    if desk.standing.runs:
        asked |= within(desk.standing.runs, "report__bloc_year__bloc") & Q(asked_by_unit=None)
    corrections = Correction.objects.filter(
        asked,
        report__state=ReportState.SUBMITTED,
        answered_at__isnull=False,
        checked_at=None,
    ).select_related("report__unit", "report__bloc_year__bloc", "report__bloc_year__conference")
    rows = yield corrections.order_by("answered_at", "pk")
    reports = {correction.report_id: correction.report for correction in rows}
    return [
        task(
            f"Kiểm tra lại tiêu chí đã sửa của {report.unit.name}",
            page("appraisal:correction_check", report.pk),
            str(report.bloc_year),
            report.bloc_year.deadline("appraisal_due"),
            desk.now,
        )
        for report in reports.values()
    ]


def appeal_tasks(desk):
    """Objections to answer, for leaders of head and deputy, and drafts that wait for the leader."""
    by_pk = {year.pk: year for year in desk.years}
    heading = [
        year.pk for year in desk.years if desk.standing.leads & ({year.head_id} | year.deputy_ids)
    ]
    to_answer = Q(state=AppealState.OPEN, report__bloc_year__in=heading) & ~Q(
        report__unit__in=desk.standing.units
    )
    to_send = Q(state=AppealState.DRAFT, report__unit__in=desk.standing.leads)
    appeals = Appeal.objects.filter(
        to_answer | to_send, report__bloc_year__in=by_pk, report__state__in=OBJECTABLE
    ).select_related("report__unit")
    words = {AppealState.OPEN: "Trả lời kiến nghị về điểm của", AppealState.DRAFT: "Gửi kiến nghị"}
    found = {}
    for appeal in (yield appeals.order_by("pk")):
        report = appeal.report
        is_own = appeal.state == AppealState.DRAFT
        label = f"{words[appeal.state]} {'về điểm' if is_own else report.unit.name}"
        url = reverse("appraisal:appeal_list", args=(report.pk,))
        year = by_pk[report.bloc_year_id]
        found[report.pk, label] = task(
            label, url, str(year), year.deadline("appraisal_due"), desk.now
        )
    return list(found.values())


def scorer_tasks(desk):
    """Sheets that go on with other units alone, for the head that chooses them."""
    by_pk = {year.pk: year for year in desk.years if year.head_id in desk.standing.units}
    if not by_pk:
        return []
    rows = Assignment.objects.told().filter(report__bloc_year__in=by_pk, report__state__in=MARKABLE)
    joined = ("report__unit", "report__bloc_year__regulation")
    sheets = {}
    told = rows.select_related(*joined).order_by("report__unit__name", "report", "pk")
    for one in (yield told):
        sheets.setdefault(one.report, []).append(one)
    return [
        task(
            f"Chọn đơn vị khác chấm bảng điểm của {report.unit.name}: các đơn vị đã phân công đều "
            "không còn tham gia",
            page("appraisal:assignments", report.bloc_year_id),
            str(by_pk[report.bloc_year_id]),
            by_pk[report.bloc_year_id].deadline("appraisal_due"),
            desk.now,
        )
        for report, own in sheets.items()
        if waits_for_others(own, regulation_of(report.bloc_year).rounds)
    ]


def marking_tasks(desk):
    """Sheets of others that the person's units were asked to mark."""
    waiting = yield due_to(desk.user).waiting().order_by("report__unit__name", "round", "pk")
    return [
        task(
            f"Chấm bảng điểm của {one.report.unit.name}",
            page("appraisal:mark_edit", one.pk),
            str(one.report.bloc_year),
            one.report.bloc_year.deadline("appraisal_due"),
            desk.now,
        )
        for one in waiting
    ]
