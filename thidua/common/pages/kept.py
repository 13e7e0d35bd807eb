"""What was typed when the session ended is kept and given back after signing in."""

from django.conf import settings
from django.core import signing
from django.http import HttpResponse, QueryDict

KEPT = "kept_input"
WHO_SECONDS = 30 * 86400
SECRETS = ("csrfmiddlewaretoken", "password")
LIMIT = 1_000_000


def remember_who(response: HttpResponse, user, *, secure: bool) -> None:
    """Mark the browser with the person who signed in, so that kept text returns to that person."""
    response.set_signed_cookie(
        settings.WHO_COOKIE_NAME,
        str(user.pk),
        max_age=WHO_SECONDS,
        httponly=True,
        secure=secure,
        samesite="Lax",
    )


def known_person(request) -> str:
    """The number of the person who signed in here last, empty where nobody is known."""
    try:
        return request.get_signed_cookie(settings.WHO_COOKIE_NAME, max_age=WHO_SECONDS)
    except (KeyError, signing.BadSignature):
        return ""


def keep_input(request) -> bool:
    """Put the posted text into the session; False when there is nobody to give it back to."""
    who = known_person(request)
    if not who:
        return False
    typed = request.POST.copy()
    for name in list(typed):
        if name.startswith(SECRETS) or "password" in name:
            del typed[name]
    text = typed.urlencode()
    if not text or len(text) > LIMIT:
        return False
    request.session[KEPT] = {"path": request.path, "who": who, "text": text}
    return True


def kept_input(request) -> QueryDict | None:
    """The kept text of this page and this person, or None."""
    kept = request.session.get(KEPT)
    if not kept or kept["path"] != request.path or kept["who"] != str(request.user.pk):
        return None
    return QueryDict(kept["text"])


def forget_input(request) -> None:
    """The text has arrived: drop the copy."""
    if request.session.get(KEPT, {}).get("path") == request.path:
        del request.session[KEPT]
