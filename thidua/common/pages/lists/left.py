"""Lists as a person left them: rows a page, and the filter and page to come back to.

A signed cookie that ends with the browser keeps them, so that looking at a list writes nothing. It
names its person: who signs in next in the same browser does not find the words of the last one.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core import signing
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

ROWS, PAGE = "rows", "page"
SIZES = (10, 20, 50, 100)
# What a cookie has room for.
MOST_LISTS, LONGEST = 6, 300
SALT = "thidua.lists"
# Under this name a request holds what was read of its cookie.
KEPT = "_left_lists"
Crumb = tuple[str, str | None]


def left_by(request: HttpRequest) -> dict[str, Any]:
    """What the browser keeps of this person: `rows` a page, `seen` lists by their address."""
    if KEPT not in request.__dict__:
        request.__dict__[KEPT] = read(request)
    kept: dict[str, Any] = request.__dict__[KEPT]
    return kept


def read(request: HttpRequest) -> dict[str, Any]:
    """The cookie; empty where it is none of ours or another person's."""
    try:
        kept = signing.loads(request.COOKIES.get(settings.LISTS_COOKIE_NAME, ""), salt=SALT)
    except signing.BadSignature:
        kept = {}
    return kept if kept and kept["who"] == request.user.pk else {"rows": 0, "seen": {}}


def rows_of_a_page(request: HttpRequest, usual: int) -> int:
    """Rows a page: as asked in the address, else as this person asked last, else the usual."""
    asked = request.GET.get(ROWS, "")
    sizes = {str(size): size for size in SIZES}
    return sizes.get(asked) or left_by(request)["rows"] or usual


def leave(request: HttpRequest, response: HttpResponse, *, label: str, model: type[Model]) -> None:
    """Keep how the list of this address is shown; the cookie is sent where that is news."""
    before = left_by(request)
    query = "&".join(part for part in request.GET.urlencode().split("&") if part[-1:] != "=")
    seen = {path: list_ for path, list_ in before["seen"].items() if path != request.path}
    if query and len(query) <= LONGEST:
        seen[request.path] = [query, label, model._meta.label_lower]
    rows = before["rows"]
    if request.GET.get(ROWS, "") in map(str, SIZES):
        rows = int(request.GET[ROWS])
    kept = {"rows": rows, "seen": dict(list(seen.items())[-MOST_LISTS:])}
    if kept == {"rows": before["rows"], "seen": before["seen"]}:
        return
    text = signing.dumps(kept | {"who": request.user.pk}, salt=SALT, compress=True)
    response.set_cookie(
        settings.LISTS_COOKIE_NAME,
        text,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def as_left(request: HttpRequest, crumbs: Sequence[Crumb]) -> list[Crumb]:
    """The crumbs; one that leads to a list leads to its filter and page as they were left."""
    seen = left_by(request)["seen"]
    return [(words, with_query(url, seen)) for words, url in crumbs]


def with_query(url: str | None, seen: Mapping[str, Sequence[str]]) -> str | None:
    """The address with the query that was left there."""
    return f"{url}?{seen[url][0]}" if url in seen else url


def way_back(request: HttpRequest, about: Any, crumbs: Sequence[Crumb]) -> tuple[str, str] | None:
    """Words and address of the filtered list from which one came to what the page is about.

    None where no such list was left, or the crumbs lead there already.
    """
    here = {url for _, url in crumbs}
    for path, (query, label, model) in reversed(left_by(request)["seen"].items()):
        is_of = isinstance(about, Model) and about._meta.label_lower == model
        if is_of and path not in here:
            return label, f"{path}?{query}"
    return None
