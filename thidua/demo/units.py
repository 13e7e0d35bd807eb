"""The units and blocs of the demo."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from blocs.states import BlocKind, BlocTier
from blocs.units.domain.former_names import ONE_DAY
from blocs.units.models import Bloc, Membership, Unit, UnitSuccession
from thidua.demo.keeping import keep_all
from thidua.demo.words.unit_rows import BLOC_5_IN_2020, BLOCS, BlocRow, UnitRow
from thidua.papers.papers import break_lines

PROVINCE = "UBND tỉnh Đắk Lắk"
LETTERHEAD_WIDTH = 26
NEW_MACHINERY = date(2025, 3, 1)
TWO_LEVELS = date(2025, 7, 1)
BLOC_5_SINCE = date(2018, 5, 31)
# The bloc whose units follow each other at its head, in the order of its list.
ROTATING, ROTATION = "KTĐ5", "Quy chế hoạt động của Khối, Điều 5 (minh họa)"
GENERAL_KNOWLEDGE = "Theo hiểu biết chung; chưa đối chiếu với văn bản sắp xếp bộ máy"
# Domain, 2.2: where the departments of the old bloc went.
SUCCESSIONS = (
    ("SGTVT", "SXD"),
    ("STNMT", "SNNMT"),
    ("SNNPTNT", "SNNMT"),
)
DISSOLVED = frozenset(old for old, _ in SUCCESSIONS)


@dataclass(frozen=True)
class Places:
    """Units and blocs by their codes."""

    units: Mapping[str, Unit]
    blocs: Mapping[str, Bloc]


def make_places(leaders: Mapping[str, str]) -> Places:
    """Write units, blocs, memberships and successions; `leaders` are names by unit code."""
    rows = [row for bloc in BLOCS for row in bloc.members]
    rows += [row for row in BLOC_5_IN_2020 if row.code in DISSOLVED]
    units = {unit.code: unit for unit in keep_all(unit_of(row, leaders) for row in rows)}
    places = enumerate(BLOCS, start=1)
    blocs = {bloc.code: bloc for bloc in keep_all(bloc_of(row, order) for order, row in places)}
    keep_all(row for bloc in BLOCS for row in memberships_of(bloc, blocs, units))
    keep_all(old_memberships(blocs["KTĐ5"], units))
    keep_all(
        UnitSuccession(
            predecessor=units[old],
            successor=units[new],
            on=NEW_MACHINERY,
            decision=GENERAL_KNOWLEDGE,
        )
        for old, new in SUCCESSIONS
    )
    return Places(units, blocs)


def unit_of(row: UnitRow, leaders: Mapping[str, str]) -> Unit:
    hand_set = row.letterhead.split("|") if row.letterhead else ()
    lines = hand_set or break_lines(row.name.upper(), LETTERHEAD_WIDTH)
    return Unit(
        name=row.name,
        short_name=row.short_name or row.name,
        code=row.code,
        superior=row.superior,
        letterhead="\n".join(lines),
        leader_name=leaders[row.code],
        leader_title=row.leader_title,
        dissolved_on=NEW_MACHINERY if row.code in DISSOLVED else None,
    )


def bloc_of(row: BlocRow, order: int) -> Bloc:
    return Bloc(
        name=row.name,
        code=row.code,
        kind=BlocKind.TERRITORIAL if row.is_cluster else BlocKind.FUNCTIONAL,
        tier=BlocTier.DELEGATED if row.is_delegated else BlocTier.PROVINCIAL,
        organiser=PROVINCE,
        letterhead=row.name.upper(),
        order=order,
        rotation_basis=ROTATION if row.code == ROTATING else "",
    )


def memberships_of(row: BlocRow, blocs, units) -> list[Membership]:
    stayed = {member.code for member in BLOC_5_IN_2020}
    return [
        Membership(
            bloc=blocs[row.code],
            unit=units[member.code],
            starts_on=BLOC_5_SINCE if member.code in stayed else TWO_LEVELS,
            decision="" if member.code in stayed else "Quyết định số 00/QĐ-UBND (minh họa)",
            turn=turn if row.code == ROTATING else None,
        )
        for turn, member in enumerate(row.members, start=1)
    ]


def old_memberships(bloc: Bloc, units) -> list[Membership]:
    """Departments that were in the bloc until they ceased."""
    return [
        Membership(
            bloc=bloc,
            unit=units[row.code],
            starts_on=BLOC_5_SINCE,
            ends_on=NEW_MACHINERY - ONE_DAY,
            end_decision=GENERAL_KNOWLEDGE,
        )
        for row in BLOC_5_IN_2020
        if row.code in DISSOLVED
    ]
