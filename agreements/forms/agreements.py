from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.core.exceptions import ValidationError

from agreements.models import Agreement, Declining, Signature
from blocs.legal.forms import OffersBases
from blocs.units.models import Bloc
from thidua.common.pages.forms import DecimalCommaField, TidyForm, TidyModelForm
from thidua.papers.numbers import composed_number, number_help

EMPTY_ROWS = 3
BY_NAME = "Tiêu chí cùng tên"


def agreement_sign(bloc: Bloc) -> str:
    """What stands behind the number of an agreement of this bloc."""
    return f"GƯ-{bloc.code}"


class AgreementForm(OffersBases, TidyModelForm):
    day_field = "signed_on"

    class Meta:
        model = Agreement
        fields = (
            "number",
            "place",
            "signed_on",
            "legal_bases",
            "opening",
            "contents",
            "execution",
            "witness",
            "copies",
        )
        widgets = {
            "legal_bases": forms.Textarea(attrs={"rows": 3}),
            "opening": forms.Textarea(attrs={"rows": 3}),
            "contents": forms.Textarea(attrs={"rows": 8}),
            "execution": forms.Textarea(attrs={"rows": 5}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.sign = agreement_sign(self.instance.bloc_year.bloc)
        self.fields["number"].help_text = number_help(self.sign)
        self.helper.layout = Layout(
            Row(Column("number"), Column("place"), Column("signed_on")),
            *self.bases_layout(),
            "opening",
            "contents",
            "execution",
            Row(Column("witness"), Column("copies")),
        )

    def usual_bases(self):
        return self.instance.bloc_year.legal_bases

    def clean_number(self):
        return composed_number(self.cleaned_data["number"], self.sign)


class TargetForm(TidyForm):
    """One row of the targets; an empty row is left out."""

    name = forms.CharField(label="Chỉ tiêu", max_length=500, required=False)
    measure = forms.CharField(label="Đơn vị tính", max_length=60, required=False)
    planned = DecimalCommaField(label="Kế hoạch", decimals=4)
    leaf = forms.ChoiceField(label="Tiêu chí chấm điểm", required=False)

    def __init__(self, *args, leaves=(), **kwargs):
        super().__init__(*args, **kwargs)
        stored = self.initial.get("leaf") or ""
        choices = [("", BY_NAME), *((path, words) for path, words in leaves)]
        if stored and stored not in dict(choices):
            choices.append((stored, f"{stored} (không còn trong bảng chấm điểm)"))
        self.fields["leaf"].choices = choices
        self.fields["planned"].is_percent = "%" in str(self["measure"].value() or "")

    def clean(self):
        data = super().clean()
        if not data.get("name") and (data.get("measure") or data.get("planned") is not None):
            raise ValidationError("Dòng chỉ tiêu này chưa có tên chỉ tiêu.")
        return data


class TargetRows(forms.BaseFormSet):
    def rows(self):
        """The rows that say something, in their order."""
        return [form.cleaned_data for form in self.forms if form.cleaned_data.get("name")]


TargetFormSet = forms.formset_factory(TargetForm, formset=TargetRows, extra=EMPTY_ROWS)


class SignatureForm(TidyModelForm):
    revision = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Signature
        fields = ("signer_name", "signer_title", "capacity", "mandate")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mandate"].help_text = "Chỉ ghi khi ký thừa ủy quyền (TUQ.)."
        self.helper.layout = Layout(
            Row(Column("signer_name"), Column("signer_title")),
            Row(Column("capacity"), Column("mandate")),
            "revision",
        )

    def _post_clean(self):
        """The action checks the whole signature; here only what was typed is read."""


class DeclineForm(TidyModelForm):
    revision = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Declining
        fields = ("reason",)
        widgets = {"reason": forms.Textarea(attrs={"rows": 4})}
        labels = {"reason": "Lý do không ký"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout("reason", "revision")

    def _post_clean(self):
        """The action checks the whole declining; here only what was typed is read."""
