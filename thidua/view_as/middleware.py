"""While somebody looks as another person, every page is that person's and nothing can be done."""

from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.utils import timezone

from thidua.view_as.actions import end_view, note_page
from thidua.view_as.sessions import Viewing, end, found, is_new

OUT = "accounts:logout"
SAFE = ("GET", "HEAD", "OPTIONS")
# What one presses nevertheless: it ends the looking, or writes nothing but the session.
OPEN = ("view_as:view_as_end", OUT, "home:choose_year")
# What a person keeps of the own account is not looked at.
CLOSED = ("accounts", "tokens")
OVER = "Đã hết thời gian xem như {person}."
NO_MORE = "Không xem như {person} được nữa."


class WatchedRequest(HttpRequest):
    """A request that came through here knows whether somebody looks as another."""

    viewing: Viewing | None


class ViewAs:
    """Puts the other person in the place of the one who is signed in; the session stays."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.viewing = found(request) if request.user.is_authenticated else None
        if request.viewing is None:
            return self.get_response(request)
        if why := why_ended(request.viewing):
            return self.stop(request, why)
        return self.show(request)

    def stop(self, request, why):
        """The looking ends by itself; what was asked for is not done."""
        viewing = request.viewing
        words = why.format(person=viewing.person)
        end_view(viewing.person, actor=viewing.viewer, why=words)
        end(request)
        request.viewing = None
        request.session["view_as_over"] = words
        return redirect("view_as:view_as_new")

    def show(self, request):
        """The page as the other person sees it; the first time it stands in the log book."""
        person = request.viewing.person
        person.seen_by = request.viewing.viewer
        # These lead to pages of the account, which stay closed; nothing can be done anyway.
        person.must_change_password = False
        request.user = person
        response = self.get_response(request)
        is_told = request.method == "GET" and response.status_code == 200
        if is_told and is_new(request, request.path):
            note_page(person, actor=request.viewing.viewer, path=request.path)
        return response

    def process_view(self, request, view, args, kwargs):
        name = request.resolver_match.view_name
        if request.viewing is not None and name == OUT:
            # Who signs out is the person of the session.
            request.user = request.viewing.viewer
        if request.viewing is None or name in OPEN:
            return None
        if request.method in SAFE and request.resolver_match.app_name not in CLOSED:
            return None
        return render(request, "view_as/refused.html", status=403)


def why_ended(viewing):
    """Why the looking is over; empty while it goes on."""
    if timezone.now() >= viewing.ends_at:
        return OVER
    return "" if viewing.viewer.has_perm("view_as.view_as", viewing.person) else NO_MORE
