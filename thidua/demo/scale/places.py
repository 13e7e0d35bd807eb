"""Units, blocs and people of the provinces, and those that stand for them in the patterns."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password

from blocs.states import BlocKind, BlocTier, SeatRole
from blocs.units.models import Bloc, Membership, Seat, Unit
from thidua.accounts.models import User
from thidua.demo.people import FAMILIES, LETTERS, SUFFIXES, invented_name
from thidua.demo.scale.shape import NAMES, BlocShape, Shape, drawn
from thidua.demo.scale.stamps import word

SINCE = date(2015, 1, 5)
PEOPLE = len(FAMILIES) * len(LETTERS)
BATCH = 2000


@dataclass(frozen=True)
class Members:
    """A bloc with its units in their order, and who sits in them."""

    bloc: Bloc
    shape: BlocShape
    units: tuple[Unit, ...]
    leaders: tuple[User, ...]
    editors: tuple[User, ...]

    def words(self, pattern: "Members", turn: int) -> Iterator[tuple[str, str]]:
        """What a copy has for each number and name of the pattern; `turn`: who comes first."""
        yield str(pattern.bloc.pk), str(self.bloc.pk)
        yield pattern.bloc.name, self.bloc.name
        yield pattern.bloc.code, self.bloc.code
        for place in range(self.shape.size):
            mine = (place + turn) % self.shape.size
            stands, unit = pattern.units[place], self.units[mine]
            yield str(stands.pk), str(unit.pk)
            yield stands.name, unit.name
            yield stands.short_name, unit.short_name
            yield stands.code, unit.code
            for group in ("leaders", "editors"):
                person = getattr(self, group)[mine]
                other = getattr(pattern, group)[place]
                yield str(other.pk), str(person.pk)
                yield other.full_name, person.full_name


def pattern_units(size: int) -> Members:
    """The units and people of all patterns; their names are numbers that copies replace."""
    units = [
        unit(word("unit", n), word("short", n), word("code", n), "Giám đốc") for n in range(size)
    ]
    people = {
        kind: [person(word(kind, n), word(kind, n)) for n in range(size)]
        for kind in ("leader", "editor")
    }
    return Members(
        Bloc(),
        BlocShape(size, ""),
        tuple(Unit.objects.bulk_create(units)),
        *(tuple(User.objects.bulk_create(rows)) for rows in people.values()),
    )


def pattern_bloc(number: int) -> Bloc:
    return Bloc.objects.create(name=word("bloc", number), code=word("bloc_code", number))


def make_province(number: int, shape: Shape) -> list[Members]:
    """The blocs of one province with their units, memberships, people and seats."""
    shapes, first = shape.of_province, drawn(shape.seed, number) % len(NAMES)
    rows = [NAMES[(first + place) % len(NAMES)] for place in range(len(shapes))]
    blocs = Bloc.objects.bulk_create(
        bloc_of(row, number, place) for place, row in enumerate(rows, start=1)
    )
    counted = iter(range(1, sum(one.size for one in shapes) + 1))
    wanted = [
        unit_of(row, number, next(counted))
        for row, one in zip(rows, shapes, strict=True)
        for _ in range(one.size)
    ]
    units = Unit.objects.bulk_create(wanted, batch_size=BATCH)
    people = {role: make_people(role, units, shape.seed) for role in SUFFIXES}
    found, members = iter(zip(units, *people.values(), strict=True)), []
    for bloc, one in zip(blocs, shapes, strict=True):
        own = [next(found) for _ in range(one.size)]
        members.append(Members(bloc, one, *zip(*own, strict=True)))
    Membership.objects.bulk_create(
        (
            Membership(bloc=one.bloc, unit=unit, starts_on=SINCE, turn=turn)
            for one in members
            for turn, unit in enumerate(one.units, start=1)
        ),
        batch_size=BATCH,
    )
    return members


def bloc_of(row: Mapping, province: int, place: int) -> Bloc:
    name = row["bloc"].format(b=place, p=province)
    is_cluster = row.get("is_cluster", False)
    return Bloc(
        name=name,
        code=f"K{place}T{province}",
        kind=BlocKind.TERRITORIAL if is_cluster else BlocKind.FUNCTIONAL,
        tier=BlocTier.PROVINCIAL,
        organiser=f"UBND tỉnh {province}",
        letterhead=name.upper(),
        order=place,
    )


def unit_of(row: Mapping, province: int, number: int) -> Unit:
    said = {"n": number, "p": province}
    name, short = row["unit"].format(**said), row["short"].format(**said)
    return unit(name, short, f"D{number}T{province}", row["title"])


def unit(name: str, short: str, code: str, title: str) -> Unit:
    return Unit(name=name, short_name=short, code=code, letterhead=name.upper(), leader_title=title)


def make_people(role: SeatRole, units: list[Unit], seed: int) -> list[User]:
    """A person of that role for each unit, without a password, and the seat."""
    people = [
        person(
            f"{unit.code.lower()}.{SUFFIXES[role]}",
            invented_name(drawn(seed, unit.code, role) % PEOPLE),
        )
        for unit in units
    ]
    found = User.objects.bulk_create(people, batch_size=BATCH)
    Seat.objects.bulk_create(
        (
            Seat(
                user=one,
                role=role,
                unit=unit,
                title=unit.leader_title if role == SeatRole.LEADER else "Chuyên viên",
                starts_on=SINCE,
            )
            for one, unit in zip(found, units, strict=True)
        ),
        batch_size=BATCH,
    )
    return found


NOBODY_SIGNS_IN = make_password(None)


def person(username: str, full_name: str) -> User:
    return User(username=username, full_name=full_name, password=NOBODY_SIGNS_IN)
