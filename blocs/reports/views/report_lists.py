"""The yearly reports as lists: those of a bloc year, and those of the chosen year."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views import View
from django.views.generic import TemplateView

from blocs.reports.actions.reports import REPORTING, start_report
from blocs.reports.forms.reports import ReportFilter
from blocs.reports.models.reports import Report
from blocs.reports.models.submission_days import sent_words
from blocs.reports.permissions import shows_appraisal
from blocs.states import COUNCIL_STATES, SENT_STATES, TONES, MemberRole, ReportState
from blocs.units.models import Unit
from blocs.years.domain.taking_part import NO_REPORT, Duty
from blocs.years.models import BlocYear
from blocs.years.models.regulation import decimals_of
from blocs.years.views.pages import BlocYearPage
from thidua.common.pages.by_keys import GroupPaginator
from thidua.common.pages.views import ListPage, PagePermission, refuse
from thidua.common.pages.years import chosen_year
from thidua.common.vietnamese.numbers import points_text, whole_number

LOCKS = "reports.confirm_report"
UNFINISHED = "chưa xong"
NOT_SENT = (None, ReportState.DRAFT, ReportState.RETURNED)
NOT_TOLD = dict.fromkeys(("sent", "own", "given", "url"), "")
STARTED = "Đã mở báo cáo. Hãy viết phần báo cáo và tự chấm từng tiêu chí."


class YearReports(BlocYearPage, PagePermission, TemplateView):
    """Every member of the bloc year and how far its report has come."""

    template_name = "reports/year_reports.html"
    permission_required = "reports.list_report"
    crumb = "Báo cáo và điểm"

    def get_context_data(self, **kwargs):
        reports = {report.unit_id: report for report in self.get_reports()}
        members = list(self.bloc_year.members.select_related("unit"))
        rows = [self.get_row(member, reports.get(member.unit_id)) for member in members]
        owing = [row for row in rows if row["owes"]]
        sent = sum(row["is_sent"] for row in owing)
        may_export = any(row["url"] for row in rows)
        return super().get_context_data(
            rows=rows,
            sent=sent,
            owing=len(owing),
            due=self.bloc_year.deadline("report_due"),
            links=self.get_links(may_export),
            to_lock=[
                (member.unit.short_name, reports[member.unit_id].get_absolute_url())
                for member in members
                if self.may_lock(reports.get(member.unit_id))
            ],
            **kwargs,
        )

    def get_reports(self):
        return Report.objects.filter(bloc_year=self.bloc_year).with_waiting()

    def get_links(self, may_export):
        """What else can be done with all reports together."""
        user, year = self.request.user, self.bloc_year
        found = (
            ("Đối chiếu điểm các đơn vị", "appraisal:year_points", "appraisal.compare_points"),
            ("Phân công chấm điểm", "appraisal:assignments", "appraisal.view_assignments"),
            ("Dấu hiệu hình thức", "appraisal:year_signs", "appraisal.view_signs"),
            ("Quy định chấm điểm", "years:scoring_rules", "years.view_year"),
        )
        links = [
            (label, reverse(name, args=(year.pk,)))
            for label, name, right in found
            if user.has_perm(right, year)
        ]
        if may_export:
            words = "Tải bảng điểm các đơn vị anh/chị được xem (Excel)"
            links.append((words, reverse("ranking:bloc_workbook", args=(year.pk,))))
        return links

    def get_row(self, member, report):
        member.bloc_year = self.bloc_year
        row = {
            "unit": member.unit.name,
            "role": self.role_of(member),
            "part": member.part_words,
            "owes": member.owes(Duty.REPORT, self.bloc_year.judged_on),
            "is_sent": (report.state if report else None) not in NOT_SENT,
            "may_start": report is None and self.may_start(member),
            "unit_pk": member.unit_id,
        }
        if report is None or not self.may_read(report):
            return row | hidden_facts(is_sent=row["is_sent"], owes=row["owes"])
        return row | self.visible_facts(report)

    def may_lock(self, report):
        """Whether the report waits for this person to confirm and lock its points."""
        if report is None or report.state != ReportState.AGREED:
            return False
        return self.may_read(report) and self.request.user.has_perm(LOCKS, report)

    def may_read(self, report):
        report.bloc_year = self.bloc_year
        return self.request.user.has_perm("reports.view_report", report)

    def role_of(self, member):
        word = self.bloc_year.bloc.word.capitalize()
        roles = {MemberRole.HEAD: f"{word} trưởng", MemberRole.DEPUTY: f"{word} phó"}
        return roles.get(member.role, "")

    def may_start(self, member):
        is_time = self.bloc_year.state in REPORTING
        is_time = is_time and member.owes(Duty.REPORT)
        return is_time and self.request.user.has_perm("reports.start_report", member.unit)

    def visible_facts(self, report):
        decimals = decimals_of(self.bloc_year)
        shows = shows_appraisal(self.request.user, report)
        return {
            "label": report.get_state_display(),
            "tone": TONES[report.state],
            "is_late": report.is_late,
            "sent": sent_words(report.submitted_at) if report.submitted_at else "",
            "own": own_total(report, decimals),
            "given": given_total(report, decimals) if shows else "",
            "url": report.get_absolute_url(),
        }


def own_total(report, decimals):
    """The unit's own total; «chưa xong» while leaves may lack points."""
    is_whole = report.state in SENT_STATES and not report.waits_for_others
    return total_words(report.self_total, decimals, is_whole=is_whole)


