"""The whole: patterns of bloc years, then every bloc and year of every province as a copy."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from django.db import transaction

from awards.decisions.enums import DecisionState
from awards.decisions.models import Decision
from blocs.states import SeatRole, YearState
from blocs.years.models import AwardKind
from thidua.accounts.models import User
from thidua.demo.accounts import ACCOUNTS
from thidua.demo.log import Log
from thidua.demo.people import People
from thidua.demo.scale.copying import count_anew, last_key, without_checks
from thidua.demo.scale.patterns import Wanted, make_pattern, wanted_by
from thidua.demo.scale.places import Members, make_province, pattern_bloc, pattern_units
from thidua.demo.scale.shape import LAST_YEAR, Shape
from thidua.demo.scale.stamps import YEAR_WORDS, Keys, Stamp, write_copies
from thidua.demo.world import World
from thidua.papers.numbers import number_key

TITLE = "Về việc tặng Cờ thi đua, Bằng khen năm {year} cho các đơn vị thuộc tỉnh {province}"


@dataclass(frozen=True)
class Pattern:
    """A stamp with the units, the bloc and the decision that stand for those of a copy."""

    stamp: Stamp
    members: Members
    decision: int | None


@dataclass(frozen=True)
class DecisionKeys:
    """The decisions of a province: a published one for each year, a draft in the last."""

    by_year: dict[int, int]
    draft: int

    def of(self, year: int, state: YearState) -> int:
        return self.draft if state == YearState.PROPOSED else self.by_year[year]


def write_scale(shape: Shape, tell: Callable[[str], object] = lambda _: None) -> None:
    """Add provinces of that shape to a database that holds the demo."""
    patterns = read_patterns(shape)
    tell(f"{len(patterns)} mẫu năm thi đua")
    for number in range(1, shape.provinces + 1):
        with transaction.atomic():
            without_checks()
            write_province(number, shape, patterns)
        tell(f"tỉnh {number}/{shape.provinces}")
    count_anew()


def read_patterns(shape: Shape) -> dict[Wanted, Pattern]:
    """Every bloc year that is copied, written by the steps of the demo and taken back."""
    keys = Keys()
    try:
        with transaction.atomic():
            keys.lend()
            found = dict(written_patterns(shape, keys))
            transaction.set_rollback(True)
    finally:
        keys.give_back()
    return found


def written_patterns(shape: Shape, keys: Keys) -> Iterator[tuple[Wanted, Pattern]]:
    blocs = shape.of_province
    members = pattern_units(max(one.size for one in blocs))
    for number, wanted in enumerate(wanted_by(blocs)):
        bloc = pattern_bloc(number)
        before = keys.used()
        make_pattern(world_of(replace(members, bloc=bloc)), bloc.code, wanted, shape.leaves)
        after = keys.used()
        is_decided = after[Decision] > before[Decision]
        yield (
            wanted,
            Pattern(
                Stamp(before, after),
                replace(members, bloc=bloc),
                after[Decision] if is_decided else None,
            ),
        )


def world_of(members: Members) -> World:
    """Who acts in a pattern: its own units, and the officials of the demo."""
    codes = [unit.code for unit in members.units]
    province = {
        SeatRole(account.role): User.objects.get(username=account.username)
        for account in ACCOUNTS
        if not account.unit and not account.only
    }
    leaders, editors = (
        dict(zip(codes, people, strict=True)) for people in (members.leaders, members.editors)
    )
    kinds = {kind.code: kind for kind in AwardKind.objects.all()}
    units = dict(zip(codes, members.units, strict=True))
    people = People(leaders, editors, province, {})
    return World(units, {members.bloc.code: members.bloc}, people, kinds, Log())


def write_province(number: int, shape: Shape, patterns) -> None:
    blocs = make_province(number, shape)
    decided = make_decisions(number, shape)
    models = {block.model for one in patterns.values() for block in one.stamp.blocks}
    keys = {model: last_key(model) for model in models}
    for year in (*shape.closed_years, LAST_YEAR):
        write_copies(
            copy for one in blocs for copy in copies_of(one, year, patterns, decided, keys)
        )
    Keys(list(keys)).give_back()


def copies_of(members: Members, year: int, patterns, decided: DecisionKeys, keys) -> Iterator:
    """One bloc year; each year another unit leads, as the conference of the year before chose."""
    is_closed = year != LAST_YEAR
    state = YearState.ARCHIVED if is_closed else members.shape.state
    pattern = patterns[Wanted(replace(members.shape, state=state))]
    given = dict(members.words(pattern.members, year - members.bloc.pk % members.shape.size))
    given |= {word: str(year + n) for n, word in enumerate(YEAR_WORDS)}
    if pattern.decision:
        given[str(pattern.decision)] = str(decided.of(year, state))
    return pattern.stamp.lines(given, keys)


def make_decisions(province: int, shape: Shape) -> DecisionKeys:
    """The decisions of each year, with the lines of all blocs."""
    years = [*shape.closed_years, LAST_YEAR]
    rows = Decision.objects.bulk_create(decision_of(province, year) for year in years)
    draft = Decision.objects.create(
        year=LAST_YEAR, title=TITLE.format(year=LAST_YEAR, province=province)
    )
    return DecisionKeys({row.year: row.pk for row in rows}, draft.pk)


def decision_of(province: int, year: int) -> Decision:
    signed_on, number = dt.date(year, 11, 12), f"{province}/QĐ-UBND-T{province}"
    return Decision(
        year=year,
        title=TITLE.format(year=year, province=province),
        state=DecisionState.PUBLISHED,
        number=number,
        number_key=number_key(number, signed_on),
        signed_on=signed_on,
        signer_name="Nguyễn Văn A",
        published_at=dt.datetime(year, 11, 13, 1, tzinfo=dt.UTC),
    )
