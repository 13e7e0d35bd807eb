"""One line of «Việc của tôi», how its deadline is told, and how all lines are brought."""

from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Exists, JSONField, QuerySet, Subquery
from django.db.models.functions import JSONArray
from django.db.models.query import FlatValuesListIterable
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


@dataclass(frozen=True)
class ByKey:
    """Rows that others may need too: all that are asked for at once are read together."""

    rows: QuerySet
    keys: Sequence[int]


# Whoever brings tasks yields each list it reads (ordered, with its joins) and is given the rows.
# A list of plain values (`values_list`) costs no statement of its own: its rows come as tuples, in
# which numbers, texts and whether something is so are what they were. `ByKey` gives a dictionary.
Wanted = QuerySet | ByKey
Bringing = Generator[Wanted, Any, list[Task]]


class TheirRows(Subquery):
    """The rows of a list of plain values, in its order, as one column; None for no rows."""

    template = "(SELECT JSONB_AGG(listed.told) FROM (%(subquery)s) AS listed)"
    output_field = JSONField()

    def __init__(self, rows: QuerySet) -> None:
        told = rows.annotate(told=JSONArray(*rows._fields))
        super().__init__(told.values("told"))

    def as_sqlite(self, compiler, connection, **context):
        """SQLite takes an array for a text unless it is told."""
        own = "(SELECT JSON_GROUP_ARRAY(JSON(listed.told)) FROM (%(subquery)s) AS listed)"
        return self.as_sql(compiler, connection, own, **context)


def brought(bringings: Iterable[Bringing], person: Any) -> list[Task]:
    """What all of them bring, in their order.

    Most lists are empty for most people: one statement asks of all of them in which there is
    anything, and only these are read.
    """
    going = list(bringings)
    tasks: dict[Bringing, list[Task]] = {}
    given: dict[Bringing, Any] = {}
    while len(tasks) < len(going):
        asked: dict[Bringing, Wanted] = {}
        for one in going:
            if one not in tasks:
                try:
                    asked[one] = one.send(given.get(one))
                except StopIteration as end:
                    tasks[one] = end.value
        keyed = {one: rows for one, rows in asked.items() if isinstance(rows, ByKey)}
        lists = {one: rows for one, rows in asked.items() if isinstance(rows, QuerySet)}
        given = rows_by_key(keyed) | (rows_of(lists, person) if lists else {})
    return [task for one in going for task in tasks[one]]


def rows_by_key(asked: dict[Bringing, ByKey]) -> dict[Bringing, dict[int, Any]]:
    """The rows of each in the order of its keys: those of one model are read in one statement."""
    keys: dict[type, set[int]] = {}
    for one in asked.values():
        keys.setdefault(one.rows.model, set()).update(one.keys)
    first = {one.rows.model: one.rows for one in reversed(asked.values())}
    found = {model: rows.in_bulk(keys[model]) for model, rows in first.items()}
    return {
        one: {pk: rows[pk] for pk in wanted.keys if pk in rows}
        for one, wanted in asked.items()
        for rows in (found[wanted.rows.model],)
    }


def rows_of(asked: dict[Bringing, QuerySet], person: Any) -> dict[Bringing, list]:
    """The rows of each list; where there are several lists, empty ones are not read."""
    if len(asked) == 1:
        return {one: list(rows) for one, rows in asked.items()}
    columns = {
        f"in_{place}": TheirRows(rows) if rows._fields else Exists(rows)
        for place, rows in enumerate(asked.values())
    }
    mine = get_user_model().objects.filter(pk=person.pk)
    found = mine.annotate(**columns).values_list(*columns).get()
    return {
        one: told_rows(rows, told) for (one, rows), told in zip(asked.items(), found, strict=True)
    }


def told_rows(rows: QuerySet, told: Any) -> list:
    """What the one statement told of a list: its rows, or that there is something to read."""
    if not isinstance(told, list):
        return list(rows) if told else []
    is_flat = issubclass(rows._iterable_class, FlatValuesListIterable)
    return [row[0] if is_flat else tuple(row) for row in told]


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
