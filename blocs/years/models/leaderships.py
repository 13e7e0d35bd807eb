"""Who led the bloc in its year and from when: the numbered changes of head and deputies."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from blocs.units.models.names import named_reference
from blocs.units.models.seats import Seat
from blocs.units.models.units import Unit
from blocs.years.domain.leading import LeaderChange, Leaders, leaders_on, post_words
from blocs.years.domain.rule_words import leader_words
from blocs.years.models.years import BlocYear
from thidua.common.fields import author
from thidua.common.log_book.openings import OPENINGS
from thidua.common.models import ActivityEntry
from thidua.common.registry import Registry
from thidua.common.vietnamese.dates import moment_words, short_date
from thidua.common.vietnamese.numbers import two_digits

NOT_LAST = "Chỉ hủy được thay đổi ghi sau cùng của năm; hãy hủy các thay đổi ghi sau trước."
RESTS = (
    "Từ khi ghi thay đổi này đã có việc làm theo: {acts}. Những việc đó giữ nguyên nên không hủy; "
    "hãy ghi một thay đổi mới."
)
SHOWN = 3
STAYING = "Việc của năm do {units} làm từ {on} đến nay vẫn giữ: {acts}."
PASSING = "Việc đang mở của {post} chuyển từ {before} sang {after}."


# Sentences about what higher apps make of who leads the year: those that a change would add are
# listed before it is recorded.
LEADER_FACTS: Registry[Callable[[BlocYear], list[str]]] = Registry()


class LeadershipQuerySet(models.QuerySet):
    def standing(self):
        """Without the changes that were taken back."""
        return self.filter(cancelled_at=None)


class Leadership(models.Model):
    """Head and deputies from a day on; the row with number 0 tells how the year began.

    One that was recorded by mistake is taken back with a reason and stays on record.
    """

    bloc_year = models.ForeignKey(
        BlocYear, models.PROTECT, related_name="leaderships", verbose_name="năm thi đua"
    )
    number = models.PositiveSmallIntegerField("thay đổi số")
    on = models.DateField("từ ngày")
    head = named_reference(Unit, "khối trưởng", optional=True)
    head_is_acting = models.BooleanField("phụ trách", default=False)
    deputy = named_reference(Unit, "khối phó", optional=True)
    second_deputy = named_reference(Unit, "khối phó thứ hai", optional=True)
    decision = models.CharField("văn bản, căn cứ", max_length=255)
    reason = models.CharField("lý do", max_length=255, blank=True)
    recorded_by = author("người ghi")
    recorded_at = models.DateTimeField("ghi lúc", default=timezone.now)
    cancelled_at = models.DateTimeField("hủy lúc", null=True, blank=True)
    cancel_reason = models.CharField("lý do hủy", max_length=255, blank=True)

    objects = LeadershipQuerySet.as_manager()

    class Meta:
        verbose_name = "khối trưởng, khối phó từ ngày"
        verbose_name_plural = "khối trưởng, khối phó từ ngày"
        ordering = ("number", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("bloc_year", "number"),
                name="leadership_number_once",
                violation_error_message="Số thay đổi này đã dùng trong năm.",
            ),
            models.CheckConstraint(
                name="leadership_cancelled_has_reason",
                condition=Q(cancelled_at=None) | ~Q(cancel_reason=""),
                violation_error_message="Hủy thay đổi khối trưởng, khối phó phải nêu lý do.",
            ),
            models.CheckConstraint(
                name="leadership_acting_names_unit",
                condition=Q(head_is_acting=False) | Q(head__isnull=False),
                violation_error_message="Phụ trách thì phải nêu đơn vị.",
            ),
        )

    def __str__(self):
        return f"Thay đổi số {self.number:02d}: {self.head_words}"

    def get_absolute_url(self):
        return reverse("changes:leader_list", args=(self.bloc_year_id,))

    @property
    def head_words(self):
        return post_words(str(self.head or ""), is_acting=self.head_is_acting)

    @property
    def deputy_words(self):
        return (
            "; ".join(str(unit) for unit in (self.deputy, self.second_deputy) if unit) or "khuyết"
        )

    @property
    def value(self):
        """The row as the rule reads it."""
        leaders = Leaders(self.head_id, self.head_is_acting, self.deputy_id, self.second_deputy_id)
        return LeaderChange(self.number, self.on, leaders)


@dataclass(frozen=True)
class YearLeaders:
    """The units that led on a day, and whether the head only stood in."""

    head: Unit | None
    is_acting: bool
    deputy: Unit | None
    second_deputy: Unit | None


def led_until(bloc_year: BlocYear, unit: Unit) -> date | None:
    """The day on which another took the last post of the unit; None where it held none before."""
    rows = sorted(bloc_year.leaderships.standing(), key=lambda row: (row.on, row.number))
    ends = [
        after.on
        for row, after in pairwise(rows)
        if unit.pk in (row.head_id, row.deputy_id, row.second_deputy_id) and row.on < after.on
    ]
    return max(ends, default=None)


def post_of(bloc_year: BlocYear, unit: Unit) -> str | None:
    """Which post the unit holds now: «head», «deputy», «second_deputy»; None where none."""
    names = leader_words(bloc_year.bloc.word)
    return next((name for name in names if getattr(bloc_year, f"{name}_id") == unit.pk), None)


def year_leaders(bloc_year: BlocYear, day: date | None = None) -> YearLeaders:
    """Who led the year on `day`; without one, who leads it now. One query where a day is asked."""
    now = YearLeaders(
        bloc_year.head, bloc_year.head_is_acting, bloc_year.deputy, bloc_year.second_deputy
    )
    if day is None:
        return now
    held = bloc_year.leaderships.standing()
    rows = list(held.select_related("head", "deputy", "second_deputy"))
    found = leaders_on([row.value for row in rows], day)
    for row in rows:
        if row.value.leaders == found:
            return YearLeaders(row.head, row.head_is_acting, row.deputy, row.second_deputy)
    return now


def before_change(change: Leadership) -> Leadership | None:
    """The row that would hold again; None for the one that tells how the year began."""
    rows = change.bloc_year.leaderships.standing().filter(number__lt=change.number)
    return rows.order_by("-number").first()


def cancel_refusals(change: Leadership) -> list[str]:
    """Why this change cannot be taken back; empty where nothing rests on it."""
    rows = change.bloc_year.leaderships.standing().order_by("-number")
    if not change.number or rows.first() != change:
        return [NOT_LAST]
    acts = [f"“{act.label}” lúc {moment_words(act.at)}" for act in acts_since(change)[:SHOWN]]
    return [RESTS.format(acts="; ".join(acts))] if acts else []


def acts_since(change: Leadership) -> QuerySet[ActivityEntry]:
    """Lines of the log book since by people of these units, about what is not their own."""
    units = seated_by(change)
    people = Seat.objects.filter(unit__in=units).values("user")
    entries = ActivityEntry.objects.filter(at__gt=change.recorded_at, actor__in=people)
    entries = entries.exclude(action__in=OPENINGS)
    return entries.filter(about_the_year(change.bloc_year, units)).order_by("at", "pk")


def leader_facts(bloc_year: BlocYear) -> list[str]:
    """All that follows from who leads the year now."""
    return [sentence for tell in LEADER_FACTS for sentence in tell(bloc_year)]


def posts_passing(bloc_year: BlocYear, posts: Mapping[str, Unit | None]) -> list[str]:
    """Which posts another unit has once these hold them, and with each what is open for it."""
    names = leader_words(bloc_year.bloc.word)
    held = {
        name: getattr(bloc_year, name) for name in names if posts[name] != getattr(bloc_year, name)
    }
    return [
        PASSING.format(
            post=names[name].lower(), before=unit or "khuyết", after=posts[name] or "khuyết"
        )
        for name, unit in held.items()
    ]


def acts_staying(bloc_year: BlocYear, posts: Mapping[str, Unit | None], on: date) -> list[str]:
    """What the units that lose a post from that day have done since then for the year: it stays."""
    names = leader_words(bloc_year.bloc.word)
    before = {unit for name in names if (unit := getattr(bloc_year, name))}
    gone = before - set(posts.values())
    own = {unit.pk for unit in gone}
    begin = timezone.make_aware(datetime.combine(on, time()))
    people = Seat.objects.filter(unit__in=own).values("user")
    entries = ActivityEntry.objects.filter(at__gte=begin, actor__in=people)
    entries = entries.exclude(action__in=OPENINGS).filter(about_the_year(bloc_year, own))
    acts = [f"“{act.label}” lúc {moment_words(act.at)}" for act in entries.order_by("-at", "-pk")]
    if not acts:
        return []
    more = f" và {two_digits(len(acts) - SHOWN)} việc trước đó" if len(acts) > SHOWN else ""
    said = {"units": ", ".join(sorted(map(str, gone))), "on": short_date(on)}
    return [STAYING.format(acts="; ".join(acts[:SHOWN]) + more, **said)]


def seated_by(change: Leadership) -> set[int]:
    """The units that hold a post by this change and did not hold it before."""
    before, names = before_change(change), leader_words(change.bloc_year.bloc.word)
    posts = {name: getattr(change, f"{name}_id") for name in names}
    held = {name: getattr(before, f"{name}_id", None) for name in names}
    return {unit for name, unit in posts.items() if unit and unit != held[name]}


def about_the_year(bloc_year: BlocYear, own: set[int]) -> Q:
    """The year and all that hangs on it, but for what these units have of their own in it."""
    kind = ContentType.objects.get_for_model(BlocYear)
    found = Q(subject_type=kind, subject_id=bloc_year.pk)
    for relation in BlocYear._meta.related_objects:
        model = relation.related_model
        rows = model._base_manager.filter(**{relation.field.name: bloc_year})
        if any(field.name == "unit" for field in model._meta.fields):
            rows = rows.exclude(unit__in=own)
        kind = ContentType.objects.get_for_model(model)
        found |= Q(subject_type=kind, subject_id__in=rows.values("pk"))
    return found
