"""The log book: written in the same transaction as the change it tells of."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone
from django.utils.text import Truncator

from thidua.common.models import ActivityEntry
from thidua.common.registry import Registry

NOBODY = "Chưa đăng nhập"
# What higher apps know of objects that are kept as they are: (action, object, new state) gives the
# sentence that refuses the change, or nothing.
KEPT: Registry[Callable[[str, Model | None, str], str]] = Registry()

WRITTEN: ContextVar[list[str] | None] = ContextVar("written", default=None)


@contextmanager
def lines_written() -> Iterator[list[str]]:
    """The actions of which a line is added meanwhile: none where an act found nothing to store."""
    written: list[str] = []
    token = WRITTEN.set(written)
    try:
        yield written
    finally:
        WRITTEN.reset(token)


def kept_words(obj: Model | None, action: str = "", to_state: str = "") -> str:
    """Why nothing about the object changes any more; empty where it is not kept as it is."""
    return "\n".join(words for kept in KEPT if (words := kept(action, obj, to_state)))


def told_as(actor, label: str) -> tuple[Any, str]:
    """Who in truth acts, and the label as a line keeps it: no longer than its column.

    While somebody looks as another both tell of who looks; as whom is never cut off.
    """
    viewer = getattr(actor, "seen_by", None)
    looking = f" (xem như {actor})" if viewer else ""
    room = ActivityEntry._meta.get_field("label").max_length - len(looking)
    return viewer or actor, Truncator(label).chars(room) + looking


def record(
    actor,
    action: str,
    obj,
    *,
    label: str,
    note: str = "",
    changes: list[dict] | None = None,
    from_state: str = "",
    to_state: str = "",
    at: datetime | None = None,
) -> ActivityEntry:
    """Add one line: who did what to which object, with values before and after in `changes`.

    `actor` is None where nobody is signed in; `at` is given where it happened before (demo).
    `action` is a dotted English word for programs, `label` the Vietnamese words people read. As
    every change has its line, here is the one place that refuses (ValidationError) any change of
    what is kept as it is. What happens while somebody looks as another is told of who looks.
    """
    if reason := kept_words(obj, action, to_state):
        raise ValidationError(reason)
    if (written := WRITTEN.get()) is not None:
        written.append(action)
    actor, label = told_as(actor, label)
    return ActivityEntry.objects.create(
        at=at or timezone.now(),
        actor=actor,
        actor_name=str(actor or NOBODY),
        action=action,
        label=label,
        subject=obj,
        subject_name=str(obj),
        from_state=from_state,
        to_state=to_state,
        note=note,
        changes=changes or [],
    )
