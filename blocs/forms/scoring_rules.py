"""The scoring regulation of a year as a form: classes, late papers, appraisal, appeals."""

from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError

from blocs.domain.scoring_words import COLUMNS, band_of, band_row
from blocs.models import ScoringRules
from thidua.common.forms import DecimalCommaField, TidyModelForm

BANDS = 6
BAND_LABELS = {
    "total": "Tổng điểm từ",
    "percent": "Tỷ lệ đạt từ (%)",
    "work": "Nhiệm vụ từ",
    "deduction": "Trừ đến",
}
NUMBERS = {
    "late_fixed": "Trừ một lần (điểm)",
    "late_per_day": "Trừ mỗi ngày (điểm)",
    "late_cap": "Trừ tối đa (điểm)",
    "deviation_share": "Đánh dấu tiêu chí lệch quá (% điểm tối đa)",
    "spread_share": "Cảnh báo khi các đơn vị chỉ chênh nhau (%)",
}


class ScoringRulesForm(TidyModelForm):
    class Meta:
        model = ScoringRules
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
            "is_blind",
            "appeal_days",
        )
        help_texts = {
            "scorers_per_sheet": "Dùng khi chấm chéo.",
            "appeal_days": "Để trống nếu quy chế không cho kiến nghị.",
            "late_grace_days": "0 nếu quá hạn là tính chậm ngay.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, label in NUMBERS.items():
            required = name.endswith("_share")
            self.fields[name] = DecimalCommaField(label=label, required=required, decimals=4)
        self.put_bands()
        self.helper.layout = Layout(
            Fieldset(
                "Xếp loại, từ mức cao nhất xuống; để trống nếu không xếp loại",
                *(Row(*map(Column, band_names(place))) for place in range(BANDS)),
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
                "is_blind",
                "appeal_days",
            ),
            Fieldset(
                "Đối chiếu điểm",
                Row(Column("deviation_share"), Column("spread_share")),
            ),
        )

    def put_bands(self):
        """Six rows; a class with conditions beyond the columns keeps them."""
        stored = [*self.instance.class_bands, *({},) * BANDS][: max(BANDS, 1)]
        self.others = []
        for place, band in enumerate(stored):
            label, *columns = band_names(place)
            numbers, others = band_row(band)
            self.others.append((band.get("label", ""), others))
            title = f"Mức {place + 1}"
            self.fields[label] = forms.CharField(label=title, required=False, max_length=100)
            self.initial[label] = band.get("label", "")
            for name, (column, _, _) in zip(columns, COLUMNS, strict=True):
                self.fields[name] = DecimalCommaField(label=BAND_LABELS[column], decimals=4)
                self.initial[name] = numbers[column]

    def clean(self):
        """The filled rows as the list of classes; a number without a name is asked about."""
        data, bands = super().clean(), []
        kept = dict(self.others)
        for place in range(BANDS):
            label, *columns = band_names(place)
            name = data.pop(label, "")
            numbers = {
                column: data.pop(field, None)
                for field, (column, _, _) in zip(columns, COLUMNS, strict=True)
            }
            if name:
                bands.append(band_of(name, numbers, kept.get(name, ())))
            elif any(number is not None for number in numbers.values()):
                self.add_error(label, ValidationError("Vui lòng ghi tên mức xếp loại."))
        data["class_bands"] = bands
        return data


def band_names(place: int) -> tuple[str, ...]:
    """The fields of one row of classes."""
    return (f"band_{place}", *(f"band_{place}_{column}" for column, _, _ in COLUMNS))
