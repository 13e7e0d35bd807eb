"""The regulation of a bloc year: to read for all, to set or amend for the office."""

from django.urls import reverse
from django.views.generic import TemplateView

from blocs.years.actions.amendments import Amending, amend_rules
from blocs.years.actions.regulation import scoring_words, set_rules, set_scoring_rules
from blocs.years.forms.amendments import ASKED, AmendRulesForm, AmendScoringRulesForm
from blocs.years.forms.regulation import RulesForm, ScoringRulesForm
from blocs.years.models.frozen_rules import closed_rules, used_since
from blocs.years.models.regulation import regulation_of, scoring_parts
from blocs.years.models.rule_bases import Citations
from blocs.years.models.table_lines import line_paths, named_sections
from blocs.years.views.years import YearMixin
from thidua.common.changes import all_words
from thidua.common.pages.second_writer import SecondWriter
from thidua.common.pages.views import ObjectFormPage, ObjectMixin

CRUMB = "Quy định chấm điểm"
TOLD = (
    "{} Lần sửa này là sửa đổi số {:02d} của năm: việc đã làm trước ngày áp dụng giữ quy định cũ; "
    "các đơn vị được báo ở trang “Việc của tôi”."
)


class RulesPage(YearMixin, SecondWriter, ObjectFormPage):
    """Set the rules while nobody has used them; from then on amend them by number."""

    permission_required = "years.manage_year"
    plain_form = amending_form = None

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.used = used_since(self.object) if self.object else None

    def get_closed(self):
        return closed_rules(self.object)

    def get_form_class(self):
        return self.amending_form if self.used else self.plain_form

    def get_instance(self):
        return regulation_of(self.object)

    @property
    def consequence(self):
        if not self.used or self.get_closed():
            return ""
        return TOLD.format(self.used.sentence, self.object.rules_amendments.count() + 1)

    def save(self, form, *, seen):
        data, actor = dict(form.cleaned_data), self.request.user
        if self.used:
            amending = Amending(*(data.pop(name) for name in ASKED))
            amend_rules(self.object, actor=actor, data=data, amending=amending, seen=seen)
        else:
            self.save_plain(data, actor, seen)


class YearRulesEdit(RulesPage):
    plain_form, amending_form = RulesForm, AmendRulesForm
    crumb = "Quy định"

    def get_heading(self):
        return f"Quy định – {self.bloc_year}"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"sections": named_sections(self.object)}

    def get_words(self):
        return all_words(self.get_instance(), RulesForm.stored)

    def save_plain(self, data, actor, seen):
        """The same before any act has used the rules."""
        set_rules(self.object, actor=actor, data=data, seen=seen)


class ScoringRulesDetail(YearMixin, ObjectMixin, TemplateView):
    template_name = "years/regulation/detail.html"
    permission_required = "years.view_year"
    crumb = CRUMB

    def get_context_data(self, **kwargs):
        year = self.bloc_year
        is_open = not closed_rules(year)
        may = is_open and self.request.user.has_perm("years.manage_year", year)
        parts = scoring_parts(regulation_of(year))
        return super().get_context_data(
            parts=parts,
            bases=Citations(year, year.named_on).facts(),
            may_cite=self.request.user.has_perm("years.manage_year", year),
            may_edit=may,
            amendments=list(year.rules_amendments.order_by("number")),
            **kwargs,
        )


class ScoringRulesEdit(RulesPage):
    plain_form, amending_form = ScoringRulesForm, AmendScoringRulesForm
    crumb = CRUMB

    def get_heading(self):
        return f"{CRUMB} – {self.bloc_year}"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"lines": line_paths(self.bloc_year)}

    def get_success_url(self):
        return reverse("years:scoring_rules", args=(self.bloc_year.pk,))

    def get_words(self):
        return scoring_words(self.get_instance(), ScoringRulesForm.Meta.fields)

    def save_plain(self, data, actor, seen):
        """The same before any act has used the rules."""
        set_scoring_rules(self.bloc_year, actor=actor, data=data, seen=seen)
