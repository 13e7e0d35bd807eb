from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from awards.decisions.models import Decision
from awards.proposals.models import ProposalItem
from blocs.legal.forms import OffersBases
from blocs.years.models import BlocYear
from thidua.common.pages.by_keys import KeyPaginator
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
NO_LINE = "Chọn ít nhất một dòng."
LINES_OF_A_PAGE = 100


class LinesField(ManyField):
    """Lines by their ids; neither database compares its ids with a number that is too long."""

    def clean(self, value):
        for pk in value or ():
            if whole_number(str(pk)) is None:
                params = {"value": str(pk)[:60]}
                raise ValidationError(self.error_messages["invalid_choice"], params=params)
        return super().clean(value)


class DecisionForm(OffersBases, TidyModelForm):
    """A draft and its lines, a page of those that may be ticked at a time.

    `shown` are the lines of the page: they alone are chosen by it, the others stay as `held` has
    them. `rest` takes all lines of the year besides.
    """

    day_field = "signed_on"
    items = LinesField(
        ProposalItem.objects.none(),
        label="Các dòng đủ điều kiện được tặng",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    shown = forms.CharField(
        required=False, max_length=20 * LINES_OF_A_PAGE, widget=forms.HiddenInput
    )
    rest = forms.BooleanField(required=False)

    class Meta:
        model = Decision
        fields = ("year", "title", "legal_bases")
        widgets = {"legal_bases": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args, choices, held=(), number=1, **kwargs):
        super().__init__(*args, **kwargs)
        self.choices, self.held = choices, frozenset(held)
        self.page = KeyPaginator(choices, LINES_OF_A_PAGE).get_page(number)
        self.offer_lines()
        self.fields["items"].label_from_instance = item_words
        self.fields["items"].help_text = (
            OF_STATE if self.page.paginator.count else f"{NOTHING_READY} {OF_STATE}"
        )
        self.helper.layout = Layout(
            Row(Column("year", css_class="col-md-2"), Column("title")),
            *self.bases_layout(),
            "items",
            "shown",
        )

    def offer_lines(self):
        """The lines of the page; a typed form offers those that its page has shown."""
        if not self.is_bound:
            rows = self.page.object_list
            self.initial["shown"] = ",".join(str(item.pk) for item in rows)
        elif keys := self.keys_shown():
            rows = self.choices.filter(pk__in=keys)
        else:
            rows = self.choices
        self.fields["items"].queryset = rows

    def keys_shown(self):
        words = self.data.get("shown", "").split(",")
        return [pk for one in words if (pk := whole_number(one)) is not None]

    def clean(self):
        data = super().clean()
        if "items" in data:
            data["items"] = [*data["items"], *self.lines_elsewhere(data)]
            if not data["items"]:
                self.add_error("items", NO_LINE)
        return data

    def lines_elsewhere(self, data):
        """Of the lines on other pages those that the draft has, or all that it may have."""
        wanted = Q(pk__in=self.held)
        if data.get("rest") and data.get("year"):
            wanted |= Q(proposal__bloc_year__in=BlocYear.objects.in_year(data["year"]))
        shown = self.keys_shown()
        return self.choices.filter(wanted).exclude(pk__in=shown) if shown else ()


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
