"""A stamp of what a page showed, so that a second writer is told and not obeyed blindly."""

import hashlib
import json
from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError

from thidua.common.models import ActivityEntry
from thidua.common.vietnamese.dates import moment_words


class OvertakenError(ValidationError):
    """Somebody else saved since the writer opened the page; `stamp` is of what is stored now."""

    def __init__(self, errors: dict, stamp: str) -> None:
        super().__init__(errors)
        self.stamp = stamp


def stamp_of(*values: object) -> str:
    """Twelve characters, equal for equal values; posted back beside the typed ones."""
    text = json.dumps([str(value) for value in values], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def stamp_of_words(words: Mapping[str, str]) -> str:
    """The stamp of named values, whatever their order."""
    return stamp_of(*(f"{name}={words[name]}" for name in sorted(words)))


def refuse_overtaken(
    obj,
    *actions: str,
    seen: str | None,
    stored: Mapping[str, str],
    typed: Mapping[str, str],
    names: Mapping[str, str] | None = None,
) -> None:
    """Raise OvertakenError, a sentence for each differing value, unless `seen` stamps `stored`.

    `stored` and `typed` are words by name (`all_words`), `names` says what a value is called that
    has no field of its own on the page; `actions` are those that write these values, to name who
    did. `seen` is None where the caller showed nothing to anybody.
    """
    if seen is None or seen == stamp_of_words(stored):
        return
    errors, who = {}, last_writer(obj, actions)
    for name in typed:
        if stored[name] != typed[name]:
            label = f"{names[name]}: người" if names and name in names else "Người"
            theirs = f"“{stored[name]}”" if stored[name] else "để trống"
            errors[name] = f"{label} khác đã lưu: {theirs}{who}."
    raise OvertakenError(errors, stamp_of_words(stored))


def last_writer(obj, actions: Collection[str]) -> str:
    """« (name, time)» of the newest of these actions on `obj` in the log book, or nothing."""
    last = ActivityEntry.objects.about(obj).filter(action__in=actions).first()
    if last is None:
        return ""
    return f" ({last.actor_name}, {moment_words(last.at)})"
