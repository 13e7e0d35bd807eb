"""What people do with a yearly report: start it, write it, explain it."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from blocs.criteria.models.groups import UnitGroup
from blocs.criteria.models.tables_in_force import group_of, table_for
from blocs.reports.models.corrections import limited_to
from blocs.reports.models.paper_days import paper_basis
from blocs.reports.models.reports import Report, numbered_reports
from blocs.reports.workflows import REPORT
from blocs.states import TAKING_REPORTS, ReportState, YearState
from blocs.units.models import Unit
from blocs.years.domain.taking_part import Duty
from blocs.years.models import BlocYear
from blocs.years.models.changes import duty_refusals
from thidua.accounts.models import User
from thidua.common.activity import record
from thidua.common.permissions import require
from thidua.common.stamps import overwrite
from thidua.common.vietnamese.bloc_words import in_words_of
from thidua.common.vietnamese.text import plain_lines
from thidua.common.workflow import check_move, perform
from thidua.papers.numbers import hold_numbers
from thidua.papers.signed_copies import CopyEntry, PaperBasis, keep_copy

# Where the unit may write, and where the bloc may appraise and the unit explain.
WRITABLE = (ReportState.DRAFT, ReportState.RETURNED)
APPRAISABLE = (ReportState.SUBMITTED, ReportState.EXPLAINED)
EXPLAINABLE = (ReportState.APPRAISED,)
REPORTING = (YearState.IN_PROGRESS, YearState.MIDYEAR_DONE, *TAKING_REPORTS)
NARRATIVE = ("results", "movements", "shortcomings")

NO_TABLE = "Chưa ban hành bảng chấm điểm của năm nên chưa lập được báo cáo."
NO_GROUP_TABLE = "Chưa ban hành bảng chấm điểm của nhóm “{group}” nên chưa lập được báo cáo."
NO_GROUP = (
    "Đơn vị chưa được xếp vào nhóm nào, mà năm này không có bảng chấm điểm chung, nên chưa lập "
    "được báo cáo. Cơ quan thường trực xếp nhóm ở trang “Nhóm đơn vị” của năm."
)
NOT_REPORTING = "Năm thi đua đang ở trạng thái “{state}” nên chưa lập được báo cáo."
ONLY_LEAVES = (
    "Báo cáo được trả lại để sửa một số tiêu chí; phần nội dung giữ nguyên như lần nộp trước."
)
ONCE = "Đơn vị đã có báo cáo năm này."


@transaction.atomic
def start_report(bloc_year: BlocYear, *, unit: Unit, actor: User) -> Report:
    """Open the unit's report of the year with the table in force.

    The table is that of the unit's group, the common one for a unit outside every group. Refused
    (ValidationError) before the year is under way, without a table, twice, or for a unit that is
    no member.
    """
    require(actor, "reports.start_report", unit)
    if bloc_year.state not in REPORTING:
        raise ValidationError(NOT_REPORTING.format(state=bloc_year.get_state_display()))
    if reasons := duty_refusals(bloc_year, unit, Duty.REPORT):
        raise ValidationError(reasons)
    table = table_for(bloc_year, unit)
    if table is None:
        raise ValidationError(why_no_table(bloc_year, group_of(bloc_year, unit)))
    report, is_new = Report.objects.get_or_create(
        bloc_year=bloc_year, unit=unit, defaults={"table": table}
    )
    if not is_new:
        raise ValidationError(ONCE)
    record(actor, "reports.start_report", report, label="Bắt đầu báo cáo")
    return report


def why_no_table(bloc_year: BlocYear, group: UnitGroup | None) -> str:
    """Why a unit of this group (None: of no group) has no table to be scored by, and what to do."""
    if group:
        return NO_GROUP_TABLE.format(group=group)
    return NO_GROUP if bloc_year.unit_groups.exists() else NO_TABLE


def copy_basis(report: Report) -> PaperBasis:
    """What a report signed by hand is held against: its bases and the numbers of its unit."""
    return PaperBasis("Báo cáo", *paper_basis(report), tuple(numbered_reports(report)))


@transaction.atomic
def record_signed_report(
    report: Report, *, entry: CopyEntry, actor: User, is_confirmed: bool = False
) -> Report:
    """Record the report as the unit signed it on paper: it is sent in on that day.

    It holds what a report must hold that is sent in here, and the same is asked; `is_confirmed`
    says that the person has seen that and goes on. Of one that was sent in already only the scan
    is kept. Refused for a day before one of its bases (`paper_basis`).
    """
    hold_numbers(report.unit)
    report = locked(report)
    require(actor, "reports.record_report", report)
    about = copy_basis(report)
    is_sent_by_it = report.state in WRITABLE
    if is_sent_by_it:
        move = REPORT["submit_on_paper"]
        check_move(REPORT, move, report, actor=actor, is_confirmed=is_confirmed)
    copy = keep_copy(entry, subject=report, kind="report", about=about, actor=actor)
    if not is_sent_by_it:
        return report
    asked = {"copy": copy, "is_confirmed": is_confirmed}
    return perform(REPORT, "submit_on_paper", report, actor=actor, **asked)


@transaction.atomic
def save_narrative(
    report: Report, *, texts: dict[str, str], actor: User, seen: str | None = None
) -> Report:
    """Keep the parts of the narrative; `texts` by field name."""
    report = locked(report)
    require(actor, "reports.edit_report", report)
    require_state(report, WRITABLE)
    if limited_to(report) is not None:
        raise ValidationError(ONLY_LEAVES)
    texts = {name: texts[name] for name in NARRATIVE if name in texts}
    return _keep(report, texts, seen, actor, "reports.save_narrative", "Lưu nội dung báo cáo")


@transaction.atomic
def save_explanation(report: Report, *, text: str, actor: User, seen: str | None = None) -> Report:
    """Keep the draft of the unit's explanation of appraised points; the leader sends it."""
    report = locked(report)
    require(actor, "reports.draft_explanation", report)
    require_state(report, EXPLAINABLE)
    texts = {"explanation": text}
    return _keep(report, texts, seen, actor, "reports.save_explanation", "Soạn giải trình")


