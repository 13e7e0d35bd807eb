"""The log book of the demo: the moves people would have made, each at its own time."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType

from thidua.accounts.models import User
from thidua.common.models import ActivityEntry
from thidua.common.workflow import Workflow
from thidua.demo.keeping import keep_all


class LoggedStep(NamedTuple):
    """One move of an object: which, by whom, when, and the words that go with it."""

    name: str
    actor: User
    at: datetime
    note: str = ""


class Log:
    """Entries gathered while the demo is made, written at the end in one statement."""

    def __init__(self) -> None:
        self._entries: list[ActivityEntry] = []

    def note(self, action: str, obj, *, label: str, actor: User, at: datetime, **details) -> None:
        """One line about something that is not a move; details as in `record()`."""
        entry = ActivityEntry(
            at=at,
            actor=actor,
            actor_name=str(actor),
            action=action,
            label=label,
            subject_type=ContentType.objects.get_for_model(obj),
            subject_id=obj.pk,
            subject_name=str(obj),
            **details,
        )
        self._entries.append(entry)

    def walk(self, workflow: Workflow, obj, steps: Iterable[LoggedStep]) -> None:
        """The moves by which the object came to its state; a path the workflow lacks is refused."""
        state = workflow.initial
        for step in steps:
            move = workflow[step.name]
            if state not in move.sources:
                raise ValueError(f"{obj}: “{step.name}” does not start from “{state}”.")
            self.note(
                f"{obj._meta.label_lower}.{step.name}",
                obj,
                label=move.label,
                actor=step.actor,
                at=step.at,
                note=step.note,
                from_state=state,
                to_state=move.target,
            )
            state = move.target
        if state != workflow.state_of(obj):
            raise ValueError(f"{obj}: the log book ends in “{state}”, the row says otherwise.")

    def write(self) -> None:
        """Write everything in the order of time."""
        keep_all(sorted(self._entries, key=lambda entry: entry.at))


def minutes(count: int) -> timedelta:
    """Some minutes, to keep steps of one day apart."""
    return timedelta(minutes=count)
