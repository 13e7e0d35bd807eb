from crispy_forms.layout import Column, Layout, Row
from django import forms

from thidua.common.pages.forms import TidyForm
from thidua.papers.numbers import composed_number, number_help

# Submissions of the People's Committee of the province.
SIGN = "TTr-UBND"


class OpinionForm(TidyForm):
    agrees = forms.TypedChoiceField(
        label="Ý kiến",
        choices=(("1", "Đồng ý"), ("0", "Không đồng ý")),
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label="Ghi rõ",
        max_length=500,
        required=False,
        help_text="Bắt buộc nếu không đồng ý.",
    )


class NoteForm(TidyForm):
    note = forms.CharField(label="Ghi chú", widget=forms.Textarea(attrs={"rows": 3}))


class ForwardForm(TidyForm):
    """Number and day of the Chairman's submission to the State."""

    number = forms.CharField(label="Số tờ trình", max_length=60)
    signed_on = forms.DateField(label="Ngày tờ trình")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(Row(Column("number"), Column("signed_on")))
        self.fields["number"].help_text = number_help(SIGN)

    def clean_number(self):
        return composed_number(self.cleaned_data["number"], SIGN)
