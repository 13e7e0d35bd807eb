from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone

from blocs.states import MemberChangeKind
from blocs.units.models.blocs import Bloc
from blocs.units.models.names import named_reference
from blocs.units.models.units import Unit
from blocs.years.domain.taking_part import (
    COMING,
    KEPT_WORDS,
    LEAVING,
    NEEDS_COUNTERPART,
    SETS,
    WORDS,
    Duty,
    PartChange,
    owes,
)
from blocs.years.models.years import BlocYear, YearMember, YearMemberQuerySet
from thidua.common.fields import author
from thidua.common.vietnamese.dates import short_date

K = MemberChangeKind
# On record, and setting no day of a member.
DIVIDED = "chia tách thành nhiều đơn vị"
MOVES_ONCE = (
    "Chỉ “chuyển sang khối khác” nêu khối, cụm nơi đến: một khối, cụm của tỉnh hoặc ngoài tỉnh."
)
IN_TWO = "thi đua ở hai khối, cụm trong năm"
# How the reason of a change begins that a successor owes to the unit before it.
HEIR = "kế thừa"
WITHOUT_EFFECT = (K.CANCELLED, K.KEPT)


class MemberChangeQuerySet(models.QuerySet):
    def for_words(self):
        """With all that `words` tells of each change, in the order of the numbers.

        A query that groups rows forgets the order that the model states.
        """
        into = Count("unit__successions", filter=Q(unit__successions__on__lte=F("on")))
        told = self.select_related("unit", "counterpart", "to_bloc").annotate(heir_count=into)
        return told.order_by("number", "pk")


