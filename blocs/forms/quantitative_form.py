"""The form of a quantitative leaf: one formula is chosen, its parameters are filled."""

from crispy_forms.layout import Column, Fieldset, Row
from django import forms

from blocs.domain.scoring import FORMULA_LABELS
from blocs.forms.criterion_base import WorkForm
from blocs.forms.row_fields import DECIMALS
from blocs.forms.rule_fields import BandsField
from thidua.common.forms import DecimalCommaField


class QuantitativeForm(WorkForm):
    """One form for all formulas: each has its own parameters, the others are left out."""

    kind = "quantitative"
    keys = ("formula", "target", "cap", "of", "bands", "lose", "each", "count")
    own = {
        "proportional": ("cap",),
        "bands": ("of", "bands"),
        "per_percent_below": ("lose", "each", "count"),
        "share_of_best": (),
        "relative_to_leader": (),
    }
    formula = forms.ChoiceField(
        label="Cách tính điểm",
        choices=list(FORMULA_LABELS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Vui lòng chọn cách tính điểm."},
    )
    target = DecimalCommaField(
        label="Chỉ tiêu chung",
        decimals=DECIMALS,
        help_text="Để trống nếu mỗi đơn vị có chỉ tiêu riêng.",
    )
    cap = DecimalCommaField(
        label="Mức trần", decimals=DECIMALS, help_text="Để trống thì lấy điểm tối đa."
    )
    of = forms.ChoiceField(
        label="Bậc tính theo",
        required=False,
        choices=(("value", "kết quả thực hiện"), ("percent", "tỷ lệ % đạt chỉ tiêu")),
    )
    bands = BandsField(
        label="Các bậc",
        help_text="Giá trị nằm ngoài mọi bậc thì phần mềm hỏi người chấm, không tự đoán.",
    )
    lose = DecimalCommaField(label="Số điểm bị trừ", decimals=DECIMALS)
    each = DecimalCommaField(
        label="cho mỗi (%) thấp hơn", decimals=DECIMALS, help_text="Để trống là mỗi 1 %."
    )
    count = forms.ChoiceField(
        label="Phần lẻ",
        required=False,
        choices=(
            ("", "chọn cách tính"),
            ("exact", "tính theo tỷ lệ"),
            ("full", "chỉ tính phần trăm tròn"),
            ("started", "phần lẻ tính là một phần trăm"),
        ),
    )
    extra_rows = (
        Row(Column("formula"), Column("target")),
        Fieldset("Nếu theo tỷ lệ hoàn thành chỉ tiêu", "cap", css_class="rule-proportional"),
        Fieldset("Nếu theo bậc", "of", "bands", css_class="rule-bands"),
        Fieldset(
            "Nếu trừ điểm theo mỗi phần trăm thấp hơn chỉ tiêu",
            Row(Column("lose"), Column("each"), Column("count")),
            css_class="rule-per_percent_below",
        ),
    )

    def read(self, rule):
        words = {key: rule[key] for key in ("formula", "of", "bands", "count") if key in rule}
        return {**super().read(rule), **words}

    def write(self, data):
        formula = data.get("formula")
        named = {"formula": formula, "count": data.get("count") or None}
        named |= {"of": data.get("of") if self.says_of(data) else None}
        named |= {"bands": data.get("bands") or None}
        numbers = {key: None if key in named else data.get(key) for key in data}
        left_out = {key for keys in self.own.values() for key in keys}
        left_out -= set(self.own.get(formula, ()))
        written = {**super().write(numbers), **named}
        return {key: None if key in left_out else value for key, value in written.items()}

    def says_of(self, data):
        """Values need no word in the rule unless it was there already."""
        return data.get("of") == "percent" or "of" in self.stored
