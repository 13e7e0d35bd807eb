"""The regulation of a bloc year: to read for all, to set for the office."""

from django.urls import reverse
from django.views.generic import TemplateView

from blocs.years.actions.regulation import (
    RULES_OPEN,
    scoring_words,
    set_rules,
    set_scoring_rules,
)
from blocs.years.forms.regulation import RulesForm, ScoringRulesForm
from blocs.years.models.frozen_rules import is_signed
from blocs.years.models.regulation import regulation_of, scoring_parts
from blocs.years.models.table_lines import line_paths
from blocs.years.views.years import YearMixin
from thidua.common.changes import all_words
from thidua.common.pages.second_writer import SecondWriter
from thidua.common.pages.views import ObjectFormPage, ObjectMixin

CRUMB = "Quy định chấm điểm"


class YearRulesEdit(YearMixin, SecondWriter, ObjectFormPage):
    permission_required = "years.manage_year"
    template_name = "years/year_form.html"
    form_class = RulesForm
    crumb = "Quy định"

    def get_instance(self):
        return regulation_of(self.object)

    def get_heading(self):
        return f"Quy định – {self.bloc_year}"

    def get_words(self):
        return all_words(self.get_instance(), RulesForm.stored)

    def save(self, form, *, seen):
        return set_rules(self.object, actor=self.request.user, data=form.cleaned_data, seen=seen)


class ScoringRulesDetail(YearMixin, ObjectMixin, TemplateView):
    template_name = "years/regulation/detail.html"
    permission_required = "years.view_year"
    crumb = CRUMB

    def get_context_data(self, **kwargs):
        year = self.bloc_year
        is_open = year.state in RULES_OPEN and not is_signed(year)
        may = is_open and self.request.user.has_perm("years.manage_year", year)
        parts = scoring_parts(regulation_of(year))
        return super().get_context_data(parts=parts, may_edit=may, **kwargs)


class ScoringRulesEdit(YearMixin, SecondWriter, ObjectFormPage):
    permission_required = "years.manage_year"
    template_name = "years/year_form.html"
    form_class = ScoringRulesForm
    crumb = CRUMB

    def get_instance(self):
        return regulation_of(self.bloc_year)

    def get_heading(self):
        return f"{CRUMB} – {self.bloc_year}"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"lines": line_paths(self.bloc_year)}

    def get_success_url(self):
        return reverse("years:scoring_rules", args=(self.bloc_year.pk,))

    def get_words(self):
        return scoring_words(self.get_instance(), ScoringRulesForm.Meta.fields)

    def save(self, form, *, seen):
        data, actor = form.cleaned_data, self.request.user
        set_scoring_rules(self.bloc_year, actor=actor, data=data, seen=seen)
