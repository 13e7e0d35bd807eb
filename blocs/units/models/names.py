"""Names hold from day to day: an object as it was called then, and rows that name it so.

Former names travel in the row of the object itself (docs/decisions/0030-names-of-their-day.md), so
reading the name of a day costs no query.
"""

import copy
from datetime import date
from typing import ClassVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models.fields.related_descriptors import ForwardManyToOneDescriptor

from blocs.units.domain.former_names import FormerName, former_names, names_on
from thidua.common.vietnamese.dates import short_date
from thidua.common.vietnamese.text import filled_lines, has_words, tone_key


class Named(models.Model):
    """Something whose names are dated; `NAMES` are the fields that a renaming changes."""

    NAMES: ClassVar[tuple[str, ...]] = ()

    former_names = models.JSONField("tên trước đây", default=list, blank=True, editable=False)
    # What else people search for it by, a name a line: JSON cannot be searched without accents.
    known_as = models.TextField("còn được gọi là", default="", blank=True, editable=False)
    # Of a copy that bears the names of a former day: the object with the names of now.
    of_now = None

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if self.of_now is not None:
            raise ValueError("A copy with the names of a former day is for reading only.")
        self.known_as = "\n".join(self.other_names)
        super().save(*args, **kwargs)

    def named(self, day):
        """This object as it was called on `day`: itself, or a copy for reading."""
        now = self.of_now or self
        # Lean reads leave the column out; what they load is of now.
        names = names_on(now.__dict__.get("former_names") or (), day)
        if names is None:
            return now
        then = copy.copy(now)
        then.of_now = now
        for name, text in names.items():
            setattr(then, name, text)
        return then

    @property
    def differs_by_day(self) -> bool:
        """Whether it was ever called otherwise; asked first, for the day may cost a query."""
        return bool(self.__dict__.get("former_names"))

    @property
    def now_words(self):
        """«nay là Sở B» of a copy of then whose name is another today; else nothing."""
        if self.of_now is None or self.of_now.name == self.name:
            return ""
        return f"nay là {self.of_now.name}"

    @property
    def other_names(self) -> tuple[str, ...]:
        """What it is called beside its names of now: the former names, the newest first."""
        searched = ("name", "short_name")
        found = (one.names.get(field) for one in reversed(self.former) for field in searched)
        return tuple(dict.fromkeys(name for name in found if name))

    def bore(self, name: str) -> bool:
        """Whether it is called so now or was before, however tones are written («ủy», «uỷ»)."""
        return tone_key(name) in map(tone_key, (self.name, *self.other_names))

    def found_as(self, query: str) -> str:
        """The name; where only another name holds the words searched for, that one with it."""
        fields = ("name", "short_name", "code")
        shown = " ".join(str(getattr(self, field, "")) for field in fields)
        lines = [line for line in filled_lines(self.known_as) if has_words(line, query)]
        if not lines or has_words(shown, query):
            return str(self)
        return f"{self} (còn gọi: {lines[0]})"

    @property
    def former(self) -> tuple[FormerName, ...]:
        """The former names, the oldest first."""
        return former_names(self.former_names)


class NamedOfItsDay(ForwardManyToOneDescriptor):
    """Gives the object with the names that the row's day had."""

    def __get__(self, instance, cls=None):
        found = super().__get__(instance, cls)
        if instance is None or found is None:
            return found
        now = found.of_now or found
        if not now.differs_by_day:
            return found
        day = self.field.day_of(instance)
        if day is None:
            return now
        found = now.named(day)
        self.field.set_cached_value(instance, found)
        return found


class NamedReference(models.ForeignKey):
    """A key to a unit or bloc that is called here as on the day of the row.

    The day is `named_on` of the row itself, or of what stands at `day_by` of the row.
    """

    forward_related_accessor_class = NamedOfItsDay

    def __init__(self, *args, day_by: str = "bloc_year", **kwargs):
        super().__init__(*args, **kwargs)
        self.day_by = day_by

    def deconstruct(self):
        # To the database it is a foreign key like others.
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.ForeignKey", args, kwargs

    def day_of(self, instance) -> date | None:
        """The day whose names hold in this row; None where it belongs to no year yet."""
        try:
            for part in filter(None, self.day_by.split(".")):
                instance = getattr(instance, part)
        except ObjectDoesNotExist:
            return None
        return instance.named_on if instance is not None else None


def named_reference(to, verbose_name, *, day_by="bloc_year", optional=False, related_name="+"):
    """`reference` to something whose name there is that of the day of the row."""
    return NamedReference(
        to,
        models.PROTECT,
        related_name=related_name,
        verbose_name=verbose_name,
        null=optional,
        blank=optional,
        day_by=day_by,
    )


def period_words(begin: date | None, last: date | None) -> str:
    """«từ 01/07/2026», «đến 30/06/2026», «từ … đến …»: how long a name held or holds."""
    from_words = f"từ {short_date(begin)}" if begin else ""
    to_words = f"đến {short_date(last)}" if last else "đến nay"
    return f"{from_words} {to_words}".strip()
