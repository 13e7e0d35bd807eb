"""A request that meets what another one wrote at the same moment is answered once more."""

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse


class MeetingOthers:
    """Middleware: where a rule of the database stops a view, the view is asked a second time.

    By then what the other request wrote is there to be seen, and the action says that rule in its
    own sentence. Everything the first try wrote was taken back (actions are atomic). Stopped again,
    nobody else was in its way, and the fault is ours.
    """

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The answer of the second try; None for what is no such stop."""
        if not isinstance(exception, IntegrityError):
            return None
        for file in request.FILES.values():
            file.seek(0)
        found = request.resolver_match
        return found.func(request, *found.args, **found.kwargs)
