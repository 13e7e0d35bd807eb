"""The classes of a year as rows of a form: name, numbers, largest share, further conditions."""

from typing import Any

from crispy_forms.layout import Column, Row
from django import forms
from django.core.exceptions import ValidationError

from blocs.scoring.ranking.class_rows import COLUMNS, band_of, band_row, row_of
from blocs.scoring.terms.numbers import read_decimal
from blocs.scoring.terms.rounding import Rounding
from blocs.years.forms.class_conditions import condition_of, condition_rows, put_conditions
from thidua.common.pages.forms import DecimalCommaField

BANDS = 6
BAND_LABELS = {
    "total": "Tổng điểm từ",
    "percent": "Tỷ lệ đạt từ (%)",
    "work": "Nhiệm vụ từ",
    "deduction": "Trừ đến",
}
NAMELESS = "Vui lòng ghi tên mức xếp loại."


def band_names(place: int) -> tuple[str, ...]:
    """The fields of one class: its name, then its numbers in the order of COLUMNS."""
    return (f"band_{place}", *(f"band_{place}_{column}" for column, _, _ in COLUMNS))


def share_name(place: int) -> str:
    """The field of the largest share of one class."""
    return f"band_{place}_share"


def class_rows() -> list[Row]:
    """One row of fields for each class."""
    return [Row(*map(Column, (*band_names(place), share_name(place)))) for place in range(BANDS)]


def put_bands(form: forms.ModelForm) -> None:
    """Six rows; a class with conditions that no field can show keeps them in `form.kept`."""
    stored = [*form.instance.class_bands, *({},) * BANDS][:BANDS]
    form.kept, shown = {}, []
    for place, band in enumerate(stored):
        label, *columns = band_names(place)
        numbers, others = band_row(band)
        rows = [row_of(condition) for condition in others]
        shown += [(place, row) for row in rows if row]
        form.kept[band.get("label", "")] = [
            condition for condition, row in zip(others, rows, strict=True) if row is None
        ]
        form.fields[label] = forms.CharField(
            label=f"Mức {place + 1}", required=False, max_length=100
        )
        form.initial[label] = band.get("label", "")
        for name, (column, _, _) in zip(columns, COLUMNS, strict=True):
            form.fields[name] = DecimalCommaField(label=BAND_LABELS[column], decimals=4)
            form.initial[name] = numbers[column]
        form.fields[share_name(place)] = DecimalCommaField(label="Tối đa (% đơn vị)")
        form.initial[share_name(place)] = read_decimal(band.get("share"))
        form.initial.setdefault("class_rounding", band.get("rounding"))
    put_conditions(form, shown, BANDS)


def filled_bands(form: forms.ModelForm, data: dict[str, Any]) -> list[dict[str, Any]]:
    """The filled rows as the list of classes; a number without a name is asked about.

    The fields of the rows leave `data`.
    """
    bands = []
    rounding = data.pop("class_rounding", "") or Rounding.DOWN.value
    further = _further_conditions(form, data)
    for place in range(BANDS):
        label, *columns = band_names(place)
        name, share = data.pop(label, ""), data.pop(share_name(place), None)
        numbers = {
            column: data.pop(field, None)
            for field, (column, _, _) in zip(columns, COLUMNS, strict=True)
        }
        if name:
            others = [*further.get(place, ()), *form.kept.get(name, ())]
            bands.append(band_of(name, numbers, others, share, rounding))
        elif place in further or any(one is not None for one in (share, *numbers.values())):
            form.add_error(label, ValidationError(NAMELESS))
    return bands


def _further_conditions(form: forms.ModelForm, data: dict[str, Any]) -> dict[int, list]:
    """The stored form of the further conditions, by the place of their class."""
    found: dict[int, list] = {}
    for names in condition_rows(form):
        if filled := condition_of(form, data, names):
            place, condition = filled
            found.setdefault(place, []).append(condition)
    return found
