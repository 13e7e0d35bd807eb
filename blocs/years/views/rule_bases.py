"""On which article each rule of a year rests."""

from django.urls import reverse

from blocs.states import YearState
from blocs.years.actions.rule_bases import ARCHIVED, rule_basis_words, set_rule_bases
from blocs.years.forms.rule_bases import RuleBasesForm
from blocs.years.views.years import YearMixin
from thidua.common.pages.second_writer import SecondWriter
from thidua.common.pages.views import ObjectFormPage


class RuleBasesEdit(YearMixin, SecondWriter, ObjectFormPage):
    permission_required = "years.manage_year"
    form_class = RuleBasesForm
    crumb = "Căn cứ của quy định"
    submit_label = "Lưu căn cứ"

    def get_heading(self):
        return f"Căn cứ của từng quy định – {self.bloc_year}"

    def get_closed(self):
        return ARCHIVED if self.object.state == YearState.ARCHIVED else ""

    def get_initial(self):
        found = {row.rule: row for row in self.object.rule_bases.all()}
        cited = {rule: row.document_id for rule, row in found.items()}
        return cited | {f"{rule}_article": row.article for rule, row in found.items()}

    def get_words(self):
        return rule_basis_words(self.object)

    def save(self, form, *, seen):
        bases, actor = form.bases(), self.request.user
        return set_rule_bases(self.object, actor=actor, bases=bases, seen=seen)

    def get_success_url(self):
        return reverse("years:scoring_rules", args=(self.bloc_year.pk,))
