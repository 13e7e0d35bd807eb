"""One form per way of scoring: its fields become the rule of the leaf."""

import json

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.core.exceptions import ValidationError

from blocs.domain.ordinary_rules import is_ordinary
from blocs.domain.scoring import GROUP, KINDS
from blocs.domain.scoring.numbers import RuleError, read_decimal
from blocs.domain.table_json import exact
from blocs.forms.rule_fields import DECIMALS, LevelsField, plain
from thidua.common.forms import DecimalCommaField, TidyForm

EVERYBODY = "may_be_not_applicable"
COMMON = {"code": "", "name": "", "measure": "", "needs_evidence": False}


class CriterionForm(TidyForm):
    """What every line has. `rule` is the stored rule, `most` the points of the whole table.

    `keys` are the parameters this form sets; whatever else the rule says is kept.
    """

    keys = ()
    kind = ""

    name = forms.CharField(label="Nội dung", widget=forms.Textarea(attrs={"rows": 3}))
    code = forms.CharField(
        label="Mã",
        max_length=30,
        help_text="Dùng khi nhập, xuất tệp. Số thứ tự in trên bảng do phần mềm đánh.",
    )
    max_points = DecimalCommaField(label="Điểm tối đa", decimals=DECIMALS, required=True)
    measure = forms.CharField(
        label="Đơn vị tính", max_length=60, required=False, help_text="Ví dụ: %, sáng kiến, lần."
    )
    needs_evidence = forms.BooleanField(label="Phải có minh chứng", required=False)

    def __init__(self, *args, rule=None, most=None, **kwargs):
        self.stored = dict(rule or {})
        kwargs["initial"] = self.read(self.stored) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, DecimalCommaField):
                field.maximum = most
        self.helper.layout = Layout("name", *self.rows())

    def rows(self):
        return (Row(Column("code"), Column("max_points"), Column("measure")), "needs_evidence")

    def read(self, rule):
        """The stored parameters as initial values of the fields."""
        return {key: read_decimal(rule[key]) for key in self.keys if key in rule}

    def write(self, data):
        """The typed values as parameters of the rule; None is left out."""
        return {key: plain(data.get(key)) for key in self.keys}

    def get_kind(self):
        return self.kind

    def values(self):
        """What the action stores."""
        data = self.cleaned_data
        kept = {key: value for key, value in self.stored.items() if key not in self.keys}
        stated = {key: value for key, value in self.write(data).items() if value is not None}
        common = {name: data.get(name, usual) for name, usual in COMMON.items()}
        return common | {"max_points": self.maximum(data), "rule": kept | stated}

    def maximum(self, data):
        return data["max_points"]


class GroupForm(CriterionForm):
    kind = GROUP
    measure = needs_evidence = None
    max_points = DecimalCommaField(
        label="Điểm tối đa",
        decimals=DECIMALS,
        help_text="Bằng tổng điểm các mục con; để trống nếu nhóm chỉ gồm điểm thưởng, điểm trừ.",
    )

    def rows(self):
        return (Row(Column("code"), Column("max_points")),)

    def maximum(self, data):
        return data["max_points"] or 0


class WorkForm(CriterionForm):
    """A leaf whose points count as work, so that it may concern some units only."""

    for_everybody = forms.BooleanField(
        label="Áp dụng cho mọi đơn vị",
        required=False,
        help_text="Đơn vị không được chọn “Không giao chỉ tiêu” ở tiêu chí này.",
    )
    extra_rows = ()

    def __init__(self, *args, **kwargs):
        self.keys = (*self.keys, EVERYBODY)
        super().__init__(*args, **kwargs)

    def rows(self):
        first, evidence = super().rows()
        return (first, *self.extra_rows, evidence, "for_everybody")

    def read(self, rule):
        numbers = {key: read_decimal(rule[key]) for key in self.keys[:-1] if key in rule}
        return numbers | {"for_everybody": rule.get(EVERYBODY) is False}

    def write(self, data):
        stated = {key: plain(data.get(key)) for key in self.keys[:-1]}
        before = True if self.stored.get(EVERYBODY) else None
        return stated | {EVERYBODY: False if data.get("for_everybody") else before}


class LevelledForm(WorkForm):
    """A leaf that may have named levels."""

    def read(self, rule):
        found = {key: value for key, value in super().read(rule).items() if key != "levels"}
        return found | {"levels": rule.get("levels") or []}

    def write(self, data):
        levels = data.get("levels")
        rest = {**data, "levels": None}
        return super().write(rest) | {"levels": levels or None}


