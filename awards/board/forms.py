from django import forms

from thidua.common.pages.forms import TidyForm


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
