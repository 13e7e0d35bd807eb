"""Rows of repeating parameters as a small table of inputs; rows are added without JavaScript too.

Two empty rows always stand below the filled ones; the button «Thêm dòng» shows the form again with
two more, and a script, where there is one, adds them in place.
"""

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

from blocs.scoring.terms.parameters import plain
from blocs.scoring.terms.rule_texts import number_text
from thidua.common.vietnamese.numbers import parse_decimal, whole_number
from thidua.common.vietnamese.text import nfc, squeeze

DECIMALS, MOST_ROWS, SPARE = 4, 200, 2
MORE = "more"


class TypedRows(list):
    """Rows as a browser sent them, not as a rule stores them."""


class RowsWidget(forms.Widget):
    """A table of inputs named `<field>-<row>-<cell>`, its number of rows in `<field>-rows`."""

    template_name = "criteria/criterion_form/_rows.html"

    def __init__(self, cells, attrs=None):
        self.cells = cells
        super().__init__(attrs)

    def value_from_datadict(self, data, files, name):
        count = min(whole_number(data.get(f"{name}-rows", "")) or 0, MOST_ROWS)
        return TypedRows(
            {cell.name: data.get(f"{name}-{place}-{cell.name}", "") for cell in self.cells}
            for place in range(count)
        )

    def value_omitted_from_data(self, data, files, name):
        return f"{name}-rows" not in data

    def id_for_label(self, id_):
        return f"{id_}-0-{self.cells[0].name}" if id_ else id_

    def render(self, name, value, attrs=None, renderer=None):
        filled = [row for row in value or () if not is_blank(self.cells, row)]
        rows = [*filled, *({} for _ in range(SPARE))]
        context = {
            "name": name,
            "id": (attrs or {}).get("id", f"id_{name}"),
            "head": self.cells,
            "count": len(rows),
            "rows": [
                {"place": place, "cells": self.row(name, place, row)}
                for place, row in enumerate(rows)
            ],
        }
        return render_to_string(self.template_name, context)

    def row(self, name, place, row):
        return [
            {
                "cell": cell,
                "name": f"{name}-{place}-{cell.name}",
                "value": row.get(cell.name, ""),
                "label": f"{cell.label}, dòng {place + 1}",
            }
            for cell in self.cells
        ]


def is_blank(cells, row):
    """An untouched row holds nothing but the first choice of its lists."""
    return not any(row.get(cell.name, "").strip() for cell in cells if cell.kind != "choice")


class RowsField(forms.Field):
    """Rows of cells; its value is a list of dicts of strings, numbers as decimal strings."""

    def __init__(self, cells, **kwargs):
        self.cells = cells
        kwargs.setdefault("required", False)
        super().__init__(widget=RowsWidget(cells), **kwargs)

    def prepare_value(self, value):
        """Stored rows as people write them; typed rows stay as typed."""
        if value is None or isinstance(value, TypedRows):
            return value
        return [
            {cell.name: self.shown(cell, row.get(cell.name)) for cell in self.cells}
            for row in value
        ]

    def shown(self, cell, stored):
        if cell.kind == "number":
            return number_text(stored)
        return "" if stored is None else str(stored)

    def clean(self, value):
        found, wrong = [], []
        for place, row in enumerate(value or (), start=1):
            texts = {name: squeeze(nfc(text)) for name, text in row.items()}
            if not is_blank(self.cells, texts):
                found.append(self.clean_row(place, texts, wrong))
        if wrong:
            raise ValidationError(wrong)
        if self.required and not found:
            raise ValidationError(self.error_messages["required"], code="required")
        return found

    def clean_row(self, place, texts, wrong):
        """One row; what is wrong with it goes to `wrong`, with the number of the row."""
        row = {}
        for cell in self.cells:
            try:
                row[cell.name] = self.clean_cell(cell, texts[cell.name])
            except ValidationError as error:
                sentence = " ".join(error.messages)
                wrong.append(f"Dòng {place}, {cell.label.lower()}: {sentence}")
        return row

    def clean_cell(self, cell, text):
        if not text and cell.is_required:
            raise ValidationError("chưa ghi.")
        if cell.kind == "number":
            number = parse_decimal(text, decimals=DECIMALS)
            return None if number is None else plain(number)
        if cell.kind == "choice" and text not in dict(cell.choices):
            raise ValidationError(f"không có lựa chọn “{text}”.")
        return text