def locked(report: Report) -> Report:
    """The report as it is now, held against other writers until the transaction ends."""
    found = Report.objects.select_related("unit", "table", "bloc_year__regulation")
    return found.select_for_update(of=("self",)).get(pk=report.pk)


def require_state(report: Report, states: tuple[str, ...]) -> None:
    """Refuse a change that the report's state does not allow."""
    if report.state not in states:
        raise ValidationError(closed_words(report))


def closed_words(report: Report) -> str:
    """Why a page of this report cannot be filled in now, and who goes on with it how.

    The way on is that of the state (`REPORT.ways`), which the page of the report shows, too.
    """
    way = in_words_of(report.bloc_year.bloc.word, REPORT.way_of(report))
    return f"Báo cáo đang ở trạng thái “{report.get_state_display()}” nên không sửa được. {way}"


def _keep(
    report: Report, texts: dict[str, str], seen: str | None, actor: User, action: str, label: str
) -> Report:
    texts = {name: plain_lines(text) for name, text in texts.items()}
    changes = overwrite(report, texts, action, seen=seen)
    if changes:
        report.save(update_fields=texts)
        record(actor, action, report, label=label, changes=changes)
    return report


NOT_TO_CORRECT = "Tiêu chí này không được yêu cầu sửa nên giữ nguyên như lần nộp trước."


def require_open(report: Report, criteria: Iterable[int]) -> None:
    """Refuse changes of leaves that nobody asked about while a returned report is limited to some.

    Raises ValidationError keyed (criterion id, "note"), as the sheet shows it at its rows.
    """
    wanted = limited_to(report)
    shut = [] if wanted is None else [pk for pk in criteria if pk not in wanted]
    if shut:
        raise ValidationError({(pk, "note"): NOT_TO_CORRECT for pk in shut})
