from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from blocs.scoring.ranking.part_year import TakenPart, absences_of
from blocs.states import GUARDED_ROLES, LIMITED_ROLES, UNIT_ROLES, SeatRole
from blocs.units.domain.reach import Reach, reach_of
from blocs.units.models.blocs import Bloc
from blocs.units.models.units import SEARCHED, Unit
from thidua.common.vietnamese.lookups import closest, closest_first, matching
from thidua.common.written_once import ASKED, WrittenQuery

NOT_LIMITED = "Chỉ vị trí cơ quan thường trực và kiểm toán, thanh tra giới hạn được theo khối, cụm."
AUDITOR_ACTS = "Kiểm toán, thanh tra chỉ xem, không sửa."
UNSEEN = "Khối, cụm được sửa phải nằm trong các khối, cụm được xem."


def limits_of(seats) -> dict[int, str]:
    """Of each limited seat, by its number, the blocs in words; one query for all of them."""
    named = [seat for seat in seats if seat.sees_only or seat.edits_only]
    numbers = {pk for seat in named for pk in (*seat.sees_only, *seat.edits_only)}
    names = dict(Bloc.objects.filter(pk__in=numbers).values_list("pk", "name")) if numbers else {}
    return {seat.pk: limit_words(seat, names) for seat in named}


def limit_words(seat, names: dict[int, str]) -> str:
    """«chỉ xem: …; chỉ sửa: …» of one seat."""
    told = (("chỉ xem", seat.sees_only), ("chỉ sửa", seat.edits_only))
    said = [(word, [names.get(pk, str(pk)) for pk in only]) for word, only in told if only]
    return "; ".join(f"{word}: {', '.join(blocs)}" for word, blocs in said)


def people_called(people: models.QuerySet, query: str) -> models.QuerySet:
    """People whose name, account or unit, now or before, has all the words; the closest first."""
    by_seat = people.filter(matching(query, *(f"seats__unit__{field}" for field in SEARCHED)))
    own = matching(query, "full_name", "username")
    found = people.filter(own | Q(pk__in=by_seat.order_by().values("pk")))
    return closest_first(found, closest(query, "full_name", "username"))


class SeatQuerySet(models.QuerySet):
    def on(self, day):
        """Seats taken on `day`; one that is held for another is over with that one, too."""
        ended = Seat.objects.filter(pk=models.OuterRef("stands_in_for"), ends_on__lt=day)
        return self.filter(~models.Exists(ended), starts_on__lte=day).not_over(day)

    def not_over(self, day):
        """Seats that go on on `day` or begin later."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day))

    def guarded(self, day):
        """Seats, now or to come, that need a second person, as their holder's password does."""
        return self.filter(role__in=GUARDED_ROLES).not_over(day)


