"""What a unit does with its registration at the start of the year."""

from django.core.exceptions import ValidationError
from django.db import transaction

from blocs.states import RegistrationState
from blocs.units.models import Unit
from blocs.years.models.registrations import Registration
from blocs.years.models.years import BlocYear
from blocs.years.workflows import year_takes_registrations
from thidua.common.activity import record
from thidua.common.changes import set_fields
from thidua.common.permissions import require
from thidua.common.stamps import stamp_of

WRITABLE = (RegistrationState.DRAFT, RegistrationState.RETURNED)
CHANGED = (
    "Người khác vừa lưu bản đăng ký này. Nội dung bạn nhập vẫn còn dưới đây; hãy đối chiếu với bản "
    "vừa lưu rồi bấm lưu lại."
)


class RegistrationChanged(ValidationError):  # noqa: N818 – it reads as a sentence
    """Somebody else saved in between."""


@transaction.atomic
def start_registration(bloc_year: BlocYear, *, actor, unit: Unit) -> Registration:
    """Begin the registration of a member unit. Refused twice and outside the year."""
    registration = Registration(bloc_year=bloc_year, unit=unit)
    require(actor, "years.edit_registration", registration)
    if not bloc_year.members.filter(unit=unit).exists():
        raise ValidationError("Đơn vị không phải thành viên của khối trong năm này.")
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
    registration: Registration, *, actor, titles: str, content: str, seen: str
) -> Registration:
    """Write what the unit registers; `seen` is the mark of the text the writer had before.

    Raises RegistrationChanged when somebody else saved another text in between.
    """
    registration = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
    require(actor, "years.edit_registration", registration)
    refuse_closed_year(registration)
    if registration.state not in WRITABLE:
        raise ValidationError("Bản đăng ký đã ký, không sửa được; cần sửa thì đề nghị trả lại.")
    stored = registration_stamp(registration)
    changes = set_fields(registration, {"titles": titles, "content": content})
    if not changes:
        return registration
    if stored != seen:
        raise RegistrationChanged(CHANGED)
    registration.full_clean()
    registration.save()
    record(
        actor,
        "years.edit_registration",
        registration,
        label="Sửa bản đăng ký thi đua",
        changes=changes,
    )
    return registration


def registration_stamp(registration: Registration) -> str:
    """The mark of what the registration says now."""
    return stamp_of(registration.titles, registration.content)
