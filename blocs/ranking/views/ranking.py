"""The ranking of a bloc year and the papers of its scores."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView

from blocs.ranking.actions.stated import why_closed
from blocs.ranking.documents.shown_ranking import shown_ranking
from blocs.ranking.models.results import ranking_faults
from blocs.states import YearState
from blocs.years.models import BlocYear
from blocs.years.views.pages import BlocYearPage
from thidua.common.pages.views import PagePermission


class RankingMixin(BlocYearPage, PagePermission):
    permission_required = "ranking.view_ranking"
    crumb = "Xếp hạng"

    def get_bloc_year(self):
        """The year with its rules, which every ranking asks for."""
        seen = BlocYear.objects.visible_to(self.request.user).for_page()
        return get_object_or_404(seen, pk=self.kwargs["year_pk"])

    def get_permission_object(self):
        return self.bloc_year


class RankingDetail(RankingMixin, TemplateView):
    template_name = "ranking/ranking_detail.html"

    def get_context_data(self, **kwargs):
        shown = shown_ranking(self.bloc_year, self.request.user)
        return super().get_context_data(
            **vars(shown),
            may_settle=self.may_settle(),
            basis=ranking_faults(self.bloc_year) if shown.seals else [],
            basis_url=self.basis_url(),
            stated_url=self.stated_url(),
            **kwargs,
        )

    def stated_url(self):
        """Where results by minutes are written; empty where nobody may, or points decide."""
        may = self.request.user.has_perm("ranking.state_results", self.bloc_year)
        if not may or why_closed(self.bloc_year):
            return ""
        return reverse("ranking:stated_results", args=(self.bloc_year.pk,))

    def basis_url(self):
        """Where the person settles what changed; empty for others."""
        may = self.request.user.has_perm("ranking.settle_ranking", self.bloc_year)
        return reverse("ranking:ranking_basis", args=(self.bloc_year.pk,)) if may else ""

    def may_settle(self):
        """Points against the best unit are settled while the bloc closes its year."""
        year = self.bloc_year
        is_closing = year.state == YearState.CLOSING
        return is_closing and self.request.user.has_perm("ranking.settle_relative", year)
