"""Guessing passwords is slowed down; no stranger can close the door to the person named.

Three counts over the last quarter of an hour, all kept by django-axes: of a name from one address
(a few tries, then a pause), of a name from everywhere (then each address has fewer tries, the first
of each always stays), and of an address over all names (then new browsers there wait between two
tries). A browser in which the person has signed in before has counts of its own. What is tried
during a pause is not looked at, not counted and does not prolong it.
"""

from datetime import datetime, timedelta

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth import authenticate
from django.db.models import Max, Q, Sum
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from thidua.accounts.actions import note_password_failed
from thidua.accounts.models import User
from thidua.common.pages.kept import known_person

NAME_TRIES = 20
FEW_TRIES = 2
ADDRESS_TRIES = 20
ADDRESS_PAUSE = timedelta(seconds=20)


class Brakes(AxesDatabaseHandler):
    """How django-axes asks whether somebody may try a password now."""

    def is_locked(self, request: HttpRequest, credentials: dict | None = None) -> bool:
        """Whether the request meets a pause."""
        return opens_at(request, credentials) is not None


def opens_at(request: HttpRequest, credentials: dict | None) -> datetime | None:
    """When the pause ends that this request meets; None where it meets none. One query."""
    AxesProxyHandler.update_request(request)
    key, stranger = key_of_request(request, credentials), name_key(typed_name(credentials))
    here, pause = Q(ip_address=request.axes_ip_address), get_cool_off(request)
    pair, everywhere = Q(username=key) & here, Q(username=stranger)
    seen = AccessAttempt.objects.filter(
        pair | everywhere | here, attempt_time__gt=request.axes_attempt_time - pause
    ).aggregate(
        tries=Sum("failures_since_start", default=0, filter=pair),
        last=Max("attempt_time", filter=pair),
        of_name=Sum("failures_since_start", default=0, filter=everywhere),
        of_address=Sum("failures_since_start", default=0, filter=here),
        last_here=Max("attempt_time", filter=here),
    )
    is_known = key != stranger
    is_hunted = seen["of_name"] >= NAME_TRIES and not is_known
    if seen["tries"] >= (FEW_TRIES if is_hunted else settings.AXES_FAILURE_LIMIT):
        return seen["last"] + pause
    if is_known or seen["of_address"] < ADDRESS_TRIES:
        return None
    end = seen["last_here"] + ADDRESS_PAUSE
    return end if end > request.axes_attempt_time else None


def is_own_password(request: HttpRequest, password: str) -> bool:
    """Whether who is signed in gave the own password; braked and told as signing in is."""
    found = authenticate(request, username=request.user.username, password=password)
    if found == request.user:
        return True
    is_locked = bool(getattr(request, "axes_locked_out", False))
    note_password_failed(request.user, is_locked=is_locked)
    return False


def typed_name(credentials: dict | None) -> str:
    """The user name that was tried."""
    return (credentials or {}).get("username") or ""


def key_of_request(request: HttpRequest, credentials: dict | None) -> str:
    """Under which key the tries of this browser at this name are counted (django-axes asks)."""
    name = typed_name(credentials)
    person = known_person(request)
    is_known = (
        bool(person)
        and User.objects.filter(pk=person, username=User.normalize_username(name)).exists()
    )
    return name_key(name, is_known=is_known)


def name_key(name: str, *, is_known: bool = False) -> str:
    """What is counted for a name: never the name itself, a password may have been typed there."""
    place = "known browser" if is_known else "anywhere"
    told = User.normalize_username(name)
    return salted_hmac(f"sign-in {place}", told, algorithm="sha256").hexdigest()


def keys_of(name: str) -> tuple[str, str]:
    """Both keys of a name."""
    return name_key(name), name_key(name, is_known=True)


def forget_failures(name: str) -> None:
    """Lift every pause of this name."""
    AccessAttempt.objects.filter(username__in=keys_of(name)).delete()


def paused_keys() -> dict[str, datetime]:
    """The keys of names that meet a pause somewhere now, each with its end."""
    now, pause = timezone.now(), get_cool_off()
    rows = (
        AccessAttempt.objects.filter(attempt_time__gt=now - pause)
        .values("username", "ip_address")
        .annotate(tries=Sum("failures_since_start"), last=Max("attempt_time"))
        .order_by("last")
    )
    return {
        row["username"]: row["last"] + pause
        for row in rows
        if row["tries"] >= settings.AXES_FAILURE_LIMIT
    }
