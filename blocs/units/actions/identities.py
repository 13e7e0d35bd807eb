"""Linking people with accounts of the province's sign-in; for who has power two people do it."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from blocs.states import RequestKind
from blocs.units.actions.requests import ALREADY_ASKED, locked
from blocs.units.models.requests import AccountRequest
from thidua.accounts.actions import drop_identity, keep_identity
from thidua.accounts.models import Identity, User
from thidua.common.activity import record
from thidua.common.permissions import require


@transaction.atomic
def link_identity(person: User, *, actor, subject: str) -> User | AccountRequest:
    """Let whoever signs in at the province as `subject` be this person here.

    Asked of a second person for who holds a guarded seat. Refused for a subject of somebody else.
    """
    require(actor, "units.manage_people")
    person = locked(person)
    subject = subject.strip()
    taken = Identity.objects.filter(issuer=settings.OIDC_ISSUER, subject=subject)
    if taken.exclude(user=person).exists():
        raise ValidationError({"subject": "Mã nhận dạng này đã gắn với người khác."})
    if not person.seats.guarded(timezone.localdate()).exists():
        keep_identity(person, subject)
        record(actor, "units.link_identity", person, label=f"Gắn tài khoản của tỉnh: {subject}")
        return person
    if person.account_requests.waiting().filter(kind=RequestKind.IDENTITY).exists():
        raise ValidationError(ALREADY_ASKED)
    asked = AccountRequest(kind=RequestKind.IDENTITY, user=person, asked_by=actor, subject=subject)
    asked.full_clean()
    asked.save()
    label = f"Đề nghị gắn tài khoản của tỉnh: {subject}"
    record(actor, "units.ask_identity", person, label=label)
    return asked


@transaction.atomic
def unlink_identity(person: User, *, actor) -> User:
    """The account of the province opens nothing here any more; all sessions end."""
    require(actor, "units.manage_people")
    person = locked(person)
    if not drop_identity(person):
        raise ValidationError("Người này chưa gắn tài khoản của tỉnh.")
    person.session_round += 1
    person.save(update_fields=("session_round",))
    record(actor, "units.unlink_identity", person, label="Bỏ gắn tài khoản của tỉnh")
    return person
