"""Beginning a scoring table, its common facts, and a comment on it."""

from dataclasses import replace
from decimal import Decimal

from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError

from blocs.criteria.forms.table_files import file_field, formula_field
from blocs.criteria.models.criteria import ScoringTable
from blocs.criteria.models.groups import UnitGroup
from blocs.scoring import NOT_APPLICABLE_MODES
from thidua.common.pages.forms import DecimalCommaField, TidyForm
from thidua.common.pages.searched.fields import SearchedField

EMPTY, COPY, FILE = "empty", "copy", "file"
WAYS = (
    (COPY, "Chép từ một bảng đã có"),
    (EMPTY, "Lập bảng trống rồi thêm từng tiêu chí"),
    (FILE, "Nhập từ tệp Excel theo mẫu hoặc tệp dữ liệu (JSON)"),
)
NEEDED = {
    EMPTY: (("total_max", "Vui lòng ghi tổng điểm tối đa."),),
    COPY: (("source", "Vui lòng chọn bảng để chép."),),
    FILE: (("file", "Vui lòng chọn tệp."),),
}


class SourceField(SearchedField):
    def label_from_instance(self, table):
        return f"{table.title} – {table.bloc_year} (phiên bản {table.version})"


class TableStartForm(TidyForm):
    """`sources` are the tables that may be copied, `groups` those of the units of the year."""

    group = forms.ModelChoiceField(
        label="Áp dụng cho",
        queryset=UnitGroup.objects.none(),
        required=False,
        empty_label="các đơn vị không thuộc nhóm nào (bảng chung)",
    )
    way = forms.ChoiceField(label="Cách lập", choices=WAYS, widget=forms.RadioSelect)
    source = SourceField(
        label="Bảng để chép",
        queryset=ScoringTable.objects.none(),
        required=False,
        empty_label="Chọn bảng",
    )
    title = forms.CharField(label="Tên bảng", max_length=255)
    total_max = DecimalCommaField(label="Tổng điểm tối đa", decimals=4, maximum=Decimal(10000))
    file = file_field(required=False)
    formula = formula_field()

    def __init__(self, *args, sources, groups, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = sources
        self.fields["group"].queryset = groups
        if not groups:
            del self.fields["group"]
        self.helper.layout = Layout(
            *(["group"] if groups else []),
            "title",
            "way",
            Fieldset("Nếu chép từ bảng đã có", "source"),
            Fieldset("Nếu lập bảng trống", "total_max"),
            Fieldset("Nếu nhập từ tệp", "file", "formula"),
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


class AmendForm(TidyForm):
    """Why a published table is amended; told to every unit."""

    reason = forms.CharField(
        label="Lý do sửa đổi",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Các đơn vị đọc lý do này khi bản sửa đổi được ban hành.",
        error_messages={"required": "Vui lòng nêu lý do sửa đổi."},
    )
    basis = forms.CharField(
        label="Căn cứ",
        max_length=255,
        required=False,
        help_text="Số, ngày của văn bản hoặc kết luận cuộc họp, nếu có.",
    )


class CommentForm(TidyForm):
    text = forms.CharField(
        label="Góp ý cho dự thảo",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Vui lòng ghi nội dung góp ý."},
    )
