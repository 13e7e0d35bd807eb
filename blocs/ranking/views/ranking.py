"""The ranking of a bloc year and the papers of its scores."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView

from blocs.ranking.actions.stated import why_closed
from blocs.ranking.documents.seal_words import seal_sentences
from blocs.ranking.models.equal_units import choices_between
from blocs.ranking.models.left_out import not_compared
from blocs.ranking.models.rankings import Ranking, ranking_of
from blocs.ranking.models.results import ranking_faults
from blocs.ranking.models.stated import stated_places, stated_sentences
from blocs.ranking.views.ranking_rows import place_rows
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
        is_final = shown and ranking.is_agreed
        seals = ranking.seals if is_final else []
        stated = [] if ranking.rows else stated_places(self.bloc_year)
        stated_by = () if ranking.rows else stated_sentences(self.bloc_year, stated)[:1]
        choices = choices_between(self.bloc_year, self.request.user) if is_final else []
        chosen = frozenset().union(*(choice.names for choice in choices))
        return super().get_context_data(
            is_shown=shown,
            may_settle=self.may_settle(),
            is_agreed=ranking.is_agreed,
            rows=place_rows(ranking, self.request.user) if shown else [],
            # Where minutes state the result nobody waits for reports any more.
            out=self.left_out(ranking) if shown and not stated_by else (),
            open_ties=[name for name in ranking.open_ties if name not in chosen],
            choices=[choice.sentence for choice in choices],
            has_classes=bool(ranking.bands),
            questions=ranking.questions if shown else (),
            by_percent=ranking.by_percent,
            shows_groups=ranking.shows_groups,
            compared=ranking.compared_heading if ranking.compares_months else "",
            tie_rule=ranking.printed_rule,
            class_rule=ranking.class_rule,
            sealed=seal_sentences(ranking) if is_final else [],
            seals=[seal.number for seal in seals],
            basis=ranking_faults(self.bloc_year) if seals else [],
            basis_url=self.basis_url(),
            stated=stated,
            stated_by=stated_by,
            stated_counts=self.bloc_year.stated_counts.order_by("pk") if stated_by else (),
            stated_url=self.stated_url(),
            counted=len(ranking.rows),
            total=len(ranking.rows) + len(ranking.out),
            rectifications=rectification_words(self.bloc_year) if is_final else [],
            **kwargs,
        )

    def left_out(self, ranking):
        """Everybody without a place; members that are not compared at all come last."""
        told = [row.unit.pk for row in (*ranking.rows, *ranking.out)]
        return [*ranking.out, *not_compared(self.bloc_year, told)]

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


def rectification_words(bloc_year):
    """Rectifications of agreed points, a sentence each."""
    return [
        f"Đã đính chính ngày {short_date(version.taken_at)}: {version.report.unit.name}. "
        f"Lý do: {version.reason}"
        for version in rectifications_of(bloc_year)
    ]
