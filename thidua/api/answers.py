"""JSON as it leaves: facts with a strong ETag, refusals with a sentence."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers

from thidua.api.described.told import FAULT
from thidua.api.refusals import RefusedError, refusal_of

JSON = "application/json; charset=utf-8"
# Kept by who asked, and asked about again each time: rights and facts change.
FOR_PERSON, FOR_ALL = "private, no-cache", "public, max-age=300"
NOT_FOUND = refusal_of(404)
BEARER = 'Bearer realm="thidua"'


def as_json(facts: Mapping[str, Any]) -> bytes:
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()


def tagged(request: HttpRequest, answer: HttpResponse) -> HttpResponseBase:
    """The answer with the hash of its bytes as ETag; 304 without them for who has them."""
    answer["ETag"] = f'"{sha256(answer.content).hexdigest()}"'
    return get_conditional_response(request, etag=answer["ETag"], response=answer)


def json_answer(
    request: HttpRequest, facts: Mapping[str, Any], *, for_person: bool
) -> HttpResponseBase:
    """Facts, for the person of the token alone or for everybody."""
    answer = HttpResponse(as_json(facts), content_type=JSON)
    answer["Cache-Control"] = FOR_PERSON if for_person else FOR_ALL
    if for_person:
        patch_vary_headers(answer, ("Authorization",))
    return tagged(request, answer)


def refusal_answer(refusal: RefusedError) -> HttpResponse:
    """Why there are no facts, with the headers that the status asks for."""
    return written(refusal, HttpResponse(status=refusal.status))


def written(refusal: RefusedError, answer: HttpResponse) -> HttpResponse:
    """The refusal as the text of the answer, in the place of what stood in it."""
    answer.content = as_json({"error": FAULT.write(refusal)})
    answer["Content-Type"], answer["Content-Length"] = JSON, str(len(answer.content))
    answer["Cache-Control"] = "private, no-store"
    patch_vary_headers(answer, ("Authorization",))
    if refusal.status == 401:
        answer["WWW-Authenticate"] = BEARER
    if refusal.status == 405:
        answer["Allow"] = "GET, HEAD"
    if refusal.wait:
        answer["Retry-After"] = str(refusal.wait)
    return answer
