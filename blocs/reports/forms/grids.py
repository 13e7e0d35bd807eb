"""One line of a sheet: written by hand in the template, validated when it comes back."""

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms

from thidua.common.pages.forms import TidyForm
from thidua.common.stamps import own_words, stamp_of, theirs


@dataclass(frozen=True)
class Cell:
    """One input as a string, with what is wrong with it."""

    name: str
    id: str
    value: str
    errors: tuple[str, ...]
    is_on: bool = False


class GridForm(TidyForm):
    """A form whose inputs the template writes itself, from strings."""

    @property
    def cells(self) -> dict[str, Cell]:
        return {name: self.cell(name) for name in self.fields}

    def cell(self, name: str) -> Cell:
        bound = self[name]
        value = bound.value()
        return Cell(
            name=bound.html_name,
            id=bound.auto_id,
            value="" if value is None or value is False else str(value),  # 0 == False
            errors=tuple(self.errors.get(name, ())),
            is_on=value is True or value in ("on", "True"),
        )

    @property
    def faults(self) -> list[str]:
        """What is wrong with the line as a whole."""
        return list(self.non_field_errors())


class RowForm(GridForm):
    """A line that knows what the page showed, so that only changed lines are written."""

    seen = forms.CharField(required=False)
    compared: tuple[str, ...] = ()

    def __init__(self, data=None, *, key: str, shown: Mapping, stamp: str, words: str = ""):
        super().__init__(data, prefix=key, initial={**shown, "seen": stamp})
        self.key, self.stamp, self.words = key, stamp, words

    def is_changed(self) -> bool:
        """Whether the person typed something else than the page showed; errors count as typed."""
        if not self.is_valid():
            return True
        typed = stamp_of(*(self.cleaned_data[name] for name in self.compared))
        return typed != self.cleaned_data["seen"]

    def entry(self) -> dict:
        """The typed values with the stamp of what the page showed."""
        return {name: self.cleaned_data[name] for name in (*self.compared, "seen")}

    def show_theirs(self, *, is_own: bool = False) -> None:
        """Another writer was faster: the line says what is stored, and the next save is meant."""
        self.full_clean()
        said = theirs(self.words)
        self.add_error(None, own_words(said) if is_own else said)
        self.data[self.add_prefix("seen")] = self.stamp
