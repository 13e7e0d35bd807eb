"""Fields for the parameters of a rule, and the layout of a kind's form."""

from crispy_forms.layout import Column, Fieldset, Row
from django import forms

from blocs.criteria.forms.row_fields import DECIMALS, RowsField
from blocs.scoring.terms.parameters import (
    ChoiceParameter,
    LineParameter,
    NumberParameter,
    RowsParameter,
    Section,
    SwitchParameter,
)
from thidua.common.pages.forms import DecimalCommaField


def field_of(one, *, most, lines, stored):
    """The field of one parameter.

    `most` are the points of the whole table, by which a number with two readings is read; `lines`
    the paths a rule may name; `stored` the rule as it is.
    """
    usual = {"label": one.label, "help_text": one.help, "required": one.is_required}
    match one:
        case NumberParameter():
            maximum = None if one.is_figure else most
            return DecimalCommaField(decimals=DECIMALS, maximum=maximum, **usual)
        case SwitchParameter():
            return forms.BooleanField(**usual)
        case ChoiceParameter():
            return choice_field(one, usual)
        case LineParameter():
            choices = [("", one.nothing), *lines_with(one.shown(stored), lines)]
            return forms.ChoiceField(choices=choices, **usual)
        case RowsParameter():
            return RowsField(one.cells, **usual)
    raise TypeError(f"No field for {type(one).__name__}.")


def choice_field(one, usual):
    words = {"required": one.missing} if one.missing else {}
    widget = forms.RadioSelect if one.is_open else forms.Select
    return forms.ChoiceField(choices=one.choices, widget=widget, error_messages=words, **usual)


def lines_with(stated, lines):
    """A stored line stays on offer, though the table may have lost it."""
    return [*lines] if not stated or stated in dict(lines) else [*lines, (stated, stated)]


def layout_of(kind):
    """The parameters of a kind as crispy lays them out."""
    return [
        Fieldset(
            one.title,
            *map(line_of, one.lines),
            css_class=" ".join(f"rule-{value}" for value in one.values),
        )
        if isinstance(one, Section)
        else line_of(one)
        for one in kind.layout
    ]


def line_of(keys):
    return keys[0] if len(keys) == 1 else Row(*map(Column, keys))
