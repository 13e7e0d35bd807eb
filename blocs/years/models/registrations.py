from collections.abc import Iterator

from django.db import models
from django.db.models import Q
from django.urls import reverse

from blocs.states import REGISTERED, RegistrationState
from blocs.units.models.names import named_reference
from blocs.units.models.seats import standing_of, within
from blocs.units.models.units import Unit
from blocs.years.models.years import BlocYear, headed_by
from thidua.common.fields import reference
from thidua.common.models import Returnable
from thidua.common.stamps import stamp_of
from thidua.common.vietnamese.dates import short_date
from thidua.common.vietnamese.text import filled_lines
from thidua.papers.models import SignedCopy
from thidua.papers.numbers import NumberedPaper, with_copies
from thidua.papers.signed_copies import signed_words


class RegistrationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Registrations the person may read: the list form of `years.view_registration`."""
        standing = standing_of(user)
        seen = within(standing.oversees, "bloc_year__bloc") | Q(unit__in=standing.units)
        return self.filter(seen | headed_by(standing.units))

    def signed_in(self, bloc_year):
        """What units of the year registered and signed, in the order of their names."""
        signed = (RegistrationState.SIGNED, RegistrationState.CHECKED)
        rows = self.filter(bloc_year=bloc_year, state__in=signed).exclude(titles="")
        return rows.select_related("unit").order_by("unit__name", "pk")

    def for_page(self):
        return self.select_related(
            "unit", "bloc_year__bloc", "bloc_year__head", "bloc_year__deputy"
        )


class Registration(Returnable):
    """What a unit registers at the start of the year: titles and contents of emulation."""

    bloc_year = models.ForeignKey(
        BlocYear, models.PROTECT, related_name="registrations", verbose_name="năm thi đua"
    )
    unit = named_reference(Unit, "đơn vị", related_name="registrations")
    state = models.CharField(
        "trạng thái", max_length=20, choices=RegistrationState, default=RegistrationState.DRAFT
    )
    titles = models.TextField("danh hiệu, hình thức đăng ký", blank=True)
    content = models.TextField("nội dung, chỉ tiêu đăng ký", blank=True)
    signed_at = models.DateTimeField("đăng ký lúc", null=True, blank=True)
    copy = reference(SignedCopy, "ký trên bản giấy", optional=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = "bản đăng ký thi đua"
        verbose_name_plural = "bản đăng ký thi đua"
        constraints = (
            models.UniqueConstraint(
                fields=("bloc_year", "unit"),
                name="registration_one_per_unit_and_year",
                violation_error_message="Đơn vị đã có bản đăng ký năm này.",
            ),
            models.CheckConstraint(
                name="registration_signed_has_time",
                condition=Q(state=RegistrationState.DRAFT) | Q(signed_at__isnull=False),
                violation_error_message="Bản đăng ký đã ký phải có thời điểm.",
            ),
        )

    def __str__(self):
        return f"Bản đăng ký thi đua {self.bloc_year.words} – {self.unit}"

    @property
    def title_words(self):
        """The registered titles as one line."""
        return "; ".join(filled_lines(self.titles))

    @property
    def signed_words(self):
        """When it was signed; empty while it is not."""
        if self.signed_at is None:
            return ""
        return signed_words(self.signed_at, is_on_paper=bool(self.copy_id))

    @property
    def day_words(self):
        """The day of the signature without its hour, as a list shows it; empty while unsigned."""
        if self.state not in REGISTERED or self.signed_at is None:
            return ""
        return self.signed_words if self.copy_id else short_date(self.signed_at)

    @property
    def lateness_words(self):
        """On time or how many days late; nothing while unsigned or without a deadline."""
        deadline = self.bloc_year.deadline("registration_due")
        if self.state not in REGISTERED or deadline is None:
            return ""
        days = (deadline.counted_day(self.signed_at) - deadline.day).days
        return f"Chậm {days} ngày" if days > 0 else "Đúng hạn"

    @property
    def content_stamp(self):
        """A stamp of all that the unit can change."""
        return stamp_of(self.titles, self.content)

    def get_absolute_url(self):
        return reverse("registrations:registration_detail", args=(self.pk,))


def numbered_registrations(registration: Registration) -> Iterator[NumberedPaper]:
    """The other registrations of the unit that were signed by hand with a number."""
    rows = Registration.objects.filter(unit=registration.unit_id, copy__isnull=False)
    rows = rows.exclude(pk=registration.pk).select_related("bloc_year__bloc", "unit")
    return with_copies("registration", (NumberedPaper(one, str(one)) for one in rows))
