"""«Việc của tôi»: what a person has to do today, gathered from all apps."""

from datetime import date

from django.db.models import Exists, OuterRef

from agreements.enums import AgreementState
from agreements.models import Agreement, Signature
from awards.board.models import Opinion
from awards.decisions.enums import DecisionState
from awards.decisions.models import Decision
from awards.proposals.enums import ProposalState
from awards.proposals.models import Proposal, ProposalItem
from blocs.criteria.models import AmendmentReading, ScoringTable
from blocs.reports.models import Report
from blocs.reports.models.assignments import MARKABLE, due_to
from blocs.states import (
    ConferenceState,
    RegistrationState,
    ReportState,
    SeatRole,
    TableState,
    YearState,
)
from blocs.units.models.seats import standing_of
from blocs.years.models import BlocYear, Registration
from thidua.common.dates import short_date
from thidua.common.numbers import two_digits
from thidua.home.leaf_tasks import appeal_tasks, check_tasks, flag_tasks
from thidua.home.task_lines import Task, page, task

OWN_HANDS = (ReportState.DRAFT, ReportState.RETURNED)
UNSIGNED = (RegistrationState.DRAFT, RegistrationState.RETURNED)
UNSENT = (ProposalState.DRAFT, ProposalState.RETURNED)


def tasks_of(user, today: date) -> list[Task]:
    """All tasks, the most pressing first; a constant number of queries."""
    standing = standing_of(user)
    found = []
    if standing.units:
        years = list(
            BlocYear.objects.filter(pk__in=standing.years)
            .exclude(state__in=(YearState.PLANNED, YearState.ARCHIVED))
            .select_related("bloc", "conference", "head", "deputy")
            .order_by("-year", "pk")
        )
        found += report_tasks(standing, years, today)
        found += flag_tasks(standing, years, today)
        found += check_tasks(standing, years, today)
        found += appeal_tasks(standing, years, today)
        found += registration_tasks(standing, years, today)
        found += agreement_tasks(standing, years, today)
        found += bloc_tasks(standing, years, today)
        found += amendment_tasks(user, years, today)
        found += marking_tasks(user, today)
    if standing.has(SeatRole.OFFICE):
        found += office_tasks(today)
    if standing.has(SeatRole.COUNCIL, SeatRole.CHAIR):
        found += council_tasks(user, standing, today)
    return sorted(found, key=lambda one: (one.due is None, one.due or today))


def report_tasks(standing, years, today):
    """Own reports to write or send in; others' to appraise or answer."""
    by_pk = {year.pk: year for year in years}
    found, own = [], set()
    for report in Report.objects.filter(bloc_year__in=by_pk).select_related("unit"):
        year = by_pk[report.bloc_year_id]
        heads = {year.head_id} | year.deputy_ids
        if report.unit_id in standing.units:
            own.add((year.pk, report.unit_id))
            if report.state in OWN_HANDS and year.state == YearState.CLOSING:
                label = (
                    "Sửa báo cáo bị trả lại"
                    if report.state == ReportState.RETURNED
                    else ("Hoàn thành và nộp báo cáo, bảng tự chấm")
                )
                url = page("reports:report_detail", report.pk)
                found.append(
                    task(f"{label} năm {year.year}", url, report.unit.name, year.report_due, today)
                )
        elif heads & standing.units and report.state == ReportState.SUBMITTED:
            url = page("reports:report_detail", report.pk)
            label = f"Thẩm định báo cáo của {report.unit.name}"
            found.append(task(label, url, str(year), year.appraisal_due, today))
        elif heads & standing.leads and report.state == ReportState.EXPLAINED:
            url = page("reports:report_detail", report.pk)
            label = f"Trả lời giải trình của {report.unit.name}"
            found.append(task(label, url, str(year), year.appraisal_due, today))
    closing = [year for year in years if year.state == YearState.CLOSING]
    for year in closing:
        if not any(pk == year.pk for pk, _ in own):
            label = f"Bắt đầu báo cáo và tự chấm điểm năm {year.year}"
            url = page("reports:year_reports", year.pk)
            found.append(task(label, url, str(year.bloc), year.report_due, today))
    return found


def marking_tasks(user, today):
    """Sheets of others that the person's units were asked to mark."""
    waiting = due_to(user).filter(done_at=None, report__state__in=MARKABLE)
    return [
        task(
            f"Chấm bảng điểm của {one.report.unit.name}",
            page("appraisal:mark_edit", one.pk),
            str(one.report.bloc_year),
            one.report.bloc_year.appraisal_due,
            today,
        )
        for one in waiting.order_by("report__unit__name", "round", "pk")
    ]


def registration_tasks(standing, years, today):
    """Registrations of own units that are not signed yet."""
    opened = {year.pk: year for year in years if year.state in (YearState.OPEN, YearState.AGREED)}
    rows = Registration.objects.filter(
        bloc_year__in=opened, unit__in=standing.units, state__in=UNSIGNED
    ).select_related("unit")
    return [
        task(
            f"Ký bản đăng ký thi đua năm {opened[row.bloc_year_id].year}",
            row.get_absolute_url(),
            row.unit.name,
            opened[row.bloc_year_id].registration_due,
            today,
        )
        for row in rows
    ]