def given_total(report, decimals):
    """The appraised total; «chưa xong» until the appraisal is complete."""
    return total_words(report.appraised_total, decimals, is_whole=report.state in COUNCIL_STATES)


def total_words(total, decimals, *, is_whole):
    text = points_text(total, decimals)
    return text if is_whole or not text else f"{text} ({UNFINISHED})"


def hidden_facts(*, is_sent, owes):
    """Of a report one may not read one learns only whether it is in, and whether it is owed."""
    missing = "Chưa nộp" if owes else NO_REPORT
    label, tone = ("Đã nộp", "submitted") if is_sent else (missing, "draft")
    return NOT_TOLD | {"label": label, "tone": tone, "is_late": False}


class ReportList(ListPage):
    """The reports of the chosen year that the person may read."""

    template_name = "reports/report_list.html"
    permission_required = "reports.list_report"
    paginator_class = GroupPaginator
    filterset_class = ReportFilter
    breadcrumbs = (("Trang chủ", "/"), ("Báo cáo năm", None))

    def get_rows(self):
        found = Report.objects.visible_to(self.request.user)
        return found.in_year(chosen_year(self.request)).for_list()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        rows = [self.get_row(report) for report in context["page_obj"]]
        return context | {"rows": rows, "chosen": chosen_year(self.request)}

    def get_row(self, report):
        decimals, day = decimals_of(report.bloc_year), report.submitted_at
        shows = shows_appraisal(self.request.user, report)
        return {
            "report": report,
            "tone": TONES[report.state],
            "sent": sent_words(day, tells_hour=False) if day else "",
            "own": own_total(report, decimals),
            "given": given_total(report, decimals) if shows else "",
        }


class ReportStart(PagePermission, View):
    """Opens the report of the unit whose button was pressed."""

    http_method_names = ("post",)
    permission_required = "reports.start_report"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        if not request.user.is_authenticated:
            return
        years = BlocYear.objects.visible_to(request.user)
        self.bloc_year = get_object_or_404(years, pk=kwargs["year_pk"])
        wanted = whole_number(request.POST.get("unit", ""))
        members = Unit.objects.filter(years__bloc_year=self.bloc_year)
        self.unit = get_object_or_404(members, pk=wanted)

    def get_permission_object(self):
        return self.unit

    def post(self, request, *args, **kwargs):
        try:
            report = start_report(self.bloc_year, unit=self.unit, actor=request.user)
        except ValidationError as error:
            refuse(request, error)
            return redirect("reports:year_reports", self.bloc_year.pk)
        messages.success(request, STARTED)
        return redirect(report)
