"""Writing fields and telling the log book, in words, what they were before."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal

from thidua.common.vietnamese.bloc_words import in_words_of
from thidua.common.vietnamese.dates import moment_words, short_date
from thidua.common.vietnamese.numbers import format_trimmed

# No stored number has more decimals.
DECIMALS = 4


def set_fields(obj, data: Mapping) -> list[dict]:
    """Put the values into `obj` and return what changed, in words; nothing is saved."""
    changes = []
    for name, value in data.items():
        if getattr(obj, name) == value:
            continue
        before = words_of(obj, name)
        setattr(obj, name, value)
        label = in_words_of(bloc_word_of(obj), obj._meta.get_field(name).verbose_name)
        changes.append({"field": label, "before": before, "after": words_of(obj, name)})
    return changes


def change_of(label: str, before: str, after: str) -> list[dict]:
    """The line of the log book about words that are no field; none where nothing changed."""
    return [] if before == after else [{"field": label, "before": before, "after": after}]


def all_words(obj, names: Iterable[str]) -> dict[str, str]:
    """These fields of `obj` in words, by their names."""
    return {name: words_of(obj, name) for name in names}


def words_of(obj, name: str) -> str:
    """One field as people read it: the label of a choice, else the value as `said`."""
    display = getattr(obj, f"get_{name}_display", None)
    return in_words_of(bloc_word_of(obj), display()) if display else said(getattr(obj, name))


def bloc_word_of(obj) -> str:
    """«khối» or «cụm»: what the bloc of this object is called, where it or its year says so."""
    word: str = getattr(getattr(obj, "bloc_year", obj), "bloc_word", "khối")
    return word


def said(value) -> str:
    """A value as the log book shows it; nothing is an empty text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, Decimal):
        return format_trimmed(value, DECIMALS)
    if isinstance(value, datetime):
        return moment_words(value)
    if isinstance(value, date):
        return short_date(value)
    if isinstance(value, list):
        return ", ".join(map(said, value))
    return str(value)
