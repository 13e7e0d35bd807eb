"""What can be taken away from a ranking: papers, and a workbook."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from blocs.ranking.actions.files import (
    are_long,
    ask_leaves_paper,
    ask_ranking_workbook,
    ask_workbook,
    has_many_cells,
    is_long_summary,
    seen_ranking,
    seen_reports,
    workbook_of,
)
from blocs.ranking.documents.bloc_workbook import bloc_file_name
from blocs.ranking.documents.ranking_table import ranking_table_paper
from blocs.ranking.documents.ranking_workbook import ranking_file_name, ranking_workbook
from blocs.ranking.documents.score_leaves import score_leaves_paper
from blocs.ranking.documents.score_sheet import score_sheet_paper
from blocs.ranking.views.ranking import RankingMixin
from blocs.reports.actions.evidence import note_reading
from blocs.reports.models import Report
from blocs.reports.models.sheets import read_sheet
from blocs.sheet_files.views import workbook_answer
from blocs.states import COUNCIL_STATES
from blocs.years.views.pages import BlocYearPage
from thidua.common.pages.views import PagePermission
from thidua.jobs.offers import OffersJob
from thidua.papers.views import PaperPage


class SeenRanking(RankingMixin):
    """The ranking for those who may see its points now."""

    def seen_ranking(self):
        return seen_ranking(self.bloc_year, actor=self.request.user)


class RankingPaper(SeenRanking, PaperPage):
    """Bảng tổng hợp điểm, landscape."""

    def find_object(self):
        return self.bloc_year

    def build(self):
        return ranking_table_paper(self.seen_ranking())


class RankingLeavesPaper(SeenRanking, OffersJob, PaperPage):
    """Every leaf beside every unit, landscape; a job where they are many."""

    job_heading = "Chi tiết từng tiêu chí"

    def find_object(self):
        return self.bloc_year

    @cached_property
    def ranking(self):
        return self.seen_ranking()

    def build(self):
        return score_leaves_paper(self.ranking)

    def answer(self):
        return self.offer() if has_many_cells(self.ranking) else super().answer()

    def ask(self):
        return ask_leaves_paper(self.bloc_year, actor=self.request.user)


class RankingWorkbook(SeenRanking, OffersJob):
    """The same as an Excel file; if long, as a job."""

    job_heading = "Bảng tổng hợp điểm (Excel)"

    def get(self, request, *args, **kwargs):
        ranking = self.seen_ranking()
        if is_long_summary(ranking):
            return self.offer()
        return workbook_answer(ranking_workbook(ranking), ranking_file_name(ranking))

    def ask(self):
        return ask_ranking_workbook(self.bloc_year, actor=self.request.user)


class BlocWorkbook(BlocYearPage, PagePermission, OffersJob):
    """All sheets of the bloc that the person may read, and their summary; if long, as a job."""

    permission_required = "reports.list_report"
    job_heading = "Bảng điểm của các đơn vị"

    def get(self, request, *args, **kwargs):
        reports = seen_reports(self.bloc_year, actor=request.user)
        if not reports:
            raise Http404
        if are_long(reports):
            return self.offer()
        content = workbook_of(self.bloc_year, reports, actor=request.user)
        return workbook_answer(content, bloc_file_name(self.bloc_year))

    def ask(self):
        return ask_workbook(self.bloc_year, actor=self.request.user)


class ReportPaper(BlocYearPage, PaperPage):
    """Bảng tự chấm điểm of one unit."""

    permission_required = "reports.view_report"

    def get_bloc_year(self):
        user = self.request.user
        found = Report.objects.visible_to(user).for_page().with_member()
        found = found.select_related("bloc_year__conference")
        self.report = report = get_object_or_404(found, pk=self.kwargs["pk"])
        report.bloc_year.known_members = {report.unit_id: report.member}
        return report.bloc_year

    def find_object(self):
        return self.report

    def build(self):
        report = self.report
        note_reading(report, actor=self.request.user)
        appraised = report.state in COUNCIL_STATES
        may = appraised or self.request.user.has_perm("reports.prepare_appraisal", report)
        report.known_sheet = read_sheet(report, is_plain=True)
        return score_sheet_paper(report, shows_appraisal=may)
