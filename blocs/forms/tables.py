"""Beginning a scoring table, its common facts, and a comment on it."""

import json
from dataclasses import replace
from decimal import Decimal

from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError

from blocs.domain.scoring import NOT_APPLICABLE_MODES
from blocs.domain.scoring.numbers import RuleError
from blocs.domain.tables import from_json
from blocs.models import ScoringTable
from thidua.common.forms import DecimalCommaField, TidyForm
from thidua.common.text import nfc

LARGEST_FILE = 1_000_000
EMPTY, COPY, FILE = "empty", "copy", "file"
WAYS = (
    (COPY, "Chép từ một bảng đã có"),
    (EMPTY, "Lập bảng trống rồi thêm từng tiêu chí"),
    (FILE, "Nhập từ tệp dữ liệu (JSON)"),
)
NEEDED = {
    EMPTY: (("total_max", "Vui lòng ghi tổng điểm tối đa."),),
    COPY: (("source", "Vui lòng chọn bảng để chép."),),
    FILE: (("file", "Vui lòng chọn tệp."),),
}
NOT_A_TABLE = "Tệp không đúng cấu trúc của bảng tiêu chí (criteria-table/1)."


class SourceField(forms.ModelChoiceField):
    def label_from_instance(self, table):
        return f"{table.title} – {table.bloc_year} (phiên bản {table.version})"


class TableFileField(forms.FileField):
    """A JSON file of criteria-table/1; its value is the table."""

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if not file:
            return None
        if file.size > LARGEST_FILE:
            raise ValidationError("Tệp lớn hơn 1 MB, không phải bảng tiêu chí.")
        return read_table(file.read())


def read_table(content):
    """The table in the bytes of a file, or a sentence why there is none."""
    try:
        text = nfc(content.decode("utf-8-sig"))
        return from_json(json.loads(text, parse_float=Decimal))
    except RuleError as error:
        raise ValidationError(str(error)) from error
    except UnicodeDecodeError as error:
        raise ValidationError("Tệp không phải văn bản UTF-8.") from error
    except json.JSONDecodeError as error:
        raise ValidationError(f"Tệp JSON bị lỗi ở dòng {error.lineno}.") from error
    except (AttributeError, TypeError, ValueError, RecursionError) as error:
        raise ValidationError(NOT_A_TABLE) from error


class TableStartForm(TidyForm):
    """`sources` are the tables that may be copied."""

    way = forms.ChoiceField(label="Cách lập", choices=WAYS, widget=forms.RadioSelect)
    source = SourceField(
        label="Bảng để chép",
        queryset=ScoringTable.objects.none(),
        required=False,
        empty_label="Chọn bảng",
    )
    title = forms.CharField(label="Tên bảng", max_length=255)
    total_max = DecimalCommaField(label="Tổng điểm tối đa", decimals=4, maximum=Decimal(10000))
    file = TableFileField(
        label="Tệp dữ liệu", required=False, help_text="Tệp .json xuất từ phần mềm này, dưới 1 MB."
    )

    def __init__(self, *args, sources, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = sources
        self.fields["file"].widget.attrs["accept"] = ".json,application/json"
        self.helper.layout = Layout(
            "title",
            "way",
            Fieldset("Nếu chép từ bảng đã có", "source"),
            Fieldset("Nếu lập bảng trống", "total_max"),
            Fieldset("Nếu nhập từ tệp", "file"),
        )

    def clean(self):
        data = super().clean()
        for name, sentence in NEEDED.get(data.get("way"), ()):
            if name not in self.errors and data.get(name) in (None, ""):
                self.add_error(name, sentence)
        return data


class TableForm(TidyForm):
    """Title, total and the summing rules; `rules` are those of now."""

    title = forms.CharField(label="Tên bảng", max_length=255)
    total_max = DecimalCommaField(
        label="Tổng điểm tối đa", decimals=4, maximum=Decimal(10000), required=True
    )
    bonus_cap = DecimalCommaField(
        label="Điểm thưởng tối đa",
        decimals=4,
        help_text="Tính trên cả bảng. Để trống nếu không quy định.",
    )
    deduction_cap = DecimalCommaField(
        label="Điểm trừ tối đa",
        decimals=4,
        help_text="Ghi số dương. Để trống nếu không quy định.",
    )
    total_floor = DecimalCommaField(
        label="Tổng điểm thấp nhất", decimals=4, help_text="Để trống nếu không quy định."
    )
    may_exceed_total = forms.BooleanField(
        label="Tổng điểm được vượt tổng điểm tối đa nhờ điểm thưởng", required=False
    )
    step = DecimalCommaField(
        label="Bước điểm", decimals=4, help_text="Ví dụ 0,25: điểm chấm chỉ lẻ đến 0,25."
    )
    round_to_step = forms.BooleanField(
        label="Điểm do phần mềm tính cũng làm tròn theo bước điểm", required=False
    )
    decimals = forms.TypedChoiceField(
        label="Làm tròn điểm của từng tiêu chí",
        required=False,
        coerce=int,
        empty_value=None,
        choices=(("", "theo quy định của năm"), *((n, f"{n} chữ số thập phân") for n in range(5))),
    )
    not_applicable = forms.ChoiceField(
        label="Tiêu chí không giao cho đơn vị", choices=list(NOT_APPLICABLE_MODES.items())
    )

    def __init__(self, *args, rules, **kwargs):
        self.rules = rules
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, DecimalCommaField):
                field.maximum = field.maximum or rules.total_max
        self.helper.layout = Layout(
            "title",
            Row(Column("total_max"), Column("bonus_cap"), Column("deduction_cap")),
            Row(Column("total_floor"), Column("step"), Column("decimals")),
            "not_applicable",
            "may_exceed_total",
            "round_to_step",
        )

    def clean_total_max(self):
        return above_zero(self.cleaned_data["total_max"])

    def clean_bonus_cap(self):
        return not_negative(self.cleaned_data["bonus_cap"])

    def clean_deduction_cap(self):
        return not_negative(self.cleaned_data["deduction_cap"])

    def clean_step(self):
        return above_zero(self.cleaned_data["step"])

    def summing_rules(self):
        """The rules as the arithmetic reads them."""
        data = self.cleaned_data
        cap = data["deduction_cap"]
        names = ("total_max", "bonus_cap", "total_floor", "step", "may_exceed_total")
        names += ("round_to_step", "decimals", "not_applicable")
        floor = None if cap is None else -cap
        return replace(self.rules, deduction_floor=floor, **{name: data[name] for name in names})


def above_zero(value):
    if value is not None and value <= 0:
        raise ValidationError("Vui lòng ghi số lớn hơn 0.")
    return value


def not_negative(value):
    if value is not None and value < 0:
        raise ValidationError("Vui lòng ghi số không âm.")
    return value


class CommentForm(TidyForm):
    text = forms.CharField(
        label="Góp ý cho dự thảo",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Vui lòng ghi nội dung góp ý."},
    )