class Seat(models.Model):
    """A person's place: which role, in which unit, from when to when."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="seats", verbose_name="người dùng"
    )
    role = models.CharField("vai trò", max_length=20, choices=SeatRole)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="seats", null=True, blank=True, verbose_name="đơn vị"
    )
    title = models.CharField("chức vụ", max_length=150, blank=True)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày", null=True, blank=True)
    # Numbers of blocs; an empty list says no limit. What is not said of acting is as of seeing.
    sees_only = models.JSONField("chỉ xem các khối, cụm", default=list, blank=True)
    edits_only = models.JSONField("chỉ sửa các khối, cụm", default=list, blank=True)
    # Empty for seats of before this was kept; later than `starts_on`: the seat is back-dated.
    given_on = models.DateField("ngày giao", null=True, blank=True, editable=False)

    # The seat of somebody who is away, which is held for these days.
    stands_in_for = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="stand_ins",
        null=True,
        blank=True,
        editable=False,
        verbose_name="thay cho vị trí",
    )

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = "vị trí"
        verbose_name_plural = "vị trí"
        constraints = (
            models.CheckConstraint(
                name="seat_in_a_unit_names_it",
                condition=Q(role__in=UNIT_ROLES, unit__isnull=False)
                | (~Q(role__in=UNIT_ROLES) & Q(unit__isnull=True)),
                violation_error_message=(
                    "Cán bộ đầu mối và lãnh đạo đơn vị phải chọn đơn vị; vai trò khác thì không."
                ),
            ),
            models.CheckConstraint(
                name="seat_ends_after_it_began",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="Ngày kết thúc phải sau ngày bắt đầu.",
            ),
            models.CheckConstraint(
                name="seat_held_for_another_ends",
                condition=Q(stands_in_for=None) | Q(ends_on__isnull=False),
                violation_error_message="Thay người vắng mặt thì phải ghi ngày cuối cùng.",
            ),
            models.CheckConstraint(
                name="seat_of_an_auditor_ends",
                condition=~Q(role=SeatRole.AUDITOR) | Q(ends_on__isnull=False),
                violation_error_message="Vị trí kiểm toán, thanh tra phải ghi ngày cuối cùng.",
            ),
        )

    def __str__(self):
        role = self.get_role_display()
        place = f"{self.unit} – {role}" if self.unit else role
        return f"{place} (thay người vắng mặt)" if self.stands_in_for_id else place

    def clean(self):
        """Limits are for seats that reach blocs; nobody acts where he does not see."""
        if (self.sees_only or self.edits_only) and self.role not in LIMITED_ROLES:
            raise ValidationError(NOT_LIMITED)
        if self.edits_only and self.role == SeatRole.AUDITOR:
            raise ValidationError({"edits_only": AUDITOR_ACTS})
        if self.sees_only and not {*self.edits_only} <= {*self.sees_only}:
            raise ValidationError({"edits_only": UNSEEN})

    @property
    def is_back_dated(self):
        """Whether the seat was written down to begin before the day it was given."""
        return self.given_on is not None and self.starts_on < self.given_on


def leader_on(unit: Unit, day: date | None = None) -> str:
    """Who leads the unit on `day`, without one today, by the dated seats; one query.

    A unit for which nobody ever had such a seat is led by who is named in the catalogue.
    """
    return leader_names((unit,), day)[unit.pk]


def leader_names(units: Iterable[Unit], day: date | None = None) -> dict[int, str]:
    """The same for several units, by their keys; one query."""
    # The clock is read here because most who ask mean «now».
    asked, by_pk = day or timezone.localdate(), {unit.pk: unit for unit in units}
    rows = led_seats().filter(unit__in=by_pk).select_related("user")
    seats: dict[int, list[Seat]] = {}
    for row in rows.order_by("-starts_on", "-pk"):
        seats.setdefault(row.unit_id, []).append(row)
    return {
        pk: held_by(seats[pk], asked) if pk in seats else unit.leader_name
        for pk, unit in by_pk.items()
    }


def led_seats() -> models.QuerySet:
    """Seats of the leaders of units themselves: whoever stands in for one leads no unit."""
    return Seat.objects.filter(role=SeatRole.LEADER, stands_in_for=None)


def signer_on(unit: Unit, day: date | None = None) -> tuple[str, str]:
    """Who signs for the unit on `day`, without one today, and the post of who does so «KT.».

    The post is empty where the leader signs himself; one query, as `leader_on`.
    """
    # The clock is read here because most who ask mean «now».
    asked, rows = day or timezone.localdate(), Seat.objects.filter(unit=unit.pk)
    leading = rows.filter(role=SeatRole.LEADER).select_related("user", "stands_in_for")
    seats = list(leading.order_by("-starts_on", "-pk"))
    for seat in seats:
        if seat.stands_in_for_id and seat.starts_on <= asked <= seat.ends_on:
            last = seat.stands_in_for.ends_on
            if last is None or asked <= last:
                return str(seat.user), seat.title
    own = [seat for seat in seats if not seat.stands_in_for_id]
    return (held_by(own, asked) if own else unit.leader_name), ""


def held_by(seats: Iterable[Seat], day: date) -> str:
    """Whose seat, of those of one unit, the newest first, holds on `day`; empty: nobody's."""
    begun = (row for row in seats if row.starts_on <= day)
    names = (row.user.full_name for row in begun if row.ends_on is None or day <= row.ends_on)
    return next(names, "")


def has_led(unit: Unit) -> bool:
    """Whether anybody has, had or will have the seat of the unit's leader."""
    return led_seats().filter(unit=unit.pk).exists()


def leader_of_outer(path: str, day: date) -> models.Expression:
    """`leader_on` for the unit at `path` of an outer query, as a column of it."""
    ever = led_seats().filter(unit=models.OuterRef(path))
    held = ever.on(day).order_by("-starts_on", "-pk").values("user__full_name")[:1]
    named = models.Case(
        models.When(models.Exists(ever), then=models.Value("")),
        default=F(f"{path}__leader_name"),
        output_field=models.CharField(),
    )
    return Coalesce(models.Subquery(held), named, output_field=models.CharField())


@dataclass(frozen=True)
class Post:
    """One year of one of the person's units: which bloc, and what the unit is there.

    `bloc` is its name of now; `former_names` are the rows of those before.
    """

    unit_id: int
    bloc_year_id: int
    year: int
    bloc: str
    kind: str
    is_head: bool
    is_deputy: bool
    is_school_year: bool = False
    former_names: tuple[dict, ...] = ()
    has_left: bool = False


