"""Numbers on pages, written as in State papers: 1.234,5."""

from decimal import Decimal

from django import template

from thidua.common.vietnamese.bloc_words import in_words_of
from thidua.common.vietnamese.numbers import format_decimal, format_trimmed

register = template.Library()


@register.filter
def trimmed(value: Decimal | None) -> str:
    """The number without useless zeros; a dash where there is none."""
    return "–" if value is None else format_trimmed(value)


@register.filter
def points(value: Decimal | None) -> str:
    """Points with two places; a dash where there are none yet: empty is not 0."""
    return "–" if value is None else format_decimal(value)


@register.filter
def of_bloc(text: str, word: str) -> str:
    """A text of a template about one bloc, in the word of that bloc: «khối» or «cụm»."""
    return in_words_of(word, text)
