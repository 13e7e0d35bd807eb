"""What a unit does with its registration at the start of the year."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from blocs.states import RegistrationState
from blocs.units.models import Unit
from blocs.years.models.registrations import Registration, numbered_registrations
from blocs.years.models.years import BlocYear
from blocs.years.workflows import REGISTRATION, year_takes_registrations
from thidua.common.activity import record
from thidua.common.models import returned_basis
from thidua.common.permissions import require
from thidua.common.stamps import overwrite
from thidua.common.workflow import perform
from thidua.papers.numbers import hold_numbers
from thidua.papers.signed_copies import CopyEntry, PaperBasis, keep_copy

WRITABLE = (RegistrationState.DRAFT, RegistrationState.RETURNED)
SIGNED = (
    "Bản đăng ký đã ký nên không sửa được. Lãnh đạo đơn vị thu hồi ở trang bản đăng ký khi chưa "
    "được tiếp nhận; đã tiếp nhận thì đề nghị nơi tiếp nhận trả lại."
)


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


def why_closed(registration: Registration) -> str:
    """Why a registration is not written any more; empty while it is."""
    if reasons := year_takes_registrations(registration):
        return reasons[0]
    return "" if registration.state in WRITABLE else SIGNED


def refuse_closed_year(registration: Registration) -> None:
    """Registrations are written while the year takes them."""
    if reasons := year_takes_registrations(registration):
        raise ValidationError(reasons)


def copy_basis(registration: Registration) -> PaperBasis:
    """What a registration signed by hand is held against: its return or its year, and numbers."""
    basis = returned_basis(registration) or registration.bloc_year.paper_basis
    others = tuple(numbered_registrations(registration))
    return PaperBasis("Bản đăng ký thi đua", *basis, others)


@transaction.atomic
def record_signed_registration(
    bloc_year: BlocYear, *, unit: Unit, entry: CopyEntry, actor
) -> Registration:
    """Record the registration of a unit as it was signed on paper: it is signed on that day.

    Works without a draft; what is drafted stays. Of a signed registration only the scan is kept.
    Refused for a day before its year was prepared, or before it was given back.
    """
    hold_numbers(unit)
    rows = Registration.objects.select_for_update(of=("self",))
    found = rows.filter(bloc_year=bloc_year, unit=unit).first()
    registration = found or Registration(bloc_year=bloc_year, unit=unit)
    require(actor, "years.record_registration", registration)
    if registration.state in WRITABLE:
        refuse_closed_year(registration)
    if found is None:
        registration.full_clean()
        registration.save()
    about = copy_basis(registration)
    copy = keep_copy(entry, subject=registration, kind="registration", about=about, actor=actor)
    if registration.state not in WRITABLE:
        return registration
    return perform(REGISTRATION, "sign_on_paper", registration, actor=actor, copy=copy)


@transaction.atomic
def edit_registration(
    registration: Registration, *, actor, data: Mapping, seen: str | None = None
) -> Registration:
    """Write what the unit registers: `data` holds titles and content."""
    registration = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
    require(actor, "years.edit_registration", registration)
    if words := why_closed(registration):
        raise ValidationError(words)
    action = "years.edit_registration"
    changes = overwrite(registration, data, action, seen=seen)
    if not changes:
        return registration
    registration.full_clean()
    registration.save()
    record(actor, action, registration, label="Sửa bản đăng ký thi đua", changes=changes)
    return registration
