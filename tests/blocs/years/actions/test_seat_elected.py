"""A planned year takes head and deputy from the newest signed sitting that chose them."""

import datetime as dt

import pytest

from blocs.conferences.models import Conference
from blocs.states import ConferenceState, SeatRole
from blocs.years.actions.years import plan_year
from tests.factories.conferences import named_year
from tests.factories.people import official

pytestmark = pytest.mark.django_db
NAMES = ("Sở A", "Sở B", "Sở C")


def held(year, number, state=ConferenceState.SIGNED, **chosen):
    starts = dt.datetime(2026, 12, 9 + number, 1, tzinfo=dt.UTC)
    facts = {"starts_at": starts, "ended_at": starts + dt.timedelta(hours=2)}
    return Conference.objects.create(bloc_year=year, number=number, state=state, **facts, **chosen)


def planned(*sittings):
    """The year after one with these sittings; head and deputy by the place of their unit."""
    year = named_year(NAMES, year=2026)
    members = [member.unit for member in year.members.select_related("unit").order_by("order")]
    for unit in members:
        year.bloc.memberships.get_or_create(unit=unit, defaults={"starts_on": dt.date(2020, 1, 1)})
    for number, (state, head, deputy) in enumerate(sittings, start=1):
        chosen = {
            post: members[place]
            for post, place in (("next_head", head), ("next_deputy", deputy))
            if place is not None
        }
        held(year, number, state, **chosen)
    made = plan_year(
        year.bloc, actor=official(SeatRole.OFFICE), year=2027, members_on=dt.date(2027, 1, 1)
    )
    return tuple(str(unit) if unit else "" for unit in (made.head, made.deputy)), made.head_basis


S, OPEN = ConferenceState.SIGNED, ConferenceState.OPEN


@pytest.mark.parametrize(
    ("sittings", "posts", "basis"),
    (
        ([(S, 0, 1)], ("Sở A", "Sở B"), "Hội nghị tổng kết năm 2026, ngày 10/12/2026"),
        (
            [(S, 0, 1), (S, 2, None)],
            ("Sở C", "Sở B"),
            "Hội nghị bổ sung năm 2026, ngày 11/12/2026",
        ),
        (
            [(S, 0, 1), (S, None, 2), (OPEN, 1, None)],
            ("Sở A", "Sở C"),
            "Hội nghị tổng kết năm 2026, ngày 10/12/2026",
        ),
        ([(S, 0, 1), (S, 1, None)], ("Sở B", ""), "Hội nghị bổ sung năm 2026, ngày 11/12/2026"),
        ([(S, None, None)], ("", ""), ""),
        ([(S, None, 1)], ("", "Sở B"), ""),
    ),
)
def test_the_last_choice_of_each_post_counts(sittings, posts, basis):
    assert planned(*sittings) == (posts, basis)
