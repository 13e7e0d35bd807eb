"""Inputs of scoring rules: points as people write them, levels one on a line."""

from django import forms
from django.core.exceptions import ValidationError

from blocs.domain.scoring.numbers import read_decimal
from thidua.common.numbers import format_input, parse_decimal
from thidua.common.text import squeeze

DECIMALS = 4


class LevelsField(forms.CharField):
    """Levels and their points, one on a line: «Tốt: 8»."""

    widget = forms.Textarea(attrs={"rows": 5})

    def prepare_value(self, value):
        if isinstance(value, str) or value is None:
            return value
        return "\n".join(f"{row.get('label', '')}: {shown(row.get('points'))}" for row in value)

    def to_python(self, value):
        lines = super().to_python(value).splitlines()
        return [self.level(squeeze(line)) for line in lines if squeeze(line)]

    def level(self, line):
        label, colon, points = line.rpartition(":")
        if not colon or not label.strip() or not points.strip():
            raise ValidationError(f"Dòng “{line}” phải ghi tên mức và số điểm, ví dụ “Tốt: 8”.")
        return {"label": label.strip(), "points": plain(parse_decimal(points, decimals=DECIMALS))}

    def validate(self, value):
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value):
        """The validators of text do not fit rows."""


def shown(stored):
    """A decimal string of a rule as people write it."""
    return format_input(read_decimal(stored)) if stored not in (None, "") else ""


def plain(value):
    """A typed number as rules keep it."""
    return None if value is None else f"{value.normalize():f}"
