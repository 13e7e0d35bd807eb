"""The forms of the regulation once its rules were used: with day, document and reason."""

from crispy_forms.layout import Column, Fieldset, Row
from django import forms

from blocs.years.forms.regulation import RulesForm, ScoringRulesForm
from thidua.common.pages.forms import TidyForm

ASKED = ("amended_on", "document", "amendment_reason")


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

    def ask_for_amendment(self):
        """Put the three fields above the rules."""
        asked = Fieldset(
            "Sửa đổi quy định",
            Row(Column("amended_on", css_class="col-md-3"), Column("document")),
            "amendment_reason",
        )
        self.helper.layout.insert(0, asked)


class AmendRulesForm(AmendmentFields, RulesForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.ask_for_amendment()


class AmendScoringRulesForm(AmendmentFields, ScoringRulesForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.ask_for_amendment()
