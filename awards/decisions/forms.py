from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.core.exceptions import ValidationError

from awards.decisions.models import Decision
from awards.proposals.models import ProposalItem
from blocs.legal.forms import OffersBases
from thidua.common.pages.forms import ManyField, TidyForm, TidyModelForm
from thidua.common.vietnamese.numbers import whole_number
from thidua.papers.numbers import composed_number, number_help

# Decisions of the Chairman of the People's Committee of the province.
SIGN = "QĐ-UBND"

OF_STATE = (
    "Hình thức cấp Nhà nước không có ở đây: Chủ tịch trình, số và ngày tờ trình ghi ở trang của "
    "dòng đề nghị."
)
NOTHING_READY = "Chưa có dòng nào đủ điều kiện. Hãy tiếp nhận đề nghị và thẩm định từng dòng trước."


class LinesField(ManyField):
    """Lines by their ids; neither database compares its ids with a number that is too long."""

    def clean(self, value):
        for pk in value or ():
            if whole_number(str(pk)) is None:
                params = {"value": str(pk)[:60]}
                raise ValidationError(self.error_messages["invalid_choice"], params=params)
        return super().clean(value)


class DecisionForm(OffersBases, TidyModelForm):
    day_field = "signed_on"
    items = LinesField(
        ProposalItem.objects.none(),
        label="Các dòng đủ điều kiện được tặng",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn ít nhất một dòng."},
    )

    class Meta:
        model = Decision
        fields = ("year", "title", "legal_bases")
        widgets = {"legal_bases": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["items"].queryset = choices
        self.fields["items"].label_from_instance = item_words
        self.fields["items"].help_text = OF_STATE if choices else f"{NOTHING_READY} {OF_STATE}"
        self.helper.layout = Layout(
            Row(Column("year", css_class="col-md-2"), Column("title")),
            *self.bases_layout(),
            "items",
        )


def item_words(item):
    return f"{item.award} – {item.unit} ({item.proposal.bloc_year.bloc})"


class DropDraftForm(TidyForm):
    """Why a draft shall not be signed."""

    reason = forms.CharField(
        label="Lý do bỏ dự thảo", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class SignDecisionForm(TidyForm):
    number = forms.CharField(label="Số quyết định", max_length=60)
    signed_on = forms.DateField(label="Ngày ký")
    signer_name = forms.CharField(label="Người ký", max_length=150)
    signer_title = forms.CharField(label="Chức vụ", max_length=150, initial="Chủ tịch")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            Row(Column("number"), Column("signed_on")),
            Row(Column("signer_name"), Column("signer_title")),
        )
        self.fields["number"].help_text = number_help(SIGN)

    def clean_number(self):
        return composed_number(self.cleaned_data["number"], SIGN)