@dataclass(frozen=True)
class Standing:
    """What a person's seats of today amount to; read once per request."""

    seats: tuple[Seat, ...] = ()
    posts: tuple[Post, ...] = ()

    @cached_property
    def edits(self):
        return frozenset(seat.unit_id for seat in self.seats if seat.role == SeatRole.EDITOR)

    @cached_property
    def leads(self):
        return frozenset(seat.unit_id for seat in self.seats if seat.role == SeatRole.LEADER)

    @cached_property
    def offices(self):
        return frozenset(seat.role for seat in self.seats if seat.unit_id is None)

    @cached_property
    def oversees(self) -> Reach:
        """What office and auditors may see; the one answer of rights, lists, counts and tasks."""
        return reach_of(seat.sees_only for seat in self.seats if seat.role in LIMITED_ROLES)

    @cached_property
    def runs(self) -> Reach:
        """What the office may act for."""
        offices = (seat for seat in self.seats if seat.role == SeatRole.OFFICE)
        return reach_of(seat.edits_only or seat.sees_only for seat in offices)

    @cached_property
    def sees_all(self):
        """Whether the person sees the work of every bloc, as council and Chairman do."""
        return self.oversees.everywhere or self.has(SeatRole.COUNCIL, SeatRole.CHAIR)

    @cached_property
    def units(self):
        """Units the person works for, as editor or leader."""
        return self.edits | self.leads

    @cached_property
    def edits_for_a_bloc(self):
        """Whether the person edits for a unit that is head or deputy of a bloc, in any year."""
        return any(
            post.unit_id in self.edits for post in self.posts if post.is_head or post.is_deputy
        )

    @cached_property
    def led_years(self):
        """Bloc years of which one of these units is head or deputy; those are members, too."""
        led = (post for post in self.posts if post.is_head or post.is_deputy)
        return frozenset(post.bloc_year_id for post in led)

    @cached_property
    def years(self):
        """Bloc years in which one of these units takes part."""
        return frozenset(post.bloc_year_id for post in self.posts)

    @cached_property
    def acting_years(self):
        """Bloc years in which one of these units still takes part today; of others one reads."""
        return frozenset(post.bloc_year_id for post in self.posts if not post.has_left)

    @cached_property
    def left(self):
        """Pairs (unit, bloc year) of units that take part no more."""
        return frozenset((post.unit_id, post.bloc_year_id) for post in self.posts if post.has_left)

    def has(self, *roles):
        """Whether the person holds one of these province-wide seats."""
        return any(role in self.offices for role in roles)


NOBODY = Standing()


def within(reach: Reach, path: str) -> Q:
    """Rows whose bloc, at `path`, the reach covers; the rule of `Reach.covers` as SQL."""
    return ~Q(pk__in=()) if reach.everywhere else Q(**{f"{path}__in": reach.blocs})


def standing_of(user) -> Standing:
    """The standing of `user` today: one query the first time, none afterwards."""
    if not user.is_authenticated or not user.is_active:
        return NOBODY
    if user.standing is None:
        user.standing = read_standing(user)
    return user.standing


# What is read of each year of the unit of a seat, under the name of its column.
YEAR = "unit__years__bloc_year"
POST_COLUMNS = {
    "year_id": YEAR,
    "year": f"{YEAR}__year",
    "is_school_year": f"{YEAR}__is_school_year",
    "bloc": f"{YEAR}__bloc__name",
    "former_names": f"{YEAR}__bloc__former_names",
    "kind": f"{YEAR}__bloc__kind",
    "head": f"{YEAR}__head",
    "deputy": f"{YEAR}__deputy",
    "second_deputy": f"{YEAR}__second_deputy",
    "left_on": "unit__years__left_on",
    "away": "unit__years__away",
}


def columns_of(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


@lru_cache(maxsize=4)
def standing_query(using: str, today: date) -> WrittenQuery:
    """Seats of a person on that day: a row for each year of the unit of a seat."""
    seats = Seat.objects.using(using).on(today).filter(user=ASKED)
    units = (f"unit__{column}" for column in columns_of(Unit))
    rows = seats.order_by("pk", "unit__years__pk")
    return WrittenQuery(rows.values_list(*columns_of(Seat), *units, *POST_COLUMNS.values()))


def read_standing(user) -> Standing:
    """Seats of today and all years of their units, by one query."""
    # The clock is read here because a seat holds from day to day and a right is asked without one.
    using, today = Seat.objects.db, timezone.localdate()
    own, of_unit = columns_of(Seat), columns_of(Unit)
    start = len(own) + len(of_unit)
    seats: dict[int, Seat] = {}
    posts: dict[tuple[int, int], Post] = {}
    for row in standing_query(using, today).about(user.pk):
        if (seat := seats.get(row[0])) is None:
            seat = seats[row[0]] = Seat.from_db(using, own, row[: len(own)])
            if seat.unit_id:
                seat.unit = Unit.from_db(using, of_unit, row[len(own) : start])
        told = dict(zip(POST_COLUMNS, row[start:], strict=True))
        if told["year_id"] and (seat.unit_id, told["year_id"]) not in posts:
            posts[seat.unit_id, told["year_id"]] = post_of(seat.unit_id, told, today)
    return Standing(tuple(seats.values()), tuple(posts.values()))


def post_of(unit: int, told: dict, today: date) -> Post:
    """One year of the unit of a seat, with its role in it, and whether it left it by today."""
    return Post(
        unit_id=unit,
        bloc_year_id=told["year_id"],
        year=told["year"],
        bloc=told["bloc"],
        former_names=tuple(told["former_names"]),
        kind=told["kind"],
        is_head=unit == told["head"],
        is_deputy=unit in (told["deputy"], told["second_deputy"]),
        is_school_year=told["is_school_year"],
        has_left=TakenPart(None, told["left_on"], absences_of(told["away"])).has_left(today),
    )
