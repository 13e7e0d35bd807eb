from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from blocs.enums import UNIT_ROLES, SeatRole
from blocs.models.units import Unit


class SeatQuerySet(models.QuerySet):
    def on(self, day):
        """Seats that are taken on `day`."""
        return self.filter(starts_on__lte=day).filter(Q(ends_on=None) | Q(ends_on__gte=day))


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
        )

    def __str__(self):
        return f"{self.unit} – {self.get_role_display()}" if self.unit else self.get_role_display()


@dataclass(frozen=True)
class Standing:
    """What a person's seats of today amount to; read once per request."""

    edits: frozenset
    leads: frozenset
    offices: frozenset
    years: frozenset

    @property
    def units(self):
        """Units the person works for, as editor or leader."""
        return self.edits | self.leads

    def has(self, *roles):
        """Whether the person holds one of these province-wide seats."""
        return any(role in self.offices for role in roles)


NOBODY = Standing(frozenset(), frozenset(), frozenset(), frozenset())


def standing_of(user) -> Standing:
    """The standing of `user` today: two queries the first time, none afterwards."""
    if not user.is_authenticated or not user.is_active:
        return NOBODY
    if not hasattr(user, "_standing"):
        user._standing = read_standing(user)
    return user._standing


def read_standing(user) -> Standing:
    # The clock is read here because a seat holds from day to day and a right is asked without one.
    seats = Seat.objects.on(timezone.localdate()).filter(user=user).values_list("role", "unit_id")
    rows = set(seats)
    edits = frozenset(unit for role, unit in rows if role == SeatRole.EDITOR)
    leads = frozenset(unit for role, unit in rows if role == SeatRole.LEADER)
    units = edits | leads
    years = Unit.objects.filter(pk__in=units, years__isnull=False).values_list(
        "years__bloc_year_id", flat=True
    )
    return Standing(
        edits=edits,
        leads=leads,
        offices=frozenset(role for role, unit in rows if unit is None),
        years=frozenset(years) if units else frozenset(),
    )
