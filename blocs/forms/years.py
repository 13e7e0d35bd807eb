from decimal import Decimal

from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError

from blocs.domain.calendar import YearDates
from blocs.domain.ranking import TIE_RULE_WORDS, TieRule, tie_rule_sentence
from blocs.domain.rule_words import leader_words, not_a_member
from blocs.domain.tie_rules import DEFAULT_TIE_RULES
from blocs.models import Bloc, BlocYear, Unit, YearRules
from thidua.common.forms import DecimalCommaField, TidyForm, TidyModelForm

DATES = tuple(YearDates.__dataclass_fields__)
TIE_FIELDS = ("tie_1", "tie_2", "tie_3", "tie_4")
TIE_CHOICES = [
    ("", "không xét thêm"),
    *((rule.value, words) for rule, words in TIE_RULE_WORDS.items()),
]
USUAL_ORDER = tie_rule_sentence(DEFAULT_TIE_RULES)
LAST_CHOICES = (("", "hội nghị quyết định"), (TieRule.SHARED_RANK.value, "các đơn vị cùng hạng"))


class YearPlanForm(TidyForm):
    bloc = forms.ModelChoiceField(
        label="Khối, cụm thi đua", queryset=Bloc.objects.none(), empty_label="Chọn khối, cụm"
    )
    year = forms.IntegerField(label="Năm", min_value=2000, max_value=2100)
    members_on = forms.DateField(
        label="Lấy thành viên tại ngày",
        required=False,
        help_text="Để trống thì lấy thành viên tại ngày 01/01 của năm.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        blocs = Bloc.objects.filter(is_active=True).order_by("order", "name", "pk")
        self.fields["bloc"].queryset = blocs
        self.helper.layout = Layout("bloc", Row(Column("year"), Column("members_on")))


class YearForm(TidyModelForm):
    class Meta:
        model = BlocYear
        fields = ("head", "deputy", "second_deputy", "head_basis", "legal_bases", *DATES)
        widgets = {"legal_bases": forms.Textarea(attrs={"rows": 5})}
        help_texts = {"head_basis": "Biên bản bầu, thông báo hoặc quyết định, ghi số và ngày."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        members = Unit.objects.filter(years__bloc_year=self.instance).for_list()
        for name, words in leader_words(self.instance.bloc.word).items():
            field = self.fields[name]
            field.queryset, field.empty_label, field.label = members, "Chưa chọn", words
            field.error_messages["invalid_choice"] = not_a_member(words)
        self.helper.layout = Layout(
            Fieldset(
                "Đơn vị đứng đầu và cấp phó",
                Row(Column("head"), Column("deputy")),
                Row(Column("second_deputy"), Column("head_basis")),
            ),
            Fieldset("Thời hạn của năm", *date_rows()),
            Fieldset("Căn cứ", "legal_bases"),
        )


def date_rows():
    """The dates two by two, in the order of the year."""
    return [Row(*map(Column, DATES[at : at + 2])) for at in range(0, len(DATES), 2)]


class RulesForm(TidyModelForm):
    vote_threshold = DecimalCommaField(label="Tỷ lệ phiếu tối thiểu (%)", required=True)
    certificate_share = DecimalCommaField(label="Bằng khen tối đa (%)", required=True)
    class_first = forms.BooleanField(
        label="Xếp theo mức xếp loại trước, cùng mức mới theo tổng điểm", required=False
    )
    tie_1 = forms.ChoiceField(label="Xét thứ nhất", choices=TIE_CHOICES, required=False)
    tie_2 = forms.ChoiceField(label="Xét thứ hai", choices=TIE_CHOICES, required=False)
    tie_3 = forms.ChoiceField(label="Xét thứ ba", choices=TIE_CHOICES, required=False)
    tie_4 = forms.ChoiceField(label="Xét thứ tư", choices=TIE_CHOICES, required=False)
    tie_last = forms.ChoiceField(
        label="Nếu vẫn bằng nhau",
        choices=LAST_CHOICES,
        required=False,
        help_text=f"Không chọn tiêu chí nào thì theo thứ tự thông thường. {USUAL_ORDER}",
    )

    class Meta:
        model = YearRules
        fields = (
            "decimals",
            "quorum_numerator",
            "quorum_denominator",
            "vote_is_strict",
            "vote_base",
            "flags",
            "certificate_count",
            "certificate_base",
            "rounding",
            "counted_submission",
        )
        help_texts = {"certificate_count": "Để trống nếu chỉ tính theo tỷ lệ."}

    # What `cleaned_data` names in the end: the fields of the stored regulation.
    stored = (*Meta.fields, "vote_threshold", "certificate_share", "tie_rules")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        chosen = list(self.instance.tie_rules)
        shared, by_class = TieRule.SHARED_RANK.value, TieRule.CLASS_FIRST.value
        self.initial["class_first"] = by_class in chosen
        self.initial["tie_last"] = shared if shared in chosen else ""
        self.initial |= dict(
            zip(
                TIE_FIELDS,
                [rule for rule in chosen if rule not in (shared, by_class)],
                strict=False,
            )
        )
        for name in ("vote_threshold", "certificate_share"):
            self.initial[name] = getattr(self.instance, name) or Decimal(0)
        self.helper.layout = Layout(
            Fieldset("Báo cáo và điểm", Row(Column("counted_submission"), Column("decimals"))),
            Fieldset(
                "Xếp hạng, khi bằng tổng điểm",
                "class_first",
                Row(Column("tie_1"), Column("tie_2")),
                Row(Column("tie_3"), Column("tie_4")),
                "tie_last",
            ),
            Fieldset(
                "Hội nghị và phiếu",
                Row(Column("quorum_numerator"), Column("quorum_denominator")),
                Row(Column("vote_threshold"), Column("vote_base")),
                "vote_is_strict",
            ),
            Fieldset(
                "Số lượng đề nghị khen thưởng",
                "flags",
                Row(Column("certificate_share"), Column("certificate_base")),
                Row(Column("certificate_count"), Column("rounding")),
            ),
        )

    def clean(self):
        """The order of the tie rules as one list, without holes."""
        data = super().clean()
        rules = [data.pop(name, "") for name in (*TIE_FIELDS, "tie_last")]
        by_class = [TieRule.CLASS_FIRST.value] if data.pop("class_first", False) else []
        data["tie_rules"] = [*by_class, *(rule for rule in rules if rule)]
        if len(set(data["tie_rules"])) < len(data["tie_rules"]):
            self.add_error("tie_1", ValidationError("Mỗi tiêu chí ưu tiên chỉ chọn một lần."))
        return data


class MemberRowForm(TidyForm):
    """One unit on the page of the year's members."""

    takes_part = forms.BooleanField(required=False)
    order = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=999,
        error_messages={
            "invalid": "Thứ tự phải là số.",
            "min_value": "Thứ tự bắt đầu từ 1.",
            "max_value": "Thứ tự lớn nhất là 999.",
        },
    )
