"""One field to choose among many rows: some letters are typed, the rows that have them offered.

Few rows are an ordinary list. Many are a line to type in, which works without script: what was
typed is looked up when the form is sent. With script the page of the form itself is asked while
somebody types (`answers.py`), so that nobody is offered what the form would refuse: rows and
rights are those of the page.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet

from thidua.common.pages.forms import ManyField
from thidua.common.pages.searched.typed import Typed
from thidua.common.pages.searched.widgets import (
    MOST_OFFERED,
    SearchedBoxes,
    SearchedSelect,
    first_rows,
    is_list,
)
from thidua.common.vietnamese.numbers import whole_number
from thidua.common.vietnamese.text import fold, words

NONE_FOUND = (
    "Không tìm thấy “{}”. Hãy gõ một phần tên hoặc mã, không cần dấu; bỏ trống nếu không chọn."
)
SEVERAL = "Có {} lựa chọn khớp với “{}”. Hãy chọn một lựa chọn bên dưới hoặc gõ thêm chữ."
TOO_MANY = "Có hơn {} lựa chọn khớp với “{}”. Hãy gõ thêm chữ; bên dưới là những lựa chọn gần nhất."
Search = Callable[[QuerySet, str], QuerySet]


class Searches:
    """What a field for one row and a field for several share.

    `search` narrows the rows to those with all the words; without one the rows' own `search` does.
    """

    queryset: QuerySet
    label_from_instance: Callable[[Model], str]

    def __init__(self, *args: Any, search: Search | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.search = search
        self.listed: list[Model] | None = None
        self.known: dict[str, Model] = {}

    def rows_listed(self) -> list[Model]:
        """The rows of a list, or one more than it may have."""
        return first_rows(self.queryset) if self.listed is None else self.listed

    def matches(self, text: str) -> list[Model]:
        """The closest rows with all the words, one more than is offered; no letters: the first."""
        rows = self.queryset
        if text:
            if not words(text):
                return []
            rows = self.search(rows, text) if self.search else rows.search(text)
        return list(rows[: MOST_OFFERED + 1])

    def meant(self, text: str, rows: list[Model]) -> Model | None:
        """The one row that the letters mean: the only one, or the only one that is called so."""
        same = [row for row in rows if fold(self.label_from_instance(row)) == fold(text)]
        found = rows if len(rows) == 1 else same
        return found[0] if len(found) == 1 else None

    def option(self, row: Model) -> tuple[str, str]:
        """The row as a page offers it: value and words."""
        return str(self.prepare_value(row)), str(self.label_from_instance(row))

    def look_up(self, text: str) -> Model:
        """The row that is meant; a refusal that says what to do where none or several are."""
        rows = self.matches(text)
        if row := self.meant(text, rows):
            return row
        if not rows:
            raise ValidationError(NONE_FOUND.format(text), code="none_found")
        if len(rows) > MOST_OFFERED:
            raise ValidationError(TOO_MANY.format(MOST_OFFERED, text), code="several_found")
        raise ValidationError(SEVERAL.format(len(rows), text), code="several_found")


class SearchedField(Searches, forms.ModelChoiceField):
    """One row of a table that may be long."""

    widget = SearchedSelect

    def to_python(self, value: Any) -> Model | None:
        return self.known.get(str(value)) or super().to_python(value)

    def clean(self, value: Any) -> Any:
        if isinstance(value, Typed):
            return super().clean(self.prepare_value(self.look_up(value.text)))
        return super().clean(value)


def read_together(fields: Iterable[Searches], rows: QuerySet, values: Iterable[Any]) -> None:
    """Let fields of the same rows read them once: the first, and those of these values."""
    listed = first_rows(rows)
    numbers = {whole_number(str(value)) for value in values} - {None, *(row.pk for row in listed)}
    others = () if is_list(listed) or not numbers else rows.filter(pk__in=numbers)
    known = {str(row.pk): row for row in (*listed, *others)}
    for field in fields:
        field.queryset, field.listed, field.known = rows, listed, known


class SearchedManyField(Searches, ManyField):
    """Several rows of a table that may be long; without script names are parted by semicolons."""

    widget = SearchedBoxes

    def clean(self, value: Any) -> Any:
        return super().clean(self.told(value) if isinstance(value, Typed) else value)

    def told(self, typed: Typed) -> list[str]:
        """The values of what is ticked and of what the letters mean."""
        found, faults = list(typed.ticked), []
        for part in typed.parts:
            offered = {str(self.prepare_value(row)) for row in self.matches(part)}
            if typed.is_answered and offered & set(typed.ticked):
                continue
            try:
                found.append(str(self.prepare_value(self.look_up(part))))
            except ValidationError as error:
                faults += error.error_list
        if faults:
            raise ValidationError(faults)
        return list(dict.fromkeys(found))

    def rows_of(self, values: tuple[str, ...]) -> QuerySet | tuple:
        """The offered rows with these values; what no id can be is left out."""
        numbers = [number for value in values if (number := whole_number(str(value))) is not None]
        return self.queryset.filter(pk__in=numbers) if numbers else ()
