"""A list of few rows, or a line to type in: decided here for the whole house."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms.utils import flatatt
from django.template.loader import render_to_string

from thidua.common.pages.searched.typed import (
    ANSWERED,
    LONGEST_TYPED,
    TYPED,
    Typed,
    answered_text,
    typed_text,
)

MOST_LISTED = 30
MOST_OFFERED = 20
PLACEHOLDER = "Gõ để tìm"


def first_rows(rows: QuerySet) -> list[Model]:
    """The rows of a list, and one more where they are too many for one."""
    return list(rows[: MOST_LISTED + 1])


def is_list(rows: list[Model]) -> bool:
    """Whether these first rows are all there are, and few enough for a list."""
    return len(rows) <= MOST_LISTED


class SearchedWidget:
    """Decides between the list and the line; the rows that decide are those the list shows."""

    searched_template = "components/searched.html"
    input_type = "radio"

    def value_omitted_from_data(self, data: Mapping, files: Mapping, name: str) -> bool:
        return name not in data and TYPED.format(name) not in data

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> str:
        listed = self.field.rows_listed()
        if is_list(listed):
            return self.render_list(listed, name, value, self.build_attrs(self.attrs, attrs))
        return self.render_line(name, value, self.build_attrs(self.attrs, attrs))

    def render_line(self, name: str, value: Any, attrs: dict[str, Any]) -> str:
        chosen, offered, text, answered = self.state(value)
        is_wrong = "is-invalid" in attrs.get("class", "")
        line = {key: one for key, one in attrs.items() if key not in ("class", "required")}
        context = {
            "name": name,
            "typed_name": TYPED.format(name),
            "answered_name": ANSWERED.format(name),
            "chosen": chosen,
            "offered": offered,
            "text": text,
            "answered": answered,
            "kind": "form-control is-invalid" if is_wrong else "form-control",
            "attrs": flatatt({"placeholder": self.placeholder} | line),
            "id": attrs.get("id", name),
            "label": self.field.label,
            "longest": LONGEST_TYPED,
            "is_many": self.input_type == "checkbox",
            "is_disabled": bool(attrs.get("disabled")),
            "is_line": True,
        }
        return render_to_string(self.searched_template, context)

    @property
    def field(self) -> forms.ModelChoiceField:
        return self.choices.field

    @property
    def placeholder(self) -> str:
        """What an empty line means, and what to do in it: «Tất cả – gõ để tìm»."""
        empty = (getattr(self.field, "empty_label", "") or "").strip("-– ")
        return f"{empty} – {PLACEHOLDER.lower()}" if empty else PLACEHOLDER


class SearchedSelect(SearchedWidget, forms.Select):
    """For one row."""

    def value_from_datadict(self, data: Mapping, files: Mapping, name: str) -> Any:
        """The value that was chosen, or the letters that were typed instead of choosing."""
        value, text = data.get(name), typed_text(data, name)
        if TYPED.format(name) not in data or (value and text == answered_text(data, name)):
            return value
        return Typed(text) if text else ""

    def render_list(self, rows: list[Model], name: str, value: Any, attrs: dict[str, Any]) -> str:
        if isinstance(value, Typed):
            row = self.field.meant(value.text, self.field.matches(value.text))
            value = self.field.prepare_value(row) if row else ""
        empty = self.field.empty_label
        options = [] if empty is None else [("", empty)]
        options += [self.field.option(row) for row in rows]
        return forms.Select(choices=options).render(name, value, attrs)

    def state(self, value: Any) -> tuple[list, list, str, str]:
        """What stands in the line: the chosen row, rows that are offered, the letters."""
        if isinstance(value, Typed):
            rows = self.field.matches(value.text)
            row = self.field.meant(value.text, rows)
            if row is None:
                offered = [self.field.option(one) for one in rows[:MOST_OFFERED]]
                return [], offered, value.text, value.text
        else:
            row = self.row_of(value)
        chosen = [self.field.option(row)] if row else []
        text = chosen[0][1] if row else ""
        return chosen, [], text, text

    def row_of(self, value: Any) -> Model | None:
        """The offered row with this value; none where a forged one has none."""
        try:
            return self.field.to_python(value)
        except ValidationError:
            return None


class SearchedBoxes(SearchedWidget, forms.SelectMultiple):
    """For several rows: what is chosen stands as ticked boxes."""

    input_type = "checkbox"

    def value_from_datadict(self, data: Any, files: Mapping, name: str) -> Any:
        """The ticked values, and with them the letters that were typed for more."""
        getlist = getattr(data, "getlist", None)
        ticked = getlist(name) if getlist else data.get(name) or []
        text = typed_text(data, name)
        if not text:
            return ticked
        return Typed(text, tuple(map(str, ticked)), text == answered_text(data, name))

    def render_list(self, rows: list[Model], name: str, value: Any, attrs: dict[str, Any]) -> str:
        chosen = {pk for pk, _ in self.state(value)[0]}
        context = {
            "name": name,
            "offered": [(*option, option[0] in chosen) for option in map(self.field.option, rows)],
            "id": attrs.get("id", name),
            "label": self.field.label,
            "is_many": True,
            "is_disabled": bool(attrs.get("disabled")),
            "is_line": False,
        }
        return render_to_string(self.searched_template, context)

    def state(self, value: Any) -> tuple[list, list, str, str]:
        """What is chosen, what is offered for letters that mean several, those letters."""
        typed = value if isinstance(value, Typed) else Typed("", tuple(map(str, value or ())))
        chosen = [self.field.option(row) for row in self.field.rows_of(typed.ticked)]
        offered, left = [], []
        for part in typed.parts:
            rows = self.field.matches(part)
            if row := self.field.meant(part, rows):
                chosen.append(self.field.option(row))
            else:
                left.append(part)
                offered += map(self.field.option, rows[:MOST_OFFERED])
        known = dict(chosen)
        offered = [option for option in dict.fromkeys(offered) if option[0] not in known]
        text = "; ".join(left)
        return list(known.items()), offered, text, text if offered else ""
