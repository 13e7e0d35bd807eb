"""One line of «Việc của tôi» and how its deadline is told."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse


@dataclass(frozen=True)
class Task:
    """One line of the list: what, where, until when."""

    label: str
    url: str
    where: str
    due: date | None = None
    due_words: str = ""
    is_late: bool = False


def task(label: str, url: str, where: str, due: date | None, today: date) -> Task:
    """A task with its deadline in words."""
    if due is None:
        return Task(label, url, where)
    days = (due - today).days
    words = f"còn {days} ngày" if days > 0 else "hôm nay" if days == 0 else f"quá hạn {-days} ngày"
    return Task(label, url, where, due, words, days < 0)


def page(name: str, pk: int) -> str:
    """The address of a page about one object."""
    return reverse(name, args=(pk,))
