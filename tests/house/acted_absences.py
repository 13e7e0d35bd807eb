"""The acts about absences and seats that are given on, as test_log_fails calls them."""

import datetime as dt
from functools import partial

from django.utils.timezone import localdate

from blocs.units.actions.absences import end_absence, hand_over_seats, name_substitute


def away(person, substitute):
    """The act by which the person is away for a week; the substitute sits in the same unit."""
    today = localdate()
    days = {"starts_on": today, "ends_on": today + dt.timedelta(days=7)}
    return partial(name_substitute, actor=person, substitute=substitute, title="Phó", **days)


def back(person, substitute):
    away(person, substitute)()
    return partial(end_absence, actor=person)


ABSENCE_ACTS = {
    "name_substitute": lambda c, by: away(by("unit_leader"), by("unit_secretary")),
    "end_absence": lambda c, by: back(by("unit_leader"), by("unit_secretary")),
    "hand_over_seats": lambda c, by: partial(
        hand_over_seats,
        by("unit_secretary"),
        actor=by("sysadmin"),
        to=by("seatless"),
        on=localdate(),
    ),
}
