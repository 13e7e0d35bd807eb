"""Wrong tokens slow down the address they come from, and nobody else.

A token has 256 bits of chance, so that nobody finds one by trying; the brake keeps programs that
try for ever from costing more than one look into an index. A right token is never held up: a broken
program behind the same address must not shut out the others. Counted by django-axes, apart from
the passwords of that address.
"""

from datetime import timedelta
from math import ceil

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from thidua.accounts.addresses import client_address

TRIES = 20
PAUSE = timedelta(seconds=20)


def address_key(request: HttpRequest) -> str:
    """Under what the tries of this address are counted; not the address itself."""
    address = client_address(request) or ""
    return salted_hmac("wrong token from", address, algorithm="sha256").hexdigest()


def note_wrong_token(request: HttpRequest) -> int:
    """Count a wrong token; the seconds that its address has to wait, 0 where it need not.

    What is tried during a pause is not counted and does not prolong it.
    """
    key, now = address_key(request), timezone.now()
    rows = AccessAttempt.objects.filter(username=key)
    seen = rows.filter(attempt_time__gt=now - get_cool_off(request)).first()
    if seen and seen.failures_since_start >= TRIES and seen.attempt_time + PAUSE > now:
        return ceil((seen.attempt_time + PAUSE - now).total_seconds())
    if seen:
        rows.update(failures_since_start=F("failures_since_start") + 1, attempt_time=now)
        return 0
    rows.delete()
    AccessAttempt.objects.create(
        username=key, ip_address=None, user_agent="", failures_since_start=1, attempt_time=now
    )
    return 0
