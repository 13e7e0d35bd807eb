"""The rules of the database about years, their members and leaders; see `broken_rows`."""

import datetime as dt
from dataclasses import dataclass

from blocs.states import RegistrationState
from blocs.years.models import Leadership, MemberChange, Registration, YearMember
from tests.factories.blocs import BlocFactory, BlocYearFactory
from tests.factories.people import UnitFactory, UserFactory

DAY = dt.date(2026, 6, 1)
NOON = dt.datetime(2026, 6, 1, 5, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Line:
    """A stored row, the values that break the rule, and those that come close and do not.

    A rule about two rows is broken by a second row like the first one, with these values.
    """

    row: object
    accepted: tuple[dict, ...]
    broken: tuple[dict, ...] = ({},)


def states(*names, **values):
    """The same values in several states."""
    return tuple({"state": name} | values for name in names)


def change(**values):
    """A unit that leaves a year."""
    needed = {"number": 1, "kind": "left", "on": DAY, "decision": "QĐ 1", "unit": UnitFactory()}
    who = {"bloc_year": values.pop("bloc_year", None) or BlocYearFactory()}
    return MemberChange.objects.create(recorded_by=UserFactory(), **needed | who | values)


def leadership():
    """A year that nobody leads from a day on."""
    said = {"number": 1, "on": DAY, "decision": "QĐ 1", "recorded_by": UserFactory()}
    return Leadership.objects.create(bloc_year=BlocYearFactory(), **said)


def registration():
    return Registration.objects.create(bloc_year=BlocYearFactory(), unit=UnitFactory())


YEAR_LINES = {
    "bloc_year_acting_head_is_named": lambda: Line(
        BlocYearFactory(head=None),
        ({"head": UnitFactory(), "head_is_acting": True},),
        ({"head_is_acting": True},),
    ),
    "leadership_number_once": lambda: Line(
        leadership(), ({"bloc_year": BlocYearFactory()}, {"number": 2})
    ),
    "leadership_cancelled_has_reason": lambda: Line(
        leadership(), ({"cancelled_at": NOON, "cancel_reason": "A"},), ({"cancelled_at": NOON},)
    ),
    "leadership_acting_names_unit": lambda: Line(
        leadership(),
        ({"head": UnitFactory(), "head_is_acting": True},),
        ({"head_is_acting": True},),
    ),
    "member_change_number_once": lambda: Line(
        change(), ({"bloc_year": BlocYearFactory()}, {"number": 2})
    ),
    "member_change_names_counterpart": lambda: Line(
        change(),
        ({"kind": "merged", "counterpart": UnitFactory()},),
        ({"kind": "merged"}, {"kind": "split"}),
    ),
    "member_change_moves_to_one_place": lambda: Line(
        change(kind="moved"),
        ({"to_bloc": (there := BlocFactory())}, {"is_outside": True}),
        (
            {"to_bloc": there, "is_outside": True},
            {"kind": "left", "to_bloc": there},
            {"kind": "left", "is_outside": True},
        ),
    ),
    "member_change_cancels_exactly_when_so_called": lambda: Line(
        (row := change()),
        ({"kind": "cancelled", "cancels": change(bloc_year=row.bloc_year, number=2)},),
        (
            {"kind": "cancelled"},
            {"cancels": change(bloc_year=row.bloc_year, number=3)},
        ),
    ),
    "MemberChange.cancels": lambda: Line(
        (row := change(kind="cancelled", cancels=change(number=9))),
        ({"number": 2, "cancels": change(bloc_year=row.bloc_year, number=3)},),
        ({"number": 2},),
    ),
    "year_member_once": lambda: Line(
        YearMember.objects.create(bloc_year=BlocYearFactory(), unit=UnitFactory()),
        ({"bloc_year": BlocYearFactory()}, {"unit": UnitFactory()}),
    ),
    "registration_one_per_unit_and_year": lambda: Line(
        registration(), ({"bloc_year": BlocYearFactory()}, {"unit": UnitFactory()})
    ),
    "registration_signed_has_time": lambda: Line(
        registration(),
        states(RegistrationState.SIGNED, signed_at=NOON),
        states(*list(RegistrationState)[1:]),
    ),
}
