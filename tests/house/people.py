"""The cast: everybody the matrix of rights speaks of, and the same people of another bloc."""

import datetime as dt
from dataclasses import dataclass

import rules
from django.contrib.auth.models import AnonymousUser

from blocs.states import SeatRole
from tests.factories.people import SeatFactory, UserFactory, auditor, editor_of, leader_of, official
from tests.house.objects import Side, build_side

# The columns of the matrix, in its order.
COLUMNS = (
    "unit_secretary",
    "unit_leader",
    "bloc_secretary",
    "bloc_head",
    "deputy",
    "office",
    "council",
    "chair",
    "sysadmin",
    "public",
)
UNIT_KINDS = COLUMNS[:5]
STRANGERS = tuple(f"other_{kind}" for kind in (*UNIT_KINDS, "deputy_secretary"))
# An account alone is nobody: not by the superuser flag, nor by a seat of last year.
NOBODIES = ("superuser", "seatless", "former", "stopped")
# Who sees and never acts, and seats that reach the own bloc alone; the half one sees all and acts
# for the own bloc.
REACHING = ("auditor", "bloc_auditor", "bloc_office", "half_office")
KINDS = (*COLUMNS, "deputy_secretary", *STRANGERS, *NOBODIES, *REACHING)


@dataclass(frozen=True)
class Cast:
    """Two blocs with the same objects in the same states, and the people of both."""

    own: Side
    other: Side
    people: dict

    def person(self, kind):
        """The person afresh, as a new request would read it."""
        person = self.people[kind]
        return type(person).objects.get(pk=person.pk) if person.pk else person


def build_cast() -> Cast:
    own, other = build_side("thứ nhất"), build_side("thứ hai")
    strangers = {f"other_{kind}": person for kind, person in unit_people(other).items()}
    people = unit_people(own) | strangers | province_people() | nobodies(own)
    people |= reaching_people(own)
    return Cast(own, other, people)


def unit_people(side):
    return {
        "unit_secretary": editor_of(side.unit),
        "unit_leader": leader_of(side.unit),
        "bloc_secretary": editor_of(side.head),
        "bloc_head": leader_of(side.head),
        "deputy": leader_of(side.deputy),
        "deputy_secretary": editor_of(side.deputy),
    }


def province_people():
    roles = (SeatRole.OFFICE, SeatRole.COUNCIL, SeatRole.CHAIR, SeatRole.SYSADMIN)
    return {role.value: official(role) for role in roles} | {"public": AnonymousUser()}


def reaching_people(side):
    only = [side.bloc.pk]
    return {
        "auditor": auditor(),
        "bloc_auditor": auditor(sees_only=only),
        "bloc_office": official(SeatRole.OFFICE, sees_only=only),
        "half_office": official(SeatRole.OFFICE, edits_only=only),
    }


def nobodies(side):
    former = leader_of(side.head)
    former.seats.update(ends_on=dt.date(2020, 12, 31))
    stopped = leader_of(side.head)
    stopped.is_active = False
    stopped.save()
    return {
        "superuser": UserFactory(is_superuser=True, is_staff=True),
        "seatless": UserFactory(),
        "former": former,
        "stopped": stopped,
    }


def everybody(side):
    """One person on every chair but the sysadmin's, who must not see a score."""
    person = official(SeatRole.OFFICE)
    for role in (SeatRole.COUNCIL, SeatRole.CHAIR):
        SeatFactory(user=person, unit=None, role=role)
    for unit in side.units:
        for role in (SeatRole.EDITOR, SeatRole.LEADER):
            SeatFactory(user=person, unit=unit, role=role)
    return person


def holds(person, right, obj) -> bool:
    """Whether the table gives `right`; also asked for the public, which has no account."""
    if person.is_anonymous:
        return rules.has_perm(right, person, obj)
    return person.has_perm(right, obj)
