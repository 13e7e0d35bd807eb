"""The form of a line: one for all ways of scoring, made from what each says of itself."""

import json
from functools import partial

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.core.exceptions import ValidationError

from blocs.criteria.forms.row_fields import DECIMALS
from blocs.criteria.forms.rule_fields import field_of, layout_of
from blocs.scoring import GROUP, KINDS, Part
from blocs.scoring.kinds.kinds import is_ordinary
from blocs.scoring.terms.group_rules import GROUP_PARAMETERS
from blocs.scoring.terms.numbers import RuleError
from blocs.scoring.totals.table_json import exact
from thidua.common.json_text import JsonTextError, read_json
from thidua.common.pages.forms import DecimalCommaField, TidyForm

NOT_JSON = "Quy tắc không phải là văn bản JSON hợp lệ."
EVERYBODY = "may_be_not_applicable"
COMMON = {"code": "", "name": "", "measure": "", "needs_evidence": False}


class CriterionForm(TidyForm):
    """What every line has. `rule` is the stored rule, `most` the points of the whole table."""

    name = forms.CharField(label="Nội dung", widget=forms.Textarea(attrs={"rows": 3}))
    code = forms.CharField(
        label="Mã, ký hiệu",
        max_length=60,
        required=False,
        help_text=(
            "Như bản ban hành: “1”, “a”, “-”, “1/” hoặc để trống, được trùng nhau. Mã không trùng "
            "in theo thứ tự phần mềm đánh; ký hiệu khác in đúng như đã ghi."
        ),
    )
    max_points = DecimalCommaField(label="Điểm tối đa", decimals=DECIMALS, required=True)
    measure = forms.CharField(
        label="Đơn vị tính", max_length=60, required=False, help_text="Ví dụ: %, sáng kiến, lần."
    )
    needs_evidence = forms.BooleanField(label="Phải có minh chứng", required=False)

    def __init__(self, *args, rule=None, most=None, lines=(), **kwargs):
        self.stored = dict(rule or {})
        kwargs["initial"] = self.read(self.stored) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.add_fields(most, lines)
        self.helper.layout = Layout("name", *self.rows())

    def add_fields(self, most, lines):
        """What a kind of line asks besides; points are read by those of the whole table."""
        self.fields["max_points"].maximum = most

    def rows(self):
        return (Row(Column("code"), Column("max_points"), Column("measure")), "needs_evidence")

    def read(self, rule):
        return {}

    def get_kind(self):
        return ""

    def values(self):
        data = self.cleaned_data
        common = {name: data.get(name, usual) for name, usual in COMMON.items()}
        return common | {"max_points": self.maximum(data), "rule": self.get_rule(data)}

    def maximum(self, data):
        return data["max_points"]

    def get_rule(self, data):
        return self.stored


class GroupForm(CriterionForm):
    """A group: its maximum and what its rule may say of the sum of its lines."""

    measure = needs_evidence = None
    max_points = DecimalCommaField(
        label="Điểm tối đa",
        decimals=DECIMALS,
        help_text="Bằng tổng điểm các mục con. Nhóm chỉ gồm điểm thưởng: số điểm được cộng nhiều "
        "nhất; chỉ gồm điểm trừ: số điểm bị trừ nhiều nhất; không giới hạn thì để trống.",
    )

    def add_fields(self, most, lines):
        super().add_fields(most, lines)
        for one in GROUP_PARAMETERS:
            self.fields[one.key] = field_of(one, most=most, lines=lines, stored=self.stored)

    def rows(self):
        limits = Row(*(Column(one.key) for one in GROUP_PARAMETERS))
        return (Row(Column("code"), Column("max_points")), limits)

    def read(self, rule):
        return {one.key: one.shown(rule) for one in GROUP_PARAMETERS}

    def get_rule(self, data):
        typed = {one.key: one.stated(data[one.key], self.stored) for one in GROUP_PARAMETERS}
        kept = {key: value for key, value in self.stored.items() if key not in typed}
        return kept | {key: value for key, value in typed.items() if value is not None}

    def get_kind(self):
        return GROUP

    def maximum(self, data):
        return data["max_points"] or 0


class LeafForm(CriterionForm):
    """A leaf of one kind: its fields become the rule, whatever else the rule says is kept."""

    for_everybody = forms.BooleanField(
        label="Áp dụng cho mọi đơn vị",
        required=False,
        help_text="Đơn vị không được chọn “Không giao chỉ tiêu” ở tiêu chí này.",
    )

    def __init__(self, *args, kind, **kwargs):
        self.kind = kind
        super().__init__(*args, **kwargs)

    @property
    def is_work(self):
        """Only leaves of the work part may concern some units alone."""
        return self.kind.part is Part.WORK

    def add_fields(self, most, lines):
        super().add_fields(most, lines)
        for one in self.kind.parameters:
            self.fields[one.key] = field_of(one, most=most, lines=lines, stored=self.stored)
        if self.kind.ceiling:
            del self.fields["max_points"]
        if not self.is_work:
            del self.fields["for_everybody"]

    def rows(self):
        first, *rest = super().rows()
        if self.kind.ceiling:
            return (*layout_of(self.kind), Row(Column("code"), Column("measure")), *rest)
        ending = ("for_everybody",) if self.is_work else ()
        return (first, *layout_of(self.kind), *rest, *ending)

    def read(self, rule):
        return self.kind.fields_of(rule) | {"for_everybody": rule.get(EVERYBODY) is False}

    def clean(self):
        data = super().clean()
        if not self.errors:
            for key, sentence in self.kind.faults_of(data).items():
                self.add_error(key, sentence)
        if not self.errors:
            try:
                data["stated"] = self.kind.rule_of(data, self.stored)
            except RuleError as error:
                self.add_error(None, str(error))
        return data

    def get_kind(self):
        return self.kind.code

    def maximum(self, data):
        return (data[self.kind.ceiling] or 0) if self.kind.ceiling else data["max_points"]

    def get_rule(self, data):
        asked = {one.key for one in self.kind.parameters} | ({EVERYBODY} if self.is_work else set())
        kept = {key: value for key, value in self.stored.items() if key not in asked}
        return kept | data["stated"] | (self.concerned(data) if self.is_work else {})

    def concerned(self, data):
        """Whom the leaf concerns; a rule that said so keeps that some may leave it out."""
        if data.get("for_everybody"):
            return {EVERYBODY: False}
        return {EVERYBODY: True} if self.stored.get(EVERYBODY) else {}


class KeptRuleForm(CriterionForm):
    """A rule beyond the ordinary ones stays as it is; only the line around it is changed."""


class RuleTextForm(CriterionForm):
    """Any rule the arithmetic knows, written as data by the office."""

    kind_name = forms.ChoiceField(
        label="Cách chấm", choices=lambda: [(kind.code, kind.label) for kind in KINDS.values()]
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
            found = exact(read_json(text), "quy tắc")
        except RuleError as error:
            raise ValidationError(str(error)) from error
        except JsonTextError as error:
            raise ValidationError(NOT_JSON if error.line else str(error)) from error
        if not isinstance(found, dict):
            raise ValidationError("Quy tắc phải đặt trong dấu ngoặc nhọn { }.")
        return found

    def get_kind(self):
        return self.cleaned_data["kind_name"]

    def get_rule(self, data):
        return data["rule"]


def form_class(kind, rule, *, writes_rules):
    """What makes the form that shows this rule: its fields, the rule as text, or without it."""
    if kind == GROUP:
        return GroupForm
    if is_ordinary(kind, rule):
        return partial(LeafForm, kind=KINDS[kind])
    return RuleTextForm if writes_rules else KeptRuleForm
