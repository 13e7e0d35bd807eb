"""What the forms of all lines have in common: fields that become the rule, and what is kept."""

from crispy_forms.layout import Column, Layout, Row
from django import forms

from blocs.domain.scoring import GROUP
from blocs.domain.scoring.numbers import read_decimal
from blocs.forms.row_fields import DECIMALS, plain
from thidua.common.forms import DecimalCommaField, TidyForm

EVERYBODY = "may_be_not_applicable"
FLAGS = ("fractions", "levels_only")
# Figures of a unit, not points: the total of the table does not decide how they are read.
FIGURES = ("target",)
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
        for name, field in self.fields.items():
            if isinstance(field, DecimalCommaField) and name not in FIGURES:
                field.maximum = most
        self.helper.layout = Layout("name", *self.rows())

    def rows(self):
        return (Row(Column("code"), Column("max_points"), Column("measure")), "needs_evidence")

    def read(self, rule):
        """The stored parameters as initial values of the fields."""
        stated = {key: rule[key] for key in self.keys if key in rule}
        return {
            key: bool(value) if key in FLAGS else read_decimal(value)
            for key, value in stated.items()
        }

    def write(self, data):
        """The typed values as parameters of the rule; None is left out."""
        return {key: self.written(key, data.get(key)) for key in self.keys}

    def written(self, key, value):
        """A number as a decimal string; a flag that is off only where the rule said so before."""
        if key not in FLAGS:
            return plain(value)
        return True if value else False if key in self.stored else None

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
        return super().read(rule) | {"for_everybody": rule.get(EVERYBODY) is False}

    def write(self, data):
        stated = super().write({**data, EVERYBODY: None})
        before = True if self.stored.get(EVERYBODY) else None
        return stated | {EVERYBODY: False if data.get("for_everybody") else before}


class LevelledForm(WorkForm):
    """A leaf that may have named levels."""

    def read(self, rule):
        return {**super().read(rule), "levels": rule.get("levels") or []}

    def write(self, data):
        levels = data.get("levels")
        rest = {**data, "levels": None}
        return super().write(rest) | {"levels": levels or None}


class ExtraForm(CriterionForm):
    """Bonus and deduction lie outside the sums: their ceiling is their only maximum."""

    keys = ("per_unit", "cap", "fractions")
    max_points = None
    per_unit = DecimalCommaField(
        label="Điểm cho mỗi trường hợp",
        decimals=DECIMALS,
        help_text="Để trống nếu người chấm ghi thẳng số điểm.",
    )
    cap = DecimalCommaField(
        label="Tối đa", decimals=DECIMALS, help_text="Để trống nếu không có mức trần riêng."
    )
    fractions = forms.BooleanField(label="Số lượng có thể là số lẻ", required=False)

    def rows(self):
        return (
            Row(Column("per_unit"), Column("cap")),
            "fractions",
            Row(Column("code"), Column("measure")),
            "needs_evidence",
        )

    def maximum(self, data):
        return data["cap"] or 0
