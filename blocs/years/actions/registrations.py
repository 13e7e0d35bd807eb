"""What a unit does with its registration at the start of the year."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from blocs.states import RegistrationState
from blocs.units.models import Unit
from blocs.years.models.registrations import Registration
from blocs.years.models.years import BlocYear
from blocs.years.workflows import year_takes_registrations
from thidua.common.activity import record
from thidua.common.permissions import require
from thidua.common.stamps import overwrite

WRITABLE = (RegistrationState.DRAFT, RegistrationState.RETURNED)


@transaction.atomic
def start_registration(bloc_year: BlocYear, *, actor, unit: Unit) -> Registration:
    """Begin the registration of a member unit. Refused twice and outside the year."""
    registration = Registration(bloc_year=bloc_year, unit=unit)
    require(actor, "years.edit_registration", registration)
    refuse_closed_year(registration)
    registration.full_clean()
    registration.save()
    record(actor, "years.start_registration", registration, label="Lập bản đăng ký thi đua")
    return registration


def refuse_closed_year(registration: Registration) -> None:
    """Registrations are written while the year takes them."""
    if reasons := year_takes_registrations(registration):
        raise ValidationError(reasons)


@transaction.atomic
def edit_registration(
    registration: Registration, *, actor, data: Mapping, seen: str | None = None
) -> Registration:
    """Write what the unit registers: `data` holds titles and content."""
    registration = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
    require(actor, "years.edit_registration", registration)
    refuse_closed_year(registration)
    if registration.state not in WRITABLE:
        raise ValidationError("Bản đăng ký đã ký, không sửa được; cần sửa thì đề nghị trả lại.")
    action = "years.edit_registration"
    changes = overwrite(registration, data, action, seen=seen)
    if not changes:
        return registration
    registration.full_clean()
    registration.save()
    record(actor, action, registration, label="Sửa bản đăng ký thi đua", changes=changes)
    return registration
