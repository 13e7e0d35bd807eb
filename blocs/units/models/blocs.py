from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from blocs.states import BlocKind, BlocTier
from blocs.units.domain.former_names import ONE_DAY
from blocs.units.models.names import Named, named_reference
from blocs.units.models.units import Unit
from thidua.common.fields import NameField
from thidua.common.models import number_of
from thidua.common.vietnamese.lookups import closest, matching

NAMED, LISTED = ("name", "code"), "known_as"
SEARCHED = (*NAMED, LISTED)


def bloc_matching(query, path=""):
    """Rows whose bloc, found by `path`, has all the words in its sign or a name, now or before."""
    return matching(query, *(f"{path}{field}" for field in SEARCHED))


def bloc_closest(query, path=""):
    """The order of such rows: those of the bloc that is called so before those that begin so."""
    return closest(query, *(f"{path}{field}" for field in NAMED), lists=(f"{path}{LISTED}",))


class BlocQuerySet(models.QuerySet):
    def search(self, query):
        """Blocs whose name, now or before, or sign has all the words; the closest come first."""
        if not query:
            return self
        found = self.filter(bloc_matching(query))
        return found.order_by(bloc_closest(query), "order", "name", "pk")

    def public(self):
        """Blocs that everybody may read of."""
        return self.filter(is_active=True)

    def for_list(self):
        # The clock is read here because a list tells who belongs to a bloc now.
        today = timezone.localdate()
        counted = self.annotate(member_count=number_of(Membership.objects.on(today), "bloc"))
        return counted.order_by("order", "name", "pk")


class Bloc(Named):
    """A khối or cụm: units that the province compares with each other."""

    NAMES = ("name", "code", "kind", "organiser", "letterhead")

    name = NameField("tên khối, cụm", max_length=255, unique=True)
    code = models.CharField(
        "ký hiệu", max_length=20, unique=True, help_text="Dùng trong số văn bản, ví dụ KTĐ5."
    )
    kind = models.CharField("loại", max_length=20, choices=BlocKind, default=BlocKind.FUNCTIONAL)
    tier = models.CharField("cấp", max_length=20, choices=BlocTier, default=BlocTier.PROVINCIAL)
    organiser = models.CharField("cơ quan tổ chức", max_length=255, default="UBND tỉnh")
    letterhead = models.TextField("tên trên đầu văn bản", blank=True)
    founding_number = models.CharField("số quyết định thành lập", max_length=60, blank=True)
    founded_on = models.DateField("ngày quyết định", null=True, blank=True)
    order = models.PositiveSmallIntegerField("thứ tự", default=0)
    is_active = models.BooleanField("đang hoạt động", default=True)
    # Where the order in which units lead (`Membership.turn`) is stated; see `rotation_words`.
    rotation_basis = models.CharField("văn bản về thứ tự luân phiên", max_length=255, blank=True)

    objects = BlocQuerySet.as_manager()

    class Meta:
        verbose_name = "khối, cụm thi đua"
        verbose_name_plural = "khối, cụm thi đua"
        # The blocs offered to choose from are read in their order until there are enough.
        indexes = (models.Index(fields=("order", "name", "id"), name="bloc_in_order"),)

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("units:bloc_detail", args=(self.pk,))

    @property
    def head_word(self):
        """What the head is called here: khối trưởng or cụm trưởng."""
        return "khối trưởng" if self.kind == BlocKind.FUNCTIONAL else "cụm trưởng"

    @property
    def word(self):
        return "khối" if self.kind == BlocKind.FUNCTIONAL else "cụm"


class MembershipQuerySet(models.QuerySet):
    def on(self, day):
        """Memberships that hold on `day`."""
        return self.filter(starts_on__lte=day).filter(Q(ends_on=None) | Q(ends_on__gte=day))


class Membership(models.Model):
    """A unit belongs to a bloc from one day to another; the history stays when it moves on."""

    bloc = named_reference(Bloc, "khối", related_name="memberships", day_by="")
    unit = named_reference(Unit, "đơn vị", related_name="memberships", day_by="")
    starts_on = models.DateField("từ ngày")
    # The last day inside, as «đến ngày» is everywhere.
    ends_on = models.DateField("đến ngày", null=True, blank=True)
    decision = models.CharField("văn bản", max_length=255, blank=True)
    # Which turn the unit has to lead the bloc, where its units follow each other.
    turn = models.PositiveSmallIntegerField("lượt luân phiên", null=True, blank=True)
    end_decision = models.CharField("văn bản rời khối", max_length=255, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "tư cách thành viên"
        verbose_name_plural = "tư cách thành viên"
        constraints = (
            models.UniqueConstraint(
                fields=("bloc", "unit"),
                condition=Q(ends_on=None),
                name="membership_open_once",
                violation_error_message="Đơn vị đang là thành viên của khối này.",
            ),
            models.UniqueConstraint(
                fields=("bloc", "turn"),
                condition=Q(ends_on=None),
                name="membership_turn_once",
                violation_error_message="Lượt luân phiên này đã ghi cho đơn vị khác của khối.",
            ),
            models.CheckConstraint(
                name="membership_ends_after_it_began",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="Ngày cuối cùng trong khối phải từ ngày vào khối trở đi.",
            ),
        )

    def __str__(self):
        return f"{self.unit} – {self.bloc}"

    @property
    def named_on(self):
        """A membership that ended keeps the names of its last day."""
        return self.ends_on

    @property
    def left_on(self):
        """The first day outside; None while it goes on."""
        return self.ends_on and self.ends_on + ONE_DAY
