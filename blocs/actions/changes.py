"""Writing fields and telling the log book what they were before."""

from collections.abc import Mapping

from thidua.common.dates import short_date


def set_fields(obj, data: Mapping) -> list[dict]:
    """Put the values into `obj` and return what changed, in words; nothing is saved."""
    changes = []
    for name, value in data.items():
        before = getattr(obj, name)
        if before == value:
            continue
        words = {"field": str(obj._meta.get_field(name).verbose_name), "before": said(before)}
        setattr(obj, name, value)
        changes.append(words | {"after": said(value)})
    return changes


def said(value) -> str:
    """A value as the log book shows it; nothing is an empty text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if hasattr(value, "strftime"):
        return short_date(value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)