class MemberChange(models.Model):
    """A numbered change of the members of a running year; taken back only by a later one."""

    bloc_year = models.ForeignKey(
        BlocYear, models.PROTECT, related_name="member_changes", verbose_name="năm thi đua"
    )
    number = models.PositiveSmallIntegerField("thay đổi số")
    kind = models.CharField("loại thay đổi", max_length=20, choices=MemberChangeKind)
    unit = named_reference(Unit, "đơn vị")
    on = models.DateField("từ ngày")
    counterpart = named_reference(Unit, "đơn vị liên quan", optional=True)
    # Of a unit that moves: into which bloc of the province, or out of it; neither where unknown.
    to_bloc = named_reference(Bloc, "chuyển sang khối, cụm", optional=True)
    is_outside = models.BooleanField("chuyển ra khối, cụm ngoài tỉnh", default=False)
    decision = models.CharField("văn bản, căn cứ", max_length=255)
    reason = models.CharField("lý do", max_length=255, blank=True)
    cancels = models.OneToOneField(
        "self",
        models.PROTECT,
        related_name="cancelled_by",
        null=True,
        blank=True,
        verbose_name="hủy thay đổi",
    )
    # Why a unit that is compared in another bloc of the year joins this one as well.
    second_reason = models.CharField("lý do thi đua ở hai khối, cụm", max_length=255, blank=True)
    recorded_by = author("người ghi")
    recorded_at = models.DateTimeField("ghi lúc", default=timezone.now)

    objects = MemberChangeQuerySet.as_manager()

    # Into how many units the unit went that day, where a list was asked for it.
    heir_count = None

    class Meta:
        verbose_name = "thay đổi thành phần"
        verbose_name_plural = "thay đổi thành phần"
        ordering = ("number", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("bloc_year", "number"),
                name="member_change_number_once",
                violation_error_message="Số thay đổi này đã dùng trong năm.",
            ),
            models.CheckConstraint(
                name="member_change_names_counterpart",
                condition=~Q(kind__in=NEEDS_COUNTERPART) | Q(counterpart__isnull=False),
                violation_error_message=(
                    "Sáp nhập phải nêu đơn vị kế thừa, tách ra phải nêu đơn vị trước khi tách."
                ),
            ),
            models.CheckConstraint(
                name="member_change_moves_to_one_place",
                condition=Q(to_bloc=None, is_outside=False)
                | (Q(kind=K.MOVED) & (Q(to_bloc=None) | Q(is_outside=False))),
                violation_error_message=MOVES_ONCE,
            ),
            models.CheckConstraint(
                name="member_change_cancels_exactly_when_so_called",
                condition=Q(kind=K.CANCELLED, cancels__isnull=False)
                | (~Q(kind=K.CANCELLED) & Q(cancels=None)),
                violation_error_message="Hủy thay đổi phải nêu thay đổi bị hủy.",
            ),
        )

    def __str__(self):
        return f"Thay đổi số {self.number:02d}: {self.unit}"

    def get_absolute_url(self):
        return reverse("changes:member_change_detail", args=(self.pk,))

    @property
    def words(self):
        """«thôi tham gia từ 01/07/2026 (sáp nhập vào Sở C)», as lists and papers print it."""
        why = {
            K.SPLIT: f"tách ra từ {self.counterpart}",
            K.MERGED: DIVIDED if self.is_division else f"sáp nhập vào {self.counterpart}",
            K.MOVED: self.moved_words,
            K.DISSOLVED: "giải thể",
        }.get(self.kind, self.reason)
        begins = KEPT_WORDS if self.kind == K.KEPT else WORDS[SETS[self.kind]]
        said = f"{begins} {short_date(self.on)}"
        both = f"{IN_TWO}: {self.second_reason}" if self.second_reason else ""
        why = "; ".join(filter(None, (why, both)))
        return f"{said} ({why})" if why else said

    @property
    def moved_words(self):
        """«chuyển sang Khối Thi đua số 3»: where a unit that moves goes, as far as it is known."""
        if self.to_bloc:
            return f"chuyển sang {self.to_bloc}"
        where = "ngoài tỉnh" if self.is_outside else "khác"
        return f"chuyển sang {self.bloc_year.bloc.word} {where}"

    @property
    def is_division(self):
        """Whether the unit went into several, each of which has a change of its own.

        That was on the day of the change, or before the year that leaves it on its first day.
        """
        if self.kind != K.MERGED:
            return False
        if self.heir_count is None:
            self.heir_count = self.unit.successions.filter(on__lte=self.on).count()
        return self.heir_count > 1

    @property
    def heirs(self) -> list[Unit]:
        """Into whom a merged unit went, named as in the year; the one of the change comes first."""
        if self.kind != K.MERGED:
            return []
        rows = self.unit.successions.filter(on__lte=self.on).exclude(successor=self.counterpart_id)
        others = [row.successor for row in rows.select_related("successor").order_by("pk")]
        return [self.counterpart, *(unit.named(self.bloc_year.named_on) for unit in others)]

    @property
    def value(self):
        """The change as the rule reads it; its `cancels` must be loaded."""
        cancelled = self.cancels.number if self.cancels else None
        return PartChange(self.number, self.kind, self.on, cancelled)


class MemberChangeReading(models.Model):
    """A person has taken note of a merger; until then the home page tells of it."""

    change = models.ForeignKey(
        MemberChange, models.CASCADE, related_name="readings", verbose_name="thay đổi"
    )
    user = author("người xem")
    read_at = models.DateTimeField("xem lúc", auto_now_add=True)

    class Meta:
        verbose_name = "lượt xem thay đổi thành phần"
        verbose_name_plural = "lượt xem thay đổi thành phần"
        constraints = (
            models.UniqueConstraint(
                fields=("change", "user"),
                name="member_change_read_once",
                violation_error_message="Lượt xem này đã được ghi.",
            ),
        )

    def __str__(self):
        return f"{self.user}: {self.change}"


def counterpart_refusal(kind: str, counterpart: Unit | None, on: date) -> str:
    """Why this unit is neither successor nor origin from that day: it had ended before.

    A successor stands on the day; what a unit was split from stood until the day before.
    """
    if kind not in NEEDS_COUNTERPART or counterpart is None:
        return ""
    asked = on - timedelta(days=1) if kind == K.SPLIT else on
    ended = next(counterpart_ends(counterpart, asked), None)
    if ended is None:
        return ""
    return f"{counterpart} đã thôi hoạt động {ended}; vui lòng chọn đơn vị đang hoạt động ngày đó."


