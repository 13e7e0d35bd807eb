"""Answers leave compressed where their length tells a stranger nothing.

BREACH: who makes a browser ask for a page again and again, each time with another guess in it, and
sees how long the answers are, learns what stands beside the guess. docs/security.md says why this
does not work here.
"""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

# PDF, Excel, pictures and archives are compressed already.
TEXTS = ("text/", "application/json", "application/xml", "image/svg+xml")
# Below one packet of the network nothing is won.
LEAST_BYTES = 1400
# What a browser says of a page it was not led to by a foreign one.
OWN = ("same-origin", "none")


class Compressed(GZipMiddleware):
    """Middleware: gzip for texts that are whole, long enough and not asked for by a stranger.

    Each answer is made longer by up to a hundred random bytes. A view that shows a secret says
    `shows_secret` and leaves as it is.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """The answer, shorter where that is worth it and safe."""
        if not isinstance(response, HttpResponse) or not is_long_text(response):
            return response
        if shows_secret(request) or is_asked_by_strangers(request):
            return response
        return super().process_response(request, response)


def is_long_text(response: HttpResponse) -> bool:
    """Whether compressing is worth it."""
    kind = response.get("Content-Type", "")
    return kind.startswith(TEXTS) and len(response.content) >= LEAST_BYTES


def shows_secret(request: HttpRequest) -> bool:
    """Whether the view says that its page shows a secret of the person."""
    view = getattr(getattr(request.resolver_match, "func", None), "view_class", None)
    return getattr(view, "shows_secret", False)


def is_asked_by_strangers(request: HttpRequest) -> bool:
    """Whether a foreign page may have chosen what stands in this request of a person.

    Where a browser does not say who led it here, only a plain address is trusted: it carries no
    guess. A request without cookies is of nobody and shows what everybody may read.
    """
    if not request.COOKIES:
        return False
    led_by = request.headers.get("Sec-Fetch-Site", "")
    if led_by:
        return led_by not in OWN
    return request.method != "GET" or bool(request.META.get("QUERY_STRING"))
