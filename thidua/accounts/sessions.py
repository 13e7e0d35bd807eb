"""Sessions of a person: which are open, when one ends by itself, and how the others are ended.

Where and when somebody signed in django-axes has written down; which of that is still open, the
sessions themselves say.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from axes.models import AccessLog
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, logout
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

# Moments in the session, as whole seconds: of signing in, and of the last request but a minute.
SINCE, SEEN = "signed_in_at", "seen_at"
IDLE = "ended_idle"
MINUTE = 60
BROWSERS = (
    ("coc_coc", "Cốc Cốc"),
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Chrome", "Chrome"),
    ("Firefox", "Firefox"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone|iPad", "iOS"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class OpenSession:
    """One place where a person is signed in."""

    signed_in_at: datetime
    address: str
    browser: str
    is_this: bool
    # Which row of django-axes told of it, and which session it is.
    row: int
    key: str


def begin(request: HttpRequest) -> None:
    """Note that the person of the request has just signed in."""
    request.session[SINCE] = request.session[SEEN] = seconds_now()


def seconds_now() -> int:
    """The moment of now as the session keeps it."""
    return int(timezone.now().timestamp())


def watch(request: HttpRequest) -> None:
    """Sign out who was idle too long or signed in too long ago; else note that somebody works."""
    now, session = seconds_now(), request.session
    signed_in = int(request.user.last_login.timestamp()) if request.user.last_login else now
    idle = now - session.get(SEEN, signed_in)
    limit = settings.SESSION_IDLE_MINUTES * MINUTE
    if limit and idle > limit:
        logout(request)
        request.session[IDLE] = True
    elif now - session.get(SINCE, signed_in) > settings.SESSION_COOKIE_AGE:
        logout(request)
    elif limit and idle >= MINUTE:
        session[SEEN] = now


def open_sessions(user, current: str) -> list[OpenSession]:
    """Where the person is signed in now, the newest first; `current` is the key of this session."""
    since = timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    rows = AccessLog.objects.filter(
        username=user.username, logout_time=None, attempt_time__gt=since
    ).order_by("-attempt_time", "-pk")
    open_keys = {sha256(key.encode()).hexdigest(): key for key in living_keys(user)}
    return [
        OpenSession(
            row.attempt_time,
            row.ip_address or "không rõ",
            browser_words(row.user_agent),
            open_keys[row.session_hash] == current,
            row.pk,
            open_keys[row.session_hash],
        )
        for row in rows
        if row.session_hash in open_keys
    ]


def living_keys(user) -> list[str]:
    """The keys of sessions that still let this person in."""
    wanted = user.get_session_auth_hash()
    rows = Session.objects.filter(expire_date__gt=timezone.now())
    return [row.pk for row in rows if row.get_decoded().get(HASH_SESSION_KEY) == wanted]


def browser_words(agent: str) -> str:
    """«Chrome trên Windows» from what a browser says of itself."""
    browser = next((words for part, words in BROWSERS if part in agent), "trình duyệt khác")
    system = next((words for part, words in SYSTEMS if re.search(part, agent)), "máy khác")
    return f"{browser} trên {system}"


def keep_listed(before: str, request: HttpRequest) -> None:
    """The session got a new key: what was written down of it follows."""
    old, new = (
        sha256(key.encode()).hexdigest() for key in (before, request.session.session_key or "")
    )
    AccessLog.objects.filter(session_hash=old).update(session_hash=new)


def stay_in(request: HttpRequest, user) -> None:
    """This session goes on although all of the person's sessions have just been ended."""
    request.session[HASH_SESSION_KEY] = user.get_session_auth_hash()
