"""What the rules of a year rest on."""

from functools import partial

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.text import capfirst

from blocs.legal.models import LegalDocument, paper_day
from blocs.years.domain.rule_bases import RULES
from thidua.common.pages.forms import TidyForm
from thidua.common.pages.searched.fields import SearchedField, read_together

ARTICLE_LENGTH = 100


class RuleBasesForm(TidyForm):
    """For each rule of the year a text of the catalogue and its article."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        documents, today = LegalDocument.objects.all(), paper_day(None)
        for rule, label in RULES.items():
            field = self.fields[rule] = SearchedField(
                documents, label=capfirst(label), empty_label="chưa dẫn căn cứ", required=False
            )
            field.label_from_instance = partial(LegalDocument.marked, day=today)
            self.fields[f"{rule}_article"] = forms.CharField(
                label="Điều, khoản", max_length=ARTICLE_LENGTH, required=False
            )
        cited = [self.data.get(rule) or self.initial.get(rule) for rule in RULES]
        read_together([self.fields[rule] for rule in RULES], documents, cited)
        self.helper.layout = Layout(
            *(Row(Column(rule, css_class="col-md-8"), Column(f"{rule}_article")) for rule in RULES)
        )

    def bases(self):
        """What each rule cites, as the action takes it."""
        data = self.cleaned_data
        return {rule: (data[rule], data[f"{rule}_article"]) for rule in RULES}
