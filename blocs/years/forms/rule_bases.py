"""What the rules of a year rest on."""

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.text import capfirst

from blocs.legal.models import LegalDocument, paper_day
from blocs.years.domain.rule_bases import RULES
from thidua.common.pages.forms import TidyForm

ARTICLE_LENGTH = 100


class RuleBasesForm(TidyForm):
    """For each rule of the year a text of the catalogue and its article."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        documents = list(LegalDocument.objects.all())
        today = paper_day(None)
        choices = [("", "chưa dẫn căn cứ"), *((row.pk, row.marked(today)) for row in documents)]
        for rule, label in RULES.items():
            self.fields[rule] = forms.TypedChoiceField(
                label=capfirst(label),
                choices=choices,
                required=False,
                coerce=int,
                empty_value=None,
            )
            self.fields[f"{rule}_article"] = forms.CharField(
                label="Điều, khoản", max_length=ARTICLE_LENGTH, required=False
            )
        self.known = {row.pk: row for row in documents}
        self.helper.layout = Layout(
            *(Row(Column(rule, css_class="col-md-8"), Column(f"{rule}_article")) for rule in RULES)
        )

    def bases(self):
        """What each rule cites, as the action takes it."""
        data = self.cleaned_data
        return {rule: (self.known.get(data[rule]), data[f"{rule}_article"]) for rule in RULES}
