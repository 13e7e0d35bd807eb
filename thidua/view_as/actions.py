"""Beginning to look as another person, each page that was looked at, and the end."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from thidua.accounts.models import User
from thidua.common.activity import record
from thidua.common.models import ActivityEntry
from thidua.common.permissions import require, require_proof
from thidua.common.vietnamese.dates import moment_words

TOLD = "{viewer} đã xem phần mềm như bạn lúc {at}, chỉ xem, không làm được gì. Lý do: {reason}"


@transaction.atomic
def begin_view(person: User, *, actor, reason: str) -> User:
    """Let `actor` look as `person`; the person reads of it on the home page, with the reason."""
    require(actor, "view_as.view_as", person)
    require_proof(actor)
    if not reason.strip():
        raise ValidationError({"reason": "Vui lòng nêu lý do."})
    person = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    told = TOLD.format(viewer=actor, at=moment_words(timezone.now()), reason=reason.strip())
    person.tell_at_home(told)
    person.save(update_fields=("reset_note",))
    record(actor, "view_as.begin", person, label=f"Bắt đầu xem như {person}", note=reason)
    return person


def note_page(person: User, *, actor, path: str) -> ActivityEntry:
    """One page that was looked at."""
    return record(actor, "view_as.look", person, label=f"Xem như {person}: {path}")


def end_view(person: User, *, actor, why: str = "") -> ActivityEntry:
    """The looking has ended, by the person who looked or by itself."""
    return record(actor, "view_as.end", person, label=f"Thôi xem như {person}", note=why)
