"""The forms of single ways of scoring, but for the quantitative one."""

from crispy_forms.layout import Column, Row
from django import forms
from django.core.exceptions import ValidationError

from blocs.forms.criterion_base import EVERYBODY, ExtraForm, LevelledForm, WorkForm
from blocs.forms.row_fields import DECIMALS, RowsField
from blocs.forms.rule_fields import (
    CLAUSE_FIELDS,
    BandsField,
    LevelsField,
    clause_initial,
    clauses_of,
)
from thidua.common.forms import DecimalCommaField


class DirectForm(LevelledForm):
    kind = "direct"
    keys = ("step", "levels_only", "levels")
    extra_rows = ("levels", "levels_only", "step")
    step = DecimalCommaField(
        label="Bước điểm", decimals=DECIMALS, help_text="Ví dụ 0,25. Để trống nếu không quy định."
    )
    levels = LevelsField(
        label="Các mức", help_text="Tên mức và số điểm. Để trống nếu chấm theo nhận xét."
    )
    levels_only = forms.BooleanField(
        label="Chỉ chấm theo các mức trên, không ghi điểm khác", required=False
    )


class PassFailForm(WorkForm):
    kind = "pass_fail"


class OccurrenceForm(WorkForm):
    kind = "per_occurrence"
    keys = ("per_unit", "cap", "fractions")
    extra_rows = (Row(Column("per_unit"), Column("cap")), "fractions")
    per_unit = DecimalCommaField(label="Điểm cho mỗi trường hợp", decimals=DECIMALS, required=True)
    cap = DecimalCommaField(
        label="Mức trần", decimals=DECIMALS, help_text="Để trống thì lấy điểm tối đa."
    )
    fractions = forms.BooleanField(label="Số lượng có thể là số lẻ", required=False)


class RatingForm(LevelledForm):
    kind = "external_rating"
    keys = ("bands", "levels")
    extra_rows = ("levels", "bands")
    levels = LevelsField(
        label="Bảng quy đổi xếp loại",
        help_text="Kết quả xếp loại và số điểm, ví dụ Xuất sắc: 10.",
    )
    bands = BandsField(
        label="Hoặc bảng quy đổi chỉ số",
        help_text="Dùng khi cơ quan khác công bố một con số (chỉ số, thứ hạng).",
    )

    def read(self, rule):
        return {**super().read(rule), "bands": rule.get("bands") or []}

    def write(self, data):
        written = super().write({**data, "bands": None})
        return written | {"bands": data.get("bands") or None}

    def clean(self):
        data = super().clean()
        if not (data.get("levels") or data.get("bands") or self.errors):
            self.add_error("levels", "Vui lòng ghi bảng quy đổi xếp loại hoặc chỉ số.")
        return data


class BonusForm(ExtraForm):
    """`groups` are the paths that a bonus may be tied to, with their words."""

    kind = "bonus"
    keys = ("per_unit", "cap", "fractions", "needs_full")
    needs_full = forms.ChoiceField(
        label="Chỉ thưởng khi mục này đạt đủ điểm chuẩn",
        required=False,
        choices=(("", "không có điều kiện"),),
    )

    def __init__(self, *args, groups=(), rule=None, **kwargs):
        super().__init__(*args, rule=rule, **kwargs)
        stated = (rule or {}).get("needs_full")
        known = [*groups] if not stated or stated in dict(groups) else [*groups, (stated, stated)]
        self.fields["needs_full"].choices = [("", "không có điều kiện"), *known]

    def rows(self):
        return (*super().rows(), "needs_full")

    def read(self, rule):
        return super().read(rule) | {"needs_full": rule.get("needs_full") or ""}

    def write(self, data):
        written = super().write({**data, "needs_full": None})
        return written | {"needs_full": data.get("needs_full") or None}


class DeductionForm(ExtraForm):
    kind = "deduction"


class ClausesForm(WorkForm):
    """A standard score with what is added and taken off, under conditions."""

    kind = "clauses"
    keys = ("standard", "floor", *(key for key in CLAUSE_FIELDS if key != "items"))
    extra_rows = (Row(Column("standard"), Column("floor")), *CLAUSE_FIELDS)
    standard = DecimalCommaField(
        label="Điểm chuẩn", decimals=DECIMALS, help_text="Để trống thì lấy điểm tối đa."
    )
    floor = DecimalCommaField(
        label="Điểm thấp nhất",
        decimals=DECIMALS,
        help_text="Ghi 0 nếu điểm không được âm. Để trống nếu không quy định.",
    )
    facts = RowsField(CLAUSE_FIELDS["facts"][0], label=CLAUSE_FIELDS["facts"][2])
    computed = RowsField(CLAUSE_FIELDS["computed"][0], label=CLAUSE_FIELDS["computed"][2])
    parts = RowsField(CLAUSE_FIELDS["parts"][0], label=CLAUSE_FIELDS["parts"][2])
    items = RowsField(CLAUSE_FIELDS["items"][0], label=CLAUSE_FIELDS["items"][2])

    def read(self, rule):
        numbers = {key: rule[key] for key in ("standard", "floor", EVERYBODY) if key in rule}
        return {**super().read(numbers), **clause_initial(rule)}

    def write(self, data):
        rows = dict.fromkeys(CLAUSE_FIELDS)
        clauses = dict.fromkeys(("computed",)) | (data.get("clauses") or {})
        return super().write({**data, **rows}) | clauses

    def clean(self):
        data = super().clean()
        if not self.errors:
            try:
                data["clauses"] = clauses_of(data)
            except ValidationError as error:
                self.add_error(None, error)
        return data
