from crispy_forms.layout import Layout
from django import forms

from thidua.common.pages.forms import DecimalCommaField, TidyForm

ACCEPT, REJECT = "accept", "reject"
DECISIONS = ((ACCEPT, "Chấp nhận, ghi điểm mới"), (REJECT, "Không chấp nhận, giữ nguyên điểm"))


class AppealForm(TidyForm):
    """What the unit objects to at one leaf, and the points it asks for."""

    text = forms.CharField(
        label="Nội dung kiến nghị",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text="Nêu căn cứ, số liệu và minh chứng. Lãnh đạo đơn vị gửi kiến nghị.",
    )

    def __init__(self, *args, decimals, maximum, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["asked_points"] = DecimalCommaField(
            label="Điểm đề nghị", decimals=decimals, maximum=maximum, required=False
        )
        self.helper.layout = Layout("text", "asked_points")


class AnswerForm(TidyForm):
    """The answer to an objection: gives way with new points, or not, always with a text."""

    decision = forms.ChoiceField(
        label="Kết quả xem xét", choices=DECISIONS, widget=forms.RadioSelect
    )
    answer = forms.CharField(
        label="Nội dung trả lời", max_length=4000, widget=forms.Textarea(attrs={"rows": 6})
    )

    def __init__(self, *args, decimals, maximum, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["points"] = DecimalCommaField(
            label="Điểm mới",
            decimals=decimals,
            maximum=maximum,
            required=False,
            help_text="Chỉ ghi khi chấp nhận; có thể chấp nhận một phần.",
        )
        self.helper.layout = Layout("decision", "points", "answer")
