"""What the registrations of a year ask of the units and of the head."""

from collections import Counter

from django.db.models import Exists, OuterRef

from blocs.states import RegistrationState, YearState
from blocs.years.domain.taking_part import Duty
from blocs.years.models import Registration, YearMember
from blocs.years.workflows.registrations import OPEN_YEARS
from thidua.common.task_lines import page, returned_label, task
from thidua.common.vietnamese.numbers import two_digits

SIGNING_YEARS = (YearState.OPEN, YearState.AGREED)
UNSIGNED = (RegistrationState.DRAFT, RegistrationState.RETURNED)


def beginning_tasks(desk):
    """Own units that owe a registration and have none: of a year just opened that is everybody."""
    by_pk = {year.pk: year for year in desk.years if year.state in SIGNING_YEARS}
    begun = Registration.objects.filter(bloc_year=OuterRef("bloc_year"), unit=OuterRef("unit"))
    owing = YearMember.objects.filter(
        ~Exists(begun), bloc_year__in=by_pk, unit__in=desk.standing.units
    ).owing(Duty.REGISTER, desk.today)
    return [
        task(
            f"Lập bản đăng ký thi đua {by_pk[member.bloc_year_id].words}",
            page("registrations:registration_list", member.bloc_year_id),
            member.unit.name,
            by_pk[member.bloc_year_id].deadline("registration_due"),
            desk.now,
        )
        for member in (yield owing.select_related("unit").order_by("pk"))
    ]


def unsigned_tasks(desk):
    """Registrations of own units that are not signed yet, and those that came back."""
    by_pk = {year.pk: year for year in desk.years if year.state in OPEN_YEARS}
    member = YearMember.objects.filter(bloc_year=OuterRef("bloc_year"), unit=OuterRef("unit"))
    rows = Registration.objects.filter(
        Exists(member.owing(Duty.REGISTER, desk.today)),
        bloc_year__in=by_pk,
        unit__in=desk.standing.units,
        state__in=UNSIGNED,
    ).select_related("unit")
    return [
        task(
            registration_label(row, year),
            row.get_absolute_url(),
            row.unit.name,
            year.deadline("registration_due"),
            desk.now,
        )
        for row in (yield rows)
        if (year := by_pk[row.bloc_year_id]).state in SIGNING_YEARS
        or row.state == RegistrationState.RETURNED
    ]


def registration_label(registration, year):
    """What the unit has to do with its registration; a returned one says why it came back."""
    if registration.state == RegistrationState.RETURNED:
        label = f"Sửa bản đăng ký thi đua bị trả lại {year.words}"
        return returned_label(label, registration.return_reason)
    return f"Ký bản đăng ký thi đua {year.words}"


def receiving_tasks(desk):
    """Signed registrations that the secretary of the head unit receives: a line for each year."""
    headed = {
        year.pk: year
        for year in desk.years
        if year.head_id in desk.standing.edits and year.state in OPEN_YEARS
    }
    if not headed:
        return []
    signed = Registration.objects.filter(bloc_year__in=headed, state=RegistrationState.SIGNED)
    waiting = Counter((yield signed.values_list("bloc_year_id", flat=True)))
    return [
        task(
            f"Tiếp nhận {two_digits(waiting[pk])} bản đăng ký thi đua {year.words}",
            page("registrations:registration_list", pk),
            str(year),
            year.deadline("registration_due"),
            desk.now,
        )
        for pk, year in headed.items()
        if waiting[pk]
    ]
