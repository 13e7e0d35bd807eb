"""The ranking of a bloc year and the papers of its scores."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView

from blocs.documents.build_scores import score_sheet_paper, score_summary_paper
from blocs.domain.ranking import TIE_RULE_WORDS
from blocs.enums import COUNCIL_STATES, TONES
from blocs.models import Report
from blocs.models.rankings import Ranking, ranking_of
from blocs.views.pages import BlocYearPage, find_year
from thidua.common.numbers import format_decimal
from thidua.common.paper_views import PaperPage
from thidua.common.views import PagePermission


@dataclass(frozen=True)
class PlaceRow:
    """One unit of the ranking as it is shown."""

    place: str
    unit: str
    report_url: str
    work: str
    bonus: str
    deduction: str
    total: str
    percent: str
    note: str
    state: str
    tone: str


class RankingMixin(BlocYearPage, PagePermission):
    permission_required = "blocs.view_ranking"
    crumb = "Xếp hạng"

    def get_permission_object(self):
        return self.bloc_year

    def may_see(self, ranking: Ranking) -> bool:
        """Points that the conference has not agreed are for those who appraise."""
        user = self.request.user
        return ranking.is_agreed or user.has_perm("blocs.view_provisional_ranking", self.bloc_year)


class RankingDetail(RankingMixin, TemplateView):
    template_name = "blocs/ranking_detail.html"

    def get_context_data(self, **kwargs):
        ranking = ranking_of(self.bloc_year)
        shown = self.may_see(ranking)
        return super().get_context_data(
            is_shown=shown,
            is_agreed=ranking.is_agreed,
            rows=place_rows(ranking, self.request.user) if shown else [],
            out=ranking.out if shown else (),
            open_ties=ranking.open_ties,
            by_percent=ranking.by_percent,
            tie_rule=ranking.tie_rule,
            counted=len(ranking.rows),
            total=len(ranking.rows) + len(ranking.out),
            **kwargs,
        )


def place_rows(ranking: Ranking, user):
    """The rows in order; a report opens only for those who may read it."""
    return [place_row(row, ranking, user) for row in ranking.rows]


def place_row(row, ranking, user):
    decimals = ranking.decimals
    report, given = row.report, row.given
    percent = "" if given.percent is None else f"{format_decimal(given.percent, decimals)}%"
    return PlaceRow(
        place=str(row.placed.place),
        unit=row.unit.name,
        report_url=report.get_absolute_url() if user.has_perm("blocs.view_report", report) else "",
        work=format_decimal(given.work, decimals),
        bonus=format_decimal(given.bonus, decimals),
        deduction=format_decimal(given.deduction, decimals),
        total=format_decimal(given.total, decimals),
        percent=percent,
        note=place_note(row),
        state=report.get_state_display(),
        tone=TONES[report.state],
    )


def place_note(row):
    """What decided between equal totals."""
    placed = row.placed
    if placed.is_open:
        return "Bằng điểm, hội nghị quyết định thứ hạng."
    if placed.is_shared:
        return "Cùng hạng."
    if placed.decided_by:
        return f"Bằng tổng điểm, xếp theo {TIE_RULE_WORDS[placed.decided_by]}."
    return ""


class RankingPaper(RankingMixin, PaperPage):
    """Bảng tổng hợp điểm, landscape."""

    def find_object(self):
        return self.bloc_year

    def build(self):
        ranking = ranking_of(self.bloc_year)
        if not self.may_see(ranking):
            raise PermissionDenied
        return score_summary_paper(ranking)


class ReportPaper(BlocYearPage, PaperPage):
    """Bảng tự chấm điểm of one unit."""

    permission_required = "blocs.view_report"

    def get_bloc_year(self):
        user = self.request.user
        found = Report.objects.visible_to(user).select_related("unit", "table")
        self.report = get_object_or_404(found, pk=self.kwargs["pk"])
        self.report.bloc_year = find_year(user, self.report.bloc_year_id)
        return self.report.bloc_year

    def find_object(self):
        return self.report

    def build(self):
        report = self.report
        appraised = report.state in COUNCIL_STATES
        may = appraised or self.request.user.has_perm("blocs.prepare_appraisal", report)
        return score_sheet_paper(report, shows_appraisal=may)
