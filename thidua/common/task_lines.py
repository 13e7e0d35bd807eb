"""One line of «Việc của tôi» and how its deadline is told."""

from dataclasses import dataclass
from datetime import date, datetime

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
