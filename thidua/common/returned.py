"""What was sent in and given back: why, when, and whether it has changed since."""

from django.db import models
from django.utils import timezone

from thidua.common.vietnamese.dates import moment_words

UNCHANGED = "{name} chưa thay đổi gì so với lần trả lại lúc {at}."
SHORT = 80


class Returnable(models.Model):
    """The last return of an object. `returned_as` marks what it held then; empty: never returned.

    A return that was taken back leaves no trace here, only in the log book.
    """

    return_reason = models.TextField("lý do trả lại", blank=True)
    returned_at = models.DateTimeField("trả lại lúc", null=True, blank=True)
    returned_as = models.CharField("mã nội dung khi trả lại", max_length=64, blank=True)

    class Meta:
        abstract = True

    def keep_return(self, reason: str, content: str) -> None:
        """Keep the reason, and the mark of the content as it was given back; nothing is saved."""
        self.return_reason, self.returned_at = reason.strip(), timezone.now()
        self.returned_as = content

    def unchanged_words(self, name: str, content: str) -> list[str]:
        """That nothing changed since the return, where so; `name` is what the object is called."""
        if not came_back(self) or self.returned_as != content:
            return []
        return [UNCHANGED.format(name=name, at=moment_words(self.returned_at))]


def came_back(obj: Returnable) -> bool:
    """Sent in before and given back: who takes the next sending back finds it returned."""
    return obj.returned_at is not None


def forget_return(obj: Returnable, *, actor, note: str) -> None:
    """The effect of taking a return back."""
    obj.return_reason, obj.returned_at, obj.returned_as = "", None, ""


def returned_facts(obj: Returnable, *, is_now: bool) -> dict[str, str]:
    """Reason and time of the return for the top of its page; empty unless it `is_now` returned."""
    if not is_now or obj.returned_at is None:
        return {"reason": "", "at": ""}
    return {"reason": obj.return_reason, "at": moment_words(obj.returned_at)}


def returned_label(label: str, reason: str) -> str:
    """A task with the beginning of the reason: «Sửa báo cáo bị trả lại năm 2026: Thiếu số liệu»."""
    words = shortened(" ".join(reason.split()))
    return f"{label}: {words}" if words else label


def shortened(text: str) -> str:
    """A text that fits into a line of the list of tasks."""
    return text if len(text) <= SHORT else f"{text[: SHORT - 1].rstrip()}…"