def counterpart_ends(unit: Unit, on: date) -> Iterator[str]:
    """Since when and by which record the unit is no more on that day: catalogue, then years."""
    if not unit.stands_on(on):
        yield f"từ {short_date(unit.dissolved_on)}"
    ends = MemberChange.objects.filter(
        unit=unit, kind__in=(K.DISSOLVED, K.MERGED), on__lte=on, cancelled_by=None
    )
    for change in ends.select_related("bloc_year__bloc").order_by("on", "pk")[:1]:
        yield f"từ {short_date(change.on)} (thay đổi số {change.number:02d} của {change.bloc_year})"


def members_owing(bloc_year: BlocYear, duty: Duty, day: date | None = None) -> YearMemberQuerySet:
    """Members of the year that owe the duty on `day`, in the order of the bloc.

    Without a day it is the one the year is judged by: of its conference once opened, else today.
    """
    # The clock is read here because most who ask mean «now» and must not each say so.
    asked = day or bloc_year.judged_on or timezone.localdate()
    rows: YearMemberQuerySet = bloc_year.members.owing(duty, asked)
    return rows.select_related("unit").order_by("order", "pk")


def duty_refusals(
    bloc_year: BlocYear, unit: Unit, duty: Duty, day: date | None = None
) -> list[str]:
    """Why the unit does not owe, and may not do, this in the year: no member, or not on that day.

    Without a day it is today.
    """
    member = member_of(bloc_year, unit)
    if member is None:
        return ["Đơn vị không phải thành viên của năm thi đua này."]
    if owes(member.part, duty, day or timezone.localdate(), last=bloc_year.ends_on):
        return []
    return [f"{unit} {member.part_words} nên không làm bước này; hồ sơ đã có vẫn xem được."]


def changes_in_force(bloc_year: BlocYear) -> list[MemberChange]:
    """What changed the members of the year and nobody took back, in its order."""
    if not bloc_year.is_changed:
        return []
    rows = bloc_year.member_changes.filter(cancelled_by=None).exclude(kind__in=WITHOUT_EFFECT)
    return list(rows.for_words())


def change_sentences(bloc_year: BlocYear, day: date | None = None) -> tuple[str, ...]:
    """«Sở F thôi tham gia từ 01/07/2026 (…)» for papers: all changes, or those until a day.

    A return stands in the sentence of the leaving: «thôi tham gia từ …, tham gia lại từ …».
    """
    return sentences_of(changes_in_force(bloc_year), day)


def sentences_of(rows: Iterable[MemberChange], day: date | None = None) -> tuple[str, ...]:
    """The same of changes that were read already."""
    told: list[str] = []
    last: dict[int, int] = {}
    for row in (row for row in rows if day is None or row.on <= day):
        if row.kind == K.RETURNED and row.unit_id in last:
            told[last[row.unit_id]] += f", {row.words}"
            continue
        last[row.unit_id] = len(told)
        told.append(f"{row.unit} {row.words}")
    return tuple(told)


def member_of(bloc_year: BlocYear, unit: Unit) -> YearMember | None:
    """The row of the unit in this year, whether or not it still takes part."""
    if unit.pk in bloc_year.known_members:
        return bloc_year.known_members[unit.pk]
    found: YearMember | None = bloc_year.members.filter(unit=unit).first()
    return found


def cancel_refusals(change: MemberChange) -> list[str]:
    """Why a change cannot be taken back: it was already, or later ones of the unit rest on it.

    On a joining, or a return, rests all that was recorded later; on a leaving the return from it.
    """
    rows = MemberChange.objects.filter(bloc_year=change.bloc_year_id, unit=change.unit_id)
    if change.kind == K.CANCELLED or rows.filter(cancels=change).exists():
        return ["Thay đổi này đã được hủy hoặc là dòng hủy; không hủy lần nữa."]
    later = rows.filter(number__gt=change.number, cancelled_by=None)
    later = later.exclude(kind__in=WITHOUT_EFFECT)
    if change.kind in LEAVING:
        later = later.filter(kind=K.RETURNED)
    if change.kind in (*COMING, *LEAVING) and later.exists():
        return ["Hãy hủy các thay đổi ghi sau của đơn vị này trước."]
    return []
