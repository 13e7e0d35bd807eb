"""What the regulation of a year changed against an earlier year of the same bloc."""

from django.views.generic import TemplateView

from blocs.criteria.documents.rule_changes import rule_changes_paper
from blocs.criteria.models.regulation_changes import regulation_changes
from blocs.years.models import BlocYear
from blocs.years.views.years import YearMixin
from thidua.common.pages.views import ObjectMixin
from thidua.papers.views import PaperPage


class ChangesMixin(YearMixin):
    """Finds the other year: the one asked for by `nam`, else the one before."""

    permission_required = "criteria.view_table"
    crumb = "So sánh quy định"

    def get_years(self):
        """Other years of the bloc, the newest first; this one is read anew with its rules.

        The comparison is an annex of this year's plan: who sees the year sees what it changed,
        also a unit that was no member before. Only rules are told, never anybody's points.
        """
        found = BlocYear.objects.filter(bloc=self.bloc_year.bloc_id).order_by("-year")
        years = list(found.select_related("bloc", "regulation"))
        self.this = next(year for year in years if year == self.bloc_year)
        return [year for year in years if year != self.bloc_year]

    def get_other(self, years):
        wanted = self.request.GET.get("nam", "")
        asked = next((year for year in years if str(year.year) == wanted), None)
        before = (year for year in years if year.year < self.bloc_year.year)
        return asked or next(before, None)


class RuleChanges(ChangesMixin, ObjectMixin, TemplateView):
    template_name = "criteria/regulation/changes.html"

    def get_context_data(self, **kwargs):
        years = self.get_years()
        other = self.get_other(years)
        changes = regulation_changes(other, self.this) if other else ()
        return super().get_context_data(years=years, other=other, changes=changes, **kwargs)


class RuleChangesPaperPage(ChangesMixin, PaperPage):
    """The same table as an annex that can be attached to the plan."""

    def build(self):
        other = self.get_other(self.get_years())
        changes = regulation_changes(other, self.this) if other else ()
        return rule_changes_paper(self.bloc_year, other, changes)