class DirectForm(LevelledForm):
    kind = "direct"
    keys = ("step", "levels")
    extra_rows = (Row(Column("levels"), Column("step")),)
    step = DecimalCommaField(
        label="Bước điểm", decimals=DECIMALS, help_text="Ví dụ 0,25. Để trống nếu không quy định."
    )
    levels = LevelsField(
        label="Các mức",
        required=False,
        help_text="Mỗi dòng một mức, ví dụ “Tốt: 8”. Để trống nếu chấm theo nhận xét.",
    )


class QuantitativeForm(WorkForm):
    kind = "quantitative"
    keys = ("target",)
    extra_rows = ("target",)
    target = DecimalCommaField(
        label="Chỉ tiêu chung",
        decimals=DECIMALS,
        help_text="Để trống nếu mỗi đơn vị có chỉ tiêu riêng.",
    )

    def write(self, data):
        return super().write(data) | {"formula": "proportional"}


class PassFailForm(WorkForm):
    kind = "pass_fail"


class OccurrenceForm(WorkForm):
    kind = "per_occurrence"
    keys = ("per_unit", "cap")
    extra_rows = (Row(Column("per_unit"), Column("cap")),)
    per_unit = DecimalCommaField(label="Điểm cho mỗi trường hợp", decimals=DECIMALS, required=True)
    cap = DecimalCommaField(
        label="Mức trần", decimals=DECIMALS, help_text="Để trống thì lấy điểm tối đa."
    )


class RatingForm(LevelledForm):
    kind = "external_rating"
    keys = ("levels",)
    extra_rows = ("levels",)
    levels = LevelsField(
        label="Bảng quy đổi",
        help_text="Mỗi dòng một kết quả xếp loại và số điểm, ví dụ “Xuất sắc: 10”.",
    )


class ExtraForm(CriterionForm):
    """Bonus and deduction lie outside the sums: their ceiling is their only maximum."""

    keys = ("per_unit", "cap")
    max_points = None
    per_unit = DecimalCommaField(
        label="Điểm cho mỗi trường hợp",
        decimals=DECIMALS,
        help_text="Để trống nếu người chấm ghi thẳng số điểm.",
    )
    cap = DecimalCommaField(
        label="Tối đa", decimals=DECIMALS, help_text="Để trống nếu không có mức trần riêng."
    )

    def rows(self):
        return (
            Row(Column("per_unit"), Column("cap")),
            Row(Column("code"), Column("measure")),
            "needs_evidence",
        )

    def maximum(self, data):
        return data["cap"] or 0


class BonusForm(ExtraForm):
    kind = "bonus"


class DeductionForm(ExtraForm):
    kind = "deduction"


class KeptRuleForm(CriterionForm):
    """A rule beyond the ordinary ones stays as it is; only the line around it is changed."""


class RuleTextForm(CriterionForm):
    """Any rule the arithmetic knows, written as data by the office."""

    kind_name = forms.ChoiceField(
        label="Cách chấm", choices=[(kind.code, kind.label) for kind in KINDS.values()]
    )
    rule = forms.CharField(
        label="Quy tắc (JSON)",
        required=False,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
        help_text='Số thập phân ghi trong dấu ngoặc kép với dấu chấm, ví dụ "0.5".',
    )

    def rows(self):
        first, evidence = super().rows()
        return (first, "kind_name", "rule", evidence)

    def read(self, rule):
        return {"rule": json.dumps(rule, ensure_ascii=False, indent=2) if rule else ""}

    def clean_rule(self):
        text = self.cleaned_data["rule"].strip() or "{}"
        try:
            found = exact(json.loads(text), "quy tắc")
        except RuleError as error:
            raise ValidationError(str(error)) from error
        except (ValueError, RecursionError) as error:
            raise ValidationError("Quy tắc không phải là văn bản JSON hợp lệ.") from error
        if not isinstance(found, dict):
            raise ValidationError("Quy tắc phải đặt trong dấu ngoặc nhọn { }.")
        return found

    def get_kind(self):
        return self.cleaned_data["kind_name"]

    def values(self):
        return super().values() | {"rule": self.cleaned_data["rule"]}


FORMS = {
    form.kind: form
    for form in (
        GroupForm,
        DirectForm,
        QuantitativeForm,
        OccurrenceForm,
        PassFailForm,
        RatingForm,
        BonusForm,
        DeductionForm,
    )
}


def form_class(kind, rule, *, writes_rules):
    """The form that shows this rule: ordinary fields, the rule as text, or without the rule."""
    if is_ordinary(kind, rule):
        return FORMS[kind]
    return RuleTextForm if writes_rules else KeptRuleForm
