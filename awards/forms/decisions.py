from crispy_forms.layout import Column, Layout, Row
from django import forms

from awards.models import AwardKind, Decision, ProposalItem
from thidua.common.forms import TidyForm, TidyModelForm

NOTHING_READY = (
    "Chưa có dòng nào đủ điều kiện. Hãy tiếp nhận đề nghị của khối và thẩm định từng dòng trước."
)


class DecisionForm(TidyModelForm):
    items = forms.ModelMultipleChoiceField(
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
        if not choices:
            self.fields["items"].help_text = NOTHING_READY
        self.helper.layout = Layout(
            Row(Column("year", css_class="col-md-2"), Column("title")), "legal_bases", "items"
        )


def item_words(item):
    return f"{item.award} – {item.unit} ({item.proposal.bloc_year.bloc})"


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


class AwardKindForm(TidyModelForm):
    class Meta:
        model = AwardKind
        fields = (
            "name",
            "code",
            "is_flag",
            "is_national",
            "legal_basis",
            "bonus_multiple",
            "order",
            "is_active",
        )
