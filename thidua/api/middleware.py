"""Whoever refuses a program, it hears JSON: our form of a refusal in the place of a page."""

from django.http import HttpRequest, HttpResponse

from thidua.api.answers import JSON, written
from thidua.api.described.openapi import BASE
from thidua.api.refusals import refusal_of


class AnswersPrograms:
    """Middleware: below the address of programs no answer of an error is a page.

    An unknown address, a fault of ours, a host that is not ours, a refused form: all of them are
    answered by the frame of the pages, outside of the views here. What was logged of them stays so.
    """

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer; of an error with the status alone, and a sentence about it."""
        answer = self.get_response(request)
        if is_page_of_error(request, answer):
            written(refusal_of(answer.status_code), answer)
        return answer


def is_page_of_error(request: HttpRequest, answer: HttpResponse) -> bool:
    """Whether a program would read something else than JSON."""
    is_error = answer.status_code >= 400 and request.path.startswith(f"{BASE}/")
    return is_error and answer.get("Content-Type") != JSON
