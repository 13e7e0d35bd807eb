"""The lines of `broken_rows.py` about accounts and what is asked for them."""

from tests.factories.people import UserFactory, request_about
from tests.house.broken_rows import NOON, Line


def decided():
    """Somebody did not agree."""
    return {"outcome": "refused", "decided_by": UserFactory(), "decided_at": NOON}


def confirmed_alone():
    row = request_about(UserFactory(), **decided())
    alone = [{"outcome": "confirmed", "decided_by": one} for one in (row.asked_by, row.user)]
    return Line(row, ({"outcome": "confirmed"},), tuple(alone))


PEOPLE = {
    "account_request_is_decided_by_somebody": lambda: Line(
        request_about(UserFactory()),
        (decided(),),
        ({"outcome": "refused"}, {"decided_at": NOON}, {"outcome": "refused", "decided_at": NOON}),
    ),
    "account_request_needs_two_people": confirmed_alone,
    "account_request_forgets_the_password": lambda: Line(
        request_about(UserFactory(), **decided()), ({"note": "Nhầm"},), ({"password": "x"},)
    ),
    "user_name_in_small_letters": lambda: Line(
        UserFactory(), ({"username": "an.2"},), ({"username": "An"}, {"username": "aN"})
    ),
}
