"""The forms of the regulation once its rules were used: with day, document and reason."""

from crispy_forms.layout import Column, Fieldset, Row
from django import forms

from blocs.years.forms.regulation import RulesForm, ScoringRulesForm
from thidua.common.pages.forms import TidyForm
from thidua.papers.numbers import composed_number, number_help

ASKED = ("amended_on", "document", "amendment_reason", "notice_number")


class AmendmentFields(TidyForm):
    """What is asked beside the rules themselves."""

    amended_on = forms.DateField(label="Áp dụng từ ngày")
    document = forms.CharField(
        label="Văn bản sửa đổi",
        max_length=255,
        help_text="Số, ngày, cơ quan ban hành; ví dụ: Quyết định số 15/QĐ-KTĐ5 ngày 10/06/2026.",
    )
    amendment_reason = forms.CharField(
        label="Lý do sửa đổi", max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    notice_number = forms.CharField(
        label="Số, ký hiệu của thông báo", max_length=60, required=False
    )

    def ask_for_amendment(self):
        """Put the fields of the amendment above the rules."""
        self.sign = f"TB-{self.instance.bloc_year.bloc.code}"
        self.fields[
            "notice_number"
        ].help_text = f"{number_help(self.sign)} Để trống thì ghi tay trên bản in."
        asked = Fieldset(
            "Sửa đổi quy định",
            Row(Column("amended_on"), Column("notice_number"), Column("document")),
            "amendment_reason",
        )
        self.helper.layout.insert(0, asked)

    def clean_notice_number(self):
        return composed_number(self.cleaned_data["notice_number"], self.sign)


class AmendRulesForm(AmendmentFields, RulesForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.ask_for_amendment()


class AmendScoringRulesForm(AmendmentFields, ScoringRulesForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.ask_for_amendment()
