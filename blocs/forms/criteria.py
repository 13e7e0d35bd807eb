"""One form per way of scoring: its fields become the rule of the leaf."""

import json

from django import forms
from django.core.exceptions import ValidationError

from blocs.domain.ordinary_rules import is_ordinary
from blocs.domain.scoring import KINDS
from blocs.domain.scoring.numbers import RuleError
from blocs.domain.table_json import exact
from blocs.forms.criterion_base import CriterionForm, GroupForm
from blocs.forms.leaf_forms import (
    BonusForm,
    ClausesForm,
    DeductionForm,
    DirectForm,
    OccurrenceForm,
    PassFailForm,
    RatingForm,
)
from blocs.forms.quantitative_form import QuantitativeForm


class KeptRuleForm(CriterionForm):
    """A rule beyond the ordinary ones stays as it is; only the line around it is changed."""


class RuleTextForm(CriterionForm):
    """Any rule the arithmetic knows, written as data by the office."""

    kind_name = forms.ChoiceField(
        label="Cách chấm", choices=[(kind.code, kind.label) for kind in KINDS.values()]
    )
    rule = forms.CharField(
        label="Quy tắc (JSON)",
        required=False,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
        help_text='Số thập phân ghi trong dấu ngoặc kép với dấu chấm, ví dụ "0.5".',
    )

    def rows(self):
        first, evidence = super().rows()
        return (first, "kind_name", "rule", evidence)

    def read(self, rule):
        return {"rule": json.dumps(rule, ensure_ascii=False, indent=2) if rule else ""}

    def clean_rule(self):
        text = self.cleaned_data["rule"].strip() or "{}"
        try:
            found = exact(json.loads(text), "quy tắc")
        except RuleError as error:
            raise ValidationError(str(error)) from error
        except (ValueError, RecursionError) as error:
            raise ValidationError("Quy tắc không phải là văn bản JSON hợp lệ.") from error
        if not isinstance(found, dict):
            raise ValidationError("Quy tắc phải đặt trong dấu ngoặc nhọn { }.")
        return found

    def get_kind(self):
        return self.cleaned_data["kind_name"]

    def values(self):
        return super().values() | {"rule": self.cleaned_data["rule"]}


FORMS = {
    form.kind: form
    for form in (
        GroupForm,
        DirectForm,
        QuantitativeForm,
        OccurrenceForm,
        PassFailForm,
        RatingForm,
        BonusForm,
        DeductionForm,
        ClausesForm,
    )
}


def form_class(kind, rule, *, writes_rules):
    """The form that shows this rule: ordinary fields, the rule as text, or without the rule."""
    if is_ordinary(kind, rule):
        return FORMS[kind]
    return RuleTextForm if writes_rules else KeptRuleForm
