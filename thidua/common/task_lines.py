"""One line of «Việc của tôi», how its deadline is told, and how all lines are brought."""

from collections.abc import Generator, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Exists, QuerySet
from django.urls import reverse

from thidua.common.deadlines import Deadline

SHORT = 80


@dataclass(frozen=True)
class Task:
    """One line of the list: what, where, until when."""

    label: str
    url: str
    where: str
    due: Deadline | None = None
    due_words: str = ""
    is_late: bool = False


def task(label: str, url: str, where: str, due: Deadline | None, now: date | datetime) -> Task:
    """A task with its deadline in words."""
    if due is None:
        return Task(label, url, where)
    return Task(label, url, where, due, due.left_words(now), due.is_past(now))


# Whoever brings tasks yields each list it reads (ordered, with its joins) and is given the rows.
Bringing = Generator[QuerySet, list, list[Task]]


def brought(bringings: Iterable[Bringing], person: Any) -> list[Task]:
    """What all of them bring, in their order.

    Most lists are empty for most people: one statement asks of all of them in which there is
    anything, and only these are read.
    """
    going = list(bringings)
    tasks: dict[Bringing, list[Task]] = {}
    given: dict[Bringing, list] = {}
    while len(tasks) < len(going):
        asked = {}
        for one in going:
            if one not in tasks:
                try:
                    asked[one] = one.send(given.get(one))
                except StopIteration as end:
                    tasks[one] = end.value
        given = rows_of(asked, person) if asked else {}
    return [task for one in going for task in tasks[one]]


def rows_of(asked: dict[Bringing, QuerySet], person: Any) -> dict[Bringing, list]:
    """The rows of each list; where there are several lists, empty ones are not read."""
    if len(asked) == 1:
        return {one: list(rows) for one, rows in asked.items()}
    whether = {f"in_{place}": Exists(rows) for place, rows in enumerate(asked.values())}
    mine = get_user_model().objects.filter(pk=person.pk)
    found = mine.annotate(**whether).values_list(*whether).get()
    return {
        one: list(rows) if is_there else []
        for (one, rows), is_there in zip(asked.items(), found, strict=True)
    }


def page(name: str, pk: int) -> str:
    """The address of a page about one object."""
    return reverse(name, args=(pk,))


def returned_label(label: str, reason: str) -> str:
    """A task with the beginning of the reason: «Sửa báo cáo bị trả lại năm 2026: Thiếu số liệu»."""
    words = shortened(" ".join(reason.split()))
    return f"{label}: {words}" if words else label


def shortened(text: str) -> str:
    """A text that fits into a line of the list of tasks."""
    return text if len(text) <= SHORT else f"{text[: SHORT - 1].rstrip()}…"
