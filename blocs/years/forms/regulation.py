"""The regulation of a year as two forms: meeting, votes and prizes; what goes with the sheets."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError

from blocs.legal.forms import say_sources
from blocs.scoring.ranking.line_figures import POINTS, line_figure
from blocs.scoring.ranking.ranking import (
    COMPARED,
    DEFAULT_TIE_RULES,
    SHARING,
    TieRule,
    section_of,
    tie_rule_sentence,
    tie_words,
)
from blocs.scoring.terms.numbers import RuleError
from blocs.scoring.terms.rounding import ROUNDING_WORDS
from blocs.scoring.terms.rule_texts import levels_of, levels_text
from blocs.years.forms.class_bands import class_rows, filled_bands, put_bands
from blocs.years.forms.class_conditions import condition_row, condition_rows
from blocs.years.models.frozen_rules import frozen_rules
from blocs.years.models.regulation import Regulation
from thidua.common.pages.forms import DecimalCommaField, TidyModelForm

TIE_FIELDS = ("tie_1", "tie_2", "tie_3", "tie_4")
TIE_CHOICES = [
    ("", "không xét thêm"),
    *((rule.value, tie_words(rule)) for rule in COMPARED),
]
USUAL_ORDER = tie_rule_sentence(DEFAULT_TIE_RULES)
LAST_CHOICES = (
    ("", "hội nghị quyết định"),
    (TieRule.SHARED_RANK.value, "các đơn vị cùng hạng, hạng kế tiếp bỏ cách (1, 1, 3)"),
    (TieRule.DENSE_RANK.value, "các đơn vị cùng hạng, hạng kế tiếp liền sau (1, 1, 2)"),
)
SHARE_LINE = "Mỗi dòng ghi tên phần và tỷ trọng, ví dụ “Thẩm định: 70”."
NUMBERS = {
    "late_fixed": "Trừ một lần (điểm)",
    "late_per_day": "Trừ mỗi ngày (điểm)",
    "late_cap": "Trừ tối đa (điểm)",
    "deviation_share": "Đánh dấu tiêu chí lệch quá (% điểm tối đa)",
    "spread_share": "Cảnh báo khi các đơn vị chỉ chênh nhau (%)",
}


def close_used(form):
    """What an act that goes on is using is shown, with the reason, and not typed."""
    if form.instance.bloc_year_id is None:
        return
    for name, sentence in frozen_rules(form.instance.bloc_year).items():
        if name in form.fields:
            form.fields[name].disabled = True
            form.fields[name].help_text = sentence


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
        model = Regulation
        fields = (
            "decimals",
            "printed_decimals",
            "empty_is_zero",
            "part_year",
            "quorum_numerator",
            "quorum_denominator",
            "signature_numerator",
            "signature_denominator",
            "vote_is_strict",
            "vote_base",
            "deputies",
            "flags",
            "certificate_count",
            "certificate_base",
            "rounding",
            "lowest_place",
            "counted_submission",
        )
        help_texts = {
            "certificate_count": "Để trống nếu chỉ tính theo tỷ lệ.",
            "signature_numerator": "1/1 nếu giao ước chỉ có hiệu lực khi tất cả đơn vị ký.",
        }

    # What `cleaned_data` names in the end: the fields of the stored regulation.
    stored = (*Meta.fields, "vote_threshold", "certificate_share", "tie_rules")

    def __init__(self, *args, sections: Mapping[str, str] | None = None, **kwargs):
        """`sections` names the sections of the year's table by the path of each."""
        super().__init__(*args, **kwargs)
        chosen = list(self.instance.tie_rules)
        self.offer_sections(chosen, sections or {})
        by_class = TieRule.CLASS_FIRST.value
        last = next((rule for rule in chosen if rule in SHARING), "")
        self.initial["class_first"] = by_class in chosen
        self.initial["tie_last"] = last
        self.initial |= dict(
            zip(
                TIE_FIELDS,
                [rule for rule in chosen if rule not in (last, by_class)],
                strict=False,
            )
        )
        for name in ("vote_threshold", "certificate_share"):
            self.initial[name] = getattr(self.instance, name) or Decimal(0)
        say_sources(self)
        close_used(self)
        self.put_layout()

    def offer_sections(self, chosen: Iterable[str], sections: Mapping[str, str]):
        """Each section of the table may be compared alone; one chosen before stays a choice."""
        named = {line_figure(POINTS, path): words for path, words in sections.items()}
        gone = [rule for rule in chosen if section_of(rule) and rule not in named]
        offered = [(rule, tie_words(rule, named)) for rule in (*named, *gone)]
        for name in TIE_FIELDS:
            self.fields[name].choices = [*TIE_CHOICES, *offered]

    def put_layout(self):
        """The rules in the order in which the year needs them."""
        self.helper.layout = Layout(
            Fieldset(
                "Báo cáo và điểm",
                "counted_submission",
                Row(Column("decimals"), Column("printed_decimals")),
                "empty_is_zero",
            ),
            Fieldset(
                "Xếp hạng",
                "class_first",
                Row(Column("tie_1"), Column("tie_2")),
                Row(Column("tie_3"), Column("tie_4")),
                "tie_last",
                "part_year",
            ),
            Fieldset(
                "Giao ước",
                Row(Column("signature_numerator"), Column("signature_denominator")),
            ),
            Fieldset(
                "Hội nghị và phiếu",
                Row(Column("quorum_numerator"), Column("quorum_denominator")),
                Row(Column("vote_threshold"), Column("vote_base")),
                "vote_is_strict",
                "deputies",
            ),
            Fieldset(
                "Số lượng đề nghị khen thưởng",
                "flags",
                Row(Column("certificate_share"), Column("certificate_base")),
                Row(Column("certificate_count"), Column("rounding")),
                "lowest_place",
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


class ScoringRulesForm(TidyModelForm):
    round_shares = forms.CharField(
        label="Tỷ trọng các vòng (%)",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Dùng khi tính theo tỷ trọng. Mỗi vòng một dòng, cộng lại bằng 100, ví dụ "
        "“Thẩm định: 70”, “Bình xét: 30”.",
    )

    class_rounding = forms.ChoiceField(
        label="Số đơn vị tối đa của một mức",
        choices=[(one.value, words) for one, words in ROUNDING_WORDS.items()],
        required=False,
    )

    class Meta:
        model = Regulation
        fields = (
            *NUMBERS,
            "late_grace_days",
            "late_after_grace",
            "late_in_working_days",
            "last_on",
            "appraisal_mode",
            "scorers_per_sheet",
            "rounds",
            "round_mode",
            "level_mode",
            "is_blind",
            "appeal_days",
        )
        help_texts = {
            "scorers_per_sheet": "Dùng khi chấm chéo.",
            "appeal_days": "Để trống hoặc ghi 0 nếu quy chế không cho kiến nghị.",
            "late_grace_days": "0 nếu quá hạn là tính chậm ngay.",
        }

    def __init__(self, *args, lines=(), **kwargs):
        """`lines` are the paths of the year's table, by which a condition finds its line."""
        super().__init__(*args, **kwargs)
        self.lines = lines
        for name, label in NUMBERS.items():
            required = name.endswith("_share")
            self.fields[name] = DecimalCommaField(label=label, required=required, decimals=4)
        self.initial["round_shares"] = levels_text(self.instance.round_shares)
        put_bands(self)
        say_sources(self)
        close_used(self)
        self.put_layout()

    def put_layout(self):
        """The rules in the order in which an appraisal needs them."""
        self.helper.layout = Layout(
            Fieldset(
                "Xếp loại, từ mức cao nhất xuống; để trống nếu không xếp loại",
                *class_rows(),
                "class_rounding",
            ),
            Fieldset(
                "Điều kiện khác của mức xếp loại: mọi điều kiện của một mức đều phải đúng",
                *(condition_row(names) for names in condition_rows(self)),
            ),
            Fieldset(
                "Nộp báo cáo chậm",
                Row(*map(Column, ("late_fixed", "late_per_day", "late_cap"))),
                Row(Column("late_grace_days"), Column("last_on")),
                "late_after_grace",
                "late_in_working_days",
            ),
            Fieldset(
                "Thẩm định",
                Row(Column("appraisal_mode"), Column("scorers_per_sheet")),
                Row(Column("rounds"), Column("round_mode")),
                "round_shares",
                "level_mode",
                "is_blind",
                "appeal_days",
            ),
            Fieldset(
                "Đối chiếu điểm",
                Row(Column("deviation_share"), Column("spread_share")),
            ),
        )

    def clean_round_shares(self):
        """Each line as a row of name and percent; a line that cannot be read is named."""
        try:
            return levels_of(self.cleaned_data["round_shares"].replace("%", ""))
        except RuleError as error:
            raise ValidationError(SHARE_LINE) from error

    def clean(self):
        data = super().clean()
        data["class_bands"] = filled_bands(self, data)
        return data