def agreement_tasks(standing, years, today):
    """Agreements that wait for the signature of a unit the person leads."""
    by_pk = {year.pk: year for year in years}
    signed = Signature.objects.filter(
        agreement=OuterRef("pk"), unit__in=standing.leads, voided_at=None
    )
    waiting = Agreement.objects.filter(bloc_year__in=by_pk, state=AgreementState.SIGNING).exclude(
        Exists(signed)
    )
    if not standing.leads:
        return []
    return [
        task(
            f"Ký giao ước thi đua năm {by_pk[row.bloc_year_id].year}",
            page("agreements:agreement_detail", row.bloc_year_id),
            str(by_pk[row.bloc_year_id].bloc),
            by_pk[row.bloc_year_id].agreement_due,
            today,
        )
        for row in waiting
    ]


def bloc_tasks(standing, years, today):
    """What the head unit owes the bloc: conference, minutes, proposal, handover."""
    found = []
    headed = [year for year in years if year.head_id in standing.units]
    sent = set(
        Proposal.objects.filter(bloc_year__in=headed)
        .exclude(state__in=UNSENT)
        .values_list("bloc_year_id", flat=True)
    )
    for year in headed:
        conference = getattr(year, "conference", None)
        if year.state == YearState.CLOSING:
            label = conference_task(conference)
            url = page("conferences:conference_detail", year.pk)
            found.append(task(label, url, str(year), year.conference_due, today))
        if year.state == YearState.RANKED and year.pk not in sent:
            url = page("proposals:proposal_detail", year.pk)
            label = "Lập và gửi đề nghị khen thưởng"
            found.append(task(label, url, str(year), year.proposal_due, today))
        if year.state == YearState.DECIDED:
            url = page("years:year_detail", year.pk)
            found.append(task("Bàn giao cho khối trưởng mới", url, str(year), None, today))
    return found


def amendment_tasks(user, years, today):
    """Amended scoring tables that the person has not taken note of."""
    by_pk = {year.pk: year for year in years}
    read = AmendmentReading.objects.filter(table=OuterRef("pk"), user=user)
    tables = ScoringTable.objects.filter(
        ~Exists(read), bloc_year__in=by_pk, state=TableState.PUBLISHED, amendment__gt=0
    )
    return [
        task(
            f"Bảng chấm điểm đã sửa đổi lần {table.amendment} "
            f"ngày {short_date(table.published_at)}: "
            f"{two_digits(len(table.amendment_changes))} thay đổi – xem",
            page("criteria:amendment_detail", table.pk),
            str(by_pk[table.bloc_year_id]),
            None,
            today,
        )
        for table in tables.order_by("pk")
    ]


def conference_task(conference):
    """The next thing to do about the closing conference."""
    if conference is None:
        return "Chuẩn bị hội nghị tổng kết"
    if conference.state == ConferenceState.COUNTED:
        return "Ký biên bản hội nghị tổng kết"
    if conference.state == ConferenceState.SIGNED:
        return "Chốt xếp hạng sau hội nghị"
    return "Ghi diễn biến và kết quả hội nghị tổng kết"


def office_tasks(today):
    """What waits at the province's office."""
    found = []
    waiting = Proposal.objects.filter(
        state__in=(ProposalState.SUBMITTED, ProposalState.RECEIVED)
    ).select_related("bloc_year__bloc")
    for proposal in waiting.order_by("submitted_at", "pk")[:20]:
        words = "Tiếp nhận" if proposal.state == ProposalState.SUBMITTED else "Thẩm định"
        url = proposal.get_absolute_url()
        found.append(
            task(f"{words} đề nghị khen thưởng", url, str(proposal.bloc_year), None, today)
        )
    drafts = ScoringTable.objects.filter(
        state=TableState.DRAFT, bloc_year__state=YearState.OPEN
    ).select_related("bloc_year__bloc")
    for table in drafts.order_by("pk")[:20]:
        year = table.bloc_year
        found.append(
            task(
                "Xem và ban hành bảng chấm điểm",
                table.get_absolute_url(),
                str(year),
                year.agreement_due,
                today,
            )
        )
    for decision in Decision.objects.filter(state=DecisionState.SIGNED).order_by("pk")[:20]:
        found.append(
            task("Công bố quyết định", decision.get_absolute_url(), str(decision), None, today)
        )
    return found


def council_tasks(user, standing, today):
    """Opinions to give; for the chair also decisions to sign."""
    given = Opinion.objects.filter(item=OuterRef("pk"), member=user)
    open_items = ProposalItem.objects.filter(proposal__state=ProposalState.BEFORE_COUNCIL).exclude(
        Exists(given)
    )
    proposals = (
        Proposal.objects.filter(items__in=open_items)
        .select_related("bloc_year__bloc")
        .distinct()
        .order_by("pk")[:20]
    )
    found = [
        task(
            "Cho ý kiến về đề nghị khen thưởng",
            proposal.get_absolute_url(),
            str(proposal.bloc_year),
            None,
            today,
        )
        for proposal in proposals
    ]
    if standing.has(SeatRole.CHAIR):
        drafts = Decision.objects.filter(state=DecisionState.DRAFT).order_by("pk")[:20]
        found += [
            task("Ký quyết định", decision.get_absolute_url(), decision.title, None, today)
            for decision in drafts
        ]
    return found
