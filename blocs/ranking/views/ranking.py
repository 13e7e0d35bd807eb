"""The ranking of a bloc year and the papers of its scores."""

from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView

from blocs.ranking.models.rankings import Ranking, ranking_of
from blocs.ranking.views.ranking_rows import place_rows
from blocs.ranking.views.seal_words import seal_sentences
from blocs.reports.models.versions import rectifications_of
from blocs.states import YearState
from blocs.years.models import BlocYear
from blocs.years.views.pages import BlocYearPage
from thidua.common.pages.views import PagePermission
from thidua.common.vietnamese.dates import short_date


class RankingMixin(BlocYearPage, PagePermission):
    permission_required = "ranking.view_ranking"
    crumb = "Xếp hạng"

    def get_bloc_year(self):
        """The year with its rules, which every ranking asks for."""
        seen = BlocYear.objects.visible_to(self.request.user).for_page()
        return get_object_or_404(seen, pk=self.kwargs["year_pk"])

    def get_permission_object(self):
        return self.bloc_year

    def may_see(self, ranking: Ranking) -> bool:
        """Points that the conference has not agreed are for those who appraise."""
        user = self.request.user
        return ranking.is_agreed or user.has_perm(
            "ranking.view_provisional_ranking", self.bloc_year
        )


class RankingDetail(RankingMixin, TemplateView):
    template_name = "ranking/ranking_detail.html"

    def get_context_data(self, **kwargs):
        ranking = ranking_of(self.bloc_year)
        shown = self.may_see(ranking)
        return super().get_context_data(
            is_shown=shown,
            may_settle=self.may_settle(),
            is_agreed=ranking.is_agreed,
            rows=place_rows(ranking, self.request.user) if shown else [],
            out=ranking.out if shown else (),
            open_ties=ranking.open_ties,
            has_classes=bool(ranking.bands),
            questions=ranking.questions if shown else (),
            by_percent=ranking.by_percent,
            tie_rule=ranking.tie_rule,
            class_rule=ranking.class_rule,
            sealed=seal_sentences(ranking) if shown and ranking.is_agreed else [],
            counted=len(ranking.rows),
            total=len(ranking.rows) + len(ranking.out),
            rectifications=rectification_words(self.bloc_year)
            if shown and ranking.is_agreed
            else [],
            **kwargs,
        )

    def may_settle(self):
        """Points against the best unit are settled while the bloc closes its year."""
        year = self.bloc_year
        is_closing = year.state == YearState.CLOSING
        return is_closing and self.request.user.has_perm("ranking.settle_relative", year)


def rectification_words(bloc_year):
    """Rectifications of agreed points, a sentence each."""
    return [
        f"Đã đính chính ngày {short_date(version.taken_at)}: {version.report.unit.name}. "
        f"Lý do: {version.reason}"
        for version in rectifications_of(bloc_year)
    ]
