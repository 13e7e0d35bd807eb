"""What stands beside a report: rounds of corrections, the window for objections, versions."""

from django.urls import reverse
from django.utils import timezone

from blocs.reports.actions.versions import MIDYEAR_STATES
from blocs.reports.models.appeal_window import OBJECTABLE, appeal_window
from blocs.reports.models.assignments import MARKABLE
from blocs.reports.models.corrections import (
    ASKABLE,
    corrections_of,
    limited_to,
    unchecked_corrections,
)
from blocs.reports.models.sheet_basis import amendment_faults
from blocs.reports.models.sheets import sheet_of
from blocs.reports.workflows import nobody_has_begun
from blocs.states import (
    COUNCIL_STATES,
    OPEN_STATES,
    PRIVATE_STATES,
    SENT_STATES,
    ReportState,
    YearState,
)
from blocs.units.models.seats import standing_of
from thidua.common.log_book.openings import openings_of
from thidua.common.models import returned_facts
from thidua.common.vietnamese.bloc_words import in_words_of
from thidua.common.vietnamese.dates import moment_words, short_date

# States in which the corrections are told on the page itself; later they stand with the versions.
SHOWS_CORRECTIONS = (ReportState.SUBMITTED, ReportState.RETURNED, *OPEN_STATES)
# Pages of the whole sheet, which a limited return closes.
WHOLE_SHEET = ("reports:sheet_edit", "reports:report_edit", "sheet_files:sheet_file")


AFTER_APPRAISAL = (
    "Khối đã thẩm định báo cáo nên đơn vị không thu hồi được nữa; không nhất trí về điểm thì gửi "
    "kiến nghị hoặc giải trình."
)
UNTIL_WORK = (
    "Lãnh đạo đơn vị thu hồi được báo cáo cho đến khi khối bắt đầu thẩm định (điểm, phiếu chấm "
    "hoặc yêu cầu sửa đầu tiên)."
)


def openings_for(user, obj, read=None):
    """Who opened the sheet or the file, for those who may know; `read` already by the page."""
    if not user.has_perm("reports.view_openings", obj):
        return []
    return list(openings_of(obj)) if read is None else read


def correction_lines(report):
    """The rounds of corrections: what was asked of which leaf, when it came back and was seen."""
    labels = {row.criterion.pk: row.label for row in sheet_of(report).rows}
    return [
        {
            "label": labels.get(correction.criterion_id, ""),
            "name": correction.criterion.name,
            "reason": correction.reason,
            "by": str(correction.asked_by_unit or correction.asked_by),
            "asked": moment_words(correction.asked_at),
            "answered": moment_words(correction.answered_at) if correction.answered_at else "",
            "checked": moment_words(correction.checked_at) if correction.checked_at else "",
        }
        for correction in corrections_of(report)
    ]


def panels(report, user, *, shows_given):
    """The context of the panels on the page of a report."""
    is_appraised = report.state in COUNCIL_STATES and shows_given
    is_midyear = (
        report.state == ReportState.DRAFT
        and report.bloc_year.state in MIDYEAR_STATES
        and user.has_perm("reports.freeze_midyear", report)
    )
    return {
        "corrections": correction_lines(report) if report.state in SHOWS_CORRECTIONS else [],
        "appeals": appeal_words(report) if is_appraised else "",
        "withdrawal": withdrawal_words(report, user),
        "amended": amendment_faults(report),
        "amended_url": settling_url(report, user),
        "returned": returned_facts(report, is_now=report.state == ReportState.RETURNED),
        "freeze_url": page("reports:midyear_freeze", report) if is_midyear else "",
    }


def settling_url(report, user):
    """Where the unit settles what an amendment changed; empty for others."""
    may = report.state == ReportState.SUBMITTED and user.has_perm("reports.submit_report", report)
    return page("reports:report_amended", report) if may else ""


def withdrawal_words(report, user):
    """To the unit's people: until when they can take the report back, or why no longer."""
    is_own = report.unit_id in standing_of(user).units
    if not is_own or report.state not in SENT_STATES:
        return ""
    word = report.bloc_year.bloc.word
    if report.state != ReportState.SUBMITTED:
        return in_words_of(word, AFTER_APPRAISAL)
    return " ".join(nobody_has_begun(report)) or in_words_of(word, UNTIL_WORK)


def page(name, report):
    return reverse(name, args=(report.pk,))


def appeal_words(report):
    """How much of the window for objections is left."""
    if report.state not in OBJECTABLE:
        return "Các kiến nghị về điểm đã giải quyết."
    window = appeal_window(report, timezone.localdate())
    if window is None:
        return "Quy định của năm không đặt thời hạn kiến nghị."
    return f"Kiến nghị về điểm đến hết ngày {short_date(window.last_on)}: {window.words}."


def pages_about_leaves(report, user):
    """The pages about single leaves that this person can fill in now."""
    found = []
    if report.state in ASKABLE and user.has_perm("appraisal.ask_correction", report):
        if unchecked_corrections(report):
            found.append(
                ("Kiểm tra lại tiêu chí đã sửa", page("appraisal:correction_check", report))
            )
        found.append(("Yêu cầu sửa từng tiêu chí", page("appraisal:correction_edit", report)))
    is_archived = report.bloc_year.state == YearState.ARCHIVED
    may_rectify = report.state in OPEN_STATES and not is_archived
    if may_rectify and user.has_perm("reports.rectify_report", report):
        found.append(("Đính chính điểm", page("reports:report_rectify", report)))
    return found


def own_pages(report, user, pages):
    """`pages` (label, address) without those of the whole sheet while the return is limited."""
    if limited_to(report) is None or not user.has_perm("reports.edit_report", report):
        return [*pages, *pages_about_leaves(report, user)]
    shut = {reverse(name, args=(report.pk,)) for name in WHOLE_SHEET}
    fix = ("Sửa tiêu chí được yêu cầu", page("appraisal:correction_sheet", report))
    return [fix, *(one for one in pages if one[1] not in shut)]


def marking_pages(report, user):
    """Where the person marks this sheet, and where all marks stand side by side; one query."""
    if report.state in PRIVATE_STATES or not user.has_perm("appraisal.view_marks", report):
        return []
    assignments = list(report.assignments.told())
    units = standing_of(user).units
    found = [
        ("Chấm bảng điểm này", reverse("appraisal:mark_edit", args=(one.pk,)))
        for one in assignments
        if one.unit_id in units and not one.done_at and one.may_mark and report.state in MARKABLE
    ]
    if assignments:
        url = reverse("appraisal:marks_table", args=(report.pk,))
        found.append(("Điểm của các đơn vị chấm", url))
    return found
