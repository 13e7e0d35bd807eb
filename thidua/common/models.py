from datetime import date

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from thidua.common.log_book.models import (
    ActivityEntry,
    ArchivedEntry,
    LogLink,
    LogSeal,
    LogWords,
)
from thidua.common.vietnamese.dates import day_in_vietnam, moment_words

__all__ = [
    "ActivityEntry",
    "ArchivedEntry",
    "Basis",
    "LogLink",
    "LogSeal",
    "LogWords",
    "RestsOnFacts",
    "Returnable",
    "came_back",
    "forget_return",
    "number_of",
    "returned_basis",
    "returned_facts",
]


def number_of(rows: models.QuerySet, by: str) -> models.Expression:
    """How many of these rows name a row of the outer query by `by`: a subquery of that query.

    A join would group the rows of all pages of a list before the first page is cut off.
    """
    own = rows.filter(**{by: OuterRef("pk")}).order_by().values(by)
    return Coalesce(Subquery(own.annotate(number=Count("pk")).values("number")), 0)


UNCHANGED = "{name} chưa thay đổi gì so với lần trả lại lúc {at}."


class Basis(models.Model):
    """The facts something derived rests on, as they were when it was made or last confirmed."""

    subject_type = models.ForeignKey(ContentType, models.PROTECT, verbose_name="loại đối tượng")
    subject_id = models.PositiveBigIntegerField("mã đối tượng")
    subject = GenericForeignKey("subject_type", "subject_id")
    # Rows of [key, name, words].
    facts = models.JSONField("căn cứ đã dùng", default=list, blank=True)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name="người ghi"
    )
    kept_at = models.DateTimeField("ghi lúc", auto_now=True)

    class Meta:
        verbose_name = "căn cứ của hồ sơ"
        verbose_name_plural = "căn cứ của hồ sơ"
        constraints = (
            models.UniqueConstraint(
                fields=("subject_type", "subject_id"),
                name="basis_once",
                violation_error_message="Hồ sơ này đã có căn cứ được ghi.",
            ),
        )

    def __str__(self) -> str:
        return f"Căn cứ của {self.subject}"


class RestsOnFacts(models.Model):
    """Something derived that keeps the facts it rests on; they go when it is deleted."""

    kept_basis = GenericRelation(
        Basis, object_id_field="subject_id", content_type_field="subject_type"
    )

    class Meta:
        abstract = True


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
        """Keep the reason, and the stamp of the content as it was given back; nothing is saved."""
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


def returned_basis(obj: Returnable) -> tuple[str, date] | None:
    """What a paper that answers the return rests on, and its day; None where none was made."""
    return ("việc trả lại", day_in_vietnam(obj.returned_at)) if obj.returned_at else None


def forget_return(obj: Returnable, *, actor, note: str) -> None:
    """The effect of taking a return back."""
    obj.return_reason, obj.returned_at, obj.returned_as = "", None, ""


def returned_facts(obj: Returnable, *, is_now: bool) -> dict[str, str]:
    """Reason and time of the return for the top of its page; empty unless it `is_now` returned."""
    if not is_now or obj.returned_at is None:
        return {"reason": "", "at": ""}
    return {"reason": obj.return_reason, "at": moment_words(obj.returned_at)}
