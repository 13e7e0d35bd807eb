"""What the session of the looking person keeps: as whom, to when, and the pages told already."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from thidua.accounts.models import User

KEY = "view_as"


@dataclass(frozen=True)
class Viewing:
    """Who looks as whom, and until when."""

    viewer: User
    person: User
    ends_at: datetime


def begin(request: HttpRequest, person: User) -> None:
    """From the next request on the pages are those of `person`."""
    ends_at = timezone.now() + timedelta(minutes=settings.VIEW_AS_MINUTES)
    request.session[KEY] = {"person": person.pk, "ends_at": ends_at.timestamp(), "told": []}


def found(request: HttpRequest) -> Viewing | None:
    """As whom the person of the session looks; the time may be over."""
    kept = request.session.get(KEY)
    person = User.objects.filter(pk=kept["person"]).first() if kept else None
    if person is None:
        return None
    ends_at = datetime.fromtimestamp(kept["ends_at"], tz=timezone.get_current_timezone())
    return Viewing(request.user, person, ends_at)


def is_new(request: HttpRequest, path: str) -> bool:
    """Whether this page was not told of yet while this looking lasts; now it is."""
    kept = request.session[KEY]
    if path in kept["told"]:
        return False
    request.session[KEY] = kept | {"told": [*kept["told"], path]}
    return True


def end(request: HttpRequest) -> None:
    """The pages are the own ones again."""
    request.session.pop(KEY, None)
