"""The year of the year chooser."""

from django.utils import timezone


def chosen_year(request) -> int:
    """The remembered year, else the running one."""
    return request.session.get("year", timezone.localdate().year)
