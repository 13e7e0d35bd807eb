"""Lines of the log book, live and archived, and the chain of hashes that runs through both."""

from collections.abc import Collection

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone


class ActivityQuerySet(models.QuerySet):
    def about(self, obj: models.Model) -> "ActivityQuerySet":
        """The log book of one object, newest first."""
        return self.filter(
            subject_type__app_label=obj._meta.app_label,
            subject_type__model=obj._meta.model_name,
            subject_id=obj.pk,
        ).order_by("-at", "-pk")


class LogLine(models.Model):
    """What a line tells; the database lets nobody change one (rules.py)."""

    at = models.DateTimeField("thời điểm", default=timezone.now, editable=False)
    # Whoever has a line here stays: the account is stopped and never deleted.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="người thực hiện"
    )
    # The name of that day: a person who married or left is found as they were called then.
    actor_name = models.CharField("tên người thực hiện", max_length=255)
    action = models.CharField("việc", max_length=100)
    label = models.CharField("tên việc", max_length=255)
    subject_type = models.ForeignKey(ContentType, models.PROTECT, verbose_name="loại đối tượng")
    subject_id = models.PositiveBigIntegerField("mã đối tượng")
    subject = GenericForeignKey("subject_type", "subject_id")
    subject_name = models.TextField("tên đối tượng")
    from_state = models.CharField("từ trạng thái", max_length=40, blank=True)
    to_state = models.CharField("sang trạng thái", max_length=40, blank=True)
    note = models.TextField("ghi chú", blank=True)
    changes = models.JSONField("thay đổi", default=list, encoder=DjangoJSONEncoder, blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("-at", "-pk")
        indexes = (
            models.Index(fields=("subject_type", "subject_id", "at")),
            models.Index(fields=("at", "id")),
        )

    def __str__(self) -> str:
        return f"{self.label} – {self.subject_name}"


class ActivityEntry(LogLine):
    """One line of the log book. Rows are only ever added; an old one moves to the archive."""

    class Meta(LogLine.Meta):
        verbose_name = "dòng nhật ký"
        verbose_name_plural = "nhật ký"


class ArchivedEntry(LogLine):
    """An old line as it was, number included, out of the way of daily work."""

    class Meta(LogLine.Meta):
        verbose_name = "dòng nhật ký lưu trữ"
        verbose_name_plural = "nhật ký lưu trữ"


class LogLink(models.Model):
    """The place of one line in the chain: its hash holds the line and the hash before it."""

    position = models.PositiveBigIntegerField("vị trí", primary_key=True)
    entry = models.PositiveBigIntegerField("số của dòng", db_index=True)
    digest = models.CharField("mã nối", max_length=64)

    class Meta:
        verbose_name = "mắt xích nhật ký"
        verbose_name_plural = "mắt xích nhật ký"

    def __str__(self) -> str:
        return f"{self.position}:{self.digest}"


class LogWords(models.Model):
    """What a line is found by, folded once: derived, outside the chain, made when it is chained."""

    entry = models.PositiveBigIntegerField("số của dòng", primary_key=True)
    actor_name = models.TextField("tên người thực hiện")
    label = models.TextField("tên việc")
    subject_name = models.TextField("tên đối tượng")

    class Meta:
        verbose_name = "từ tìm nhật ký"
        verbose_name_plural = "từ tìm nhật ký"

    def __str__(self) -> str:
        return f"{self.entry}: {self.label}"


class LogSeal(models.Model):
    """One run of the job that chains new lines: where the chain ended then."""

    started_at = models.DateTimeField("bắt đầu lúc")
    first = models.PositiveBigIntegerField("vị trí đầu")
    last = models.PositiveBigIntegerField("vị trí cuối")
    head = models.CharField("đầu chuỗi", max_length=64)

    class Meta:
        verbose_name = "lượt nối nhật ký"
        verbose_name_plural = "lượt nối nhật ký"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.last}:{self.head}"


def lines_about(
    obj: models.Model,
    without: Collection[str] = (),
    most: int | None = None,
    beside: models.QuerySet | None = None,
) -> models.QuerySet:
    """The whole log book of one object, archived lines too, newest first, in one query.

    Lines of the actions in `without` are left out. Where live lines are wanted `beside`, `most` of
    either book are read: a union cuts only its end.
    """
    live, old = (
        model.objects.about(obj).exclude(action__in=without)
        for model in (ActivityEntry, ArchivedEntry)
    )
    parts = [live, old]
    if beside is not None:
        # A limit stands in a query of its own: SQLite takes none within a union.
        cut = (live[:most], old[:most], beside)
        parts = [rows.model.objects.filter(pk__in=rows.values("pk")) for rows in cut]
    first, *others = (rows.order_by() for rows in parts)
    return first.union(*others, all=True).order_by("-at", "-id")
