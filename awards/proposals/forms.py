from decimal import Decimal

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.core.exceptions import ValidationError

from awards.proposals.models import Proposal
from blocs.legal.forms import OffersBases
from blocs.units.models import Unit
from blocs.years.models import AwardKind
from thidua.common.pages.basis import BasisForm
from thidua.common.pages.forms import DecimalCommaField, ManyField, TidyForm, TidyModelForm
from thidua.common.pages.searched.fields import SearchedField, read_together
from thidua.papers.numbers import composed_number, number_help

EMPTY_ROWS = 2
KEEP, REDO = "keep", "redo"
WAYS = (
    (KEEP, "Giữ các dòng đề nghị như đã ghi"),
    (REDO, "Lập lại các dòng theo kết quả, phiếu và quy định số lượng hiện nay"),
)


class ProposalForm(OffersBases, TidyModelForm):
    day_field = "dated_on"

    class Meta:
        model = Proposal
        fields = ("number", "dated_on", "legal_bases", "summary", "quota_reason", "left_out_reason")
        widgets = {
            "legal_bases": forms.Textarea(attrs={"rows": 3}),
            "summary": forms.Textarea(attrs={"rows": 4}),
            "quota_reason": forms.Textarea(attrs={"rows": 2}),
            "left_out_reason": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        year = self.instance.bloc_year if self.instance.bloc_year_id else None
        self.sign = f"TTr-{year.bloc.code}" if year else "TTr"
        self.fields["number"].help_text = number_help(self.sign)
        self.helper.layout = Layout(
            Row(Column("number"), Column("dated_on")),
            *self.bases_layout(),
            "summary",
            "quota_reason",
            "left_out_reason",
        )

    def usual_bases(self):
        return self.instance.bloc_year.legal_bases if self.instance.bloc_year_id else ""

    def clean_number(self):
        return composed_number(self.cleaned_data["number"], self.sign)


class TieForm(TidyForm):
    """Whom people choose of the equal units, and why."""

    chosen = ManyField(
        Unit.objects.none(),
        label="Đơn vị được chọn",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(
        label="Lý do, căn cứ chọn",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ví dụ: kết quả biểu quyết tại hội nghị ngày 04/12/2026, 7/8 đại biểu đồng ý.",
    )

    def __init__(self, *args, units, seats, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chosen"].queryset = units
        self.fields["chosen"].help_text = (
            f"Còn {seats} suất. Chọn nhiều hơn là vượt quy định số lượng, phải ghi lý do ở đề "
            "nghị; không chọn đơn vị nào là không đề nghị hình thức này cho các đơn vị cùng hạng."
        )


NO_AWARD = "Dòng này chưa chọn hình thức khen thưởng. Muốn bỏ dòng thì xóa cả đơn vị và thành tích."


class ItemForm(TidyForm):
    """One line of the proposal; a line in which nothing stands is left out."""

    award = forms.ModelChoiceField(AwardKind.objects.none(), required=False)
    unit = SearchedField(Unit.objects.none(), required=False, empty_label="– chọn –")
    merit = forms.CharField(required=False)
    warned_reason = forms.CharField(required=False, max_length=500)

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        self.fields["award"].queryset = AwardKind.objects.for_units()

    def clean(self):
        data = super().clean()
        if not data.get("award") and any(
            data.get(name) for name in ("unit", "merit", "warned_reason")
        ):
            raise ValidationError(NO_AWARD)
        return data


class ItemRows(forms.BaseFormSet):
    def read_units(self):
        """Let all lines offer the units from one reading."""
        fields = [form.fields["unit"] for form in self.forms]
        values = [form["unit"].value() for form in self.forms]
        read_together(fields, self.form_kwargs["units"], values)

    def rows(self):
        """The lines that name an award, in their order."""
        return [form.cleaned_data for form in self.forms if form.cleaned_data.get("award")]


ItemFormSet = forms.formset_factory(ItemForm, formset=ItemRows, extra=EMPTY_ROWS)


class ProposalBasisForm(BasisForm):
    way = forms.ChoiceField(
        label="Xử lý", choices=WAYS, initial=KEEP, widget=forms.RadioSelect, required=False
    )

    def __init__(self, *args, may_redo: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_redo:
            del self.fields["way"]


class AwardKindForm(TidyModelForm):
    bonus_multiple = DecimalCommaField(
        label="Mức tiền thưởng (lần lương cơ sở)", maximum=Decimal("9999.99")
    )

    class Meta:
        model = AwardKind
        fields = (
            "name",
            "code",
            "is_flag",
            "is_title",
            "is_personal",
            "is_national",
            "is_of_unit",
            "is_for_persons",
            "is_for_households",
            "occasions",
            "valid_from",
            "valid_to",
            "is_compared",
            "legal_basis",
            "bonus_multiple",
            "order",
            "is_active",
        )
        help_texts = {"code": "Chữ không dấu và số, nối bằng gạch ngang, ví dụ bang-khen-tinh."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            "name",
            Row(Column("code"), Column("order")),
            Row(Column("legal_basis"), Column("bonus_multiple")),
            Row(Column("occasions"), Column("valid_from"), Column("valid_to")),
            Row(
                Column("is_flag", "is_title", "is_national", "is_of_unit", "is_active"),
                Column("is_personal", "is_for_persons", "is_for_households", "is_compared"),
            ),
        )

    def clean_bonus_multiple(self):
        value = self.cleaned_data["bonus_multiple"]
        if value is not None and value < 0:
            raise ValidationError("Mức tiền thưởng không thể là số âm.")
        return value


class UsualKindsForm(TidyForm):
    """Loads what is missing; carries which rows its page showed."""

    shown = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
