"""The people of the demo: for every unit an editor and a leader, and the seats of the province.

Nobody is a real person: the given name of each is a single letter.
"""

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password

from blocs.states import SeatRole
from blocs.units.models import Bloc, Seat, Unit
from thidua.accounts.models import User
from thidua.common.vietnamese.text import fold
from thidua.demo.accounts import ACCOUNTS
from thidua.demo.keeping import keep_all
from thidua.demo.words.unit_rows import BLOC_5_IN_2020, BLOCS

FAMILIES = (
    "Nguyễn Văn",
    "Trần Thị",
    "Lê Văn",
    "Phạm Thị",
    "Hoàng Văn",
    "Vũ Thị",
    "Đặng Văn",
    "Bùi Thị",
)
LETTERS = "ABCDĐEGHIKLMNOPQRSTUVXY"
SINCE = date(2018, 5, 31)
SUFFIXES = {SeatRole.LEADER: "lanhdao", SeatRole.EDITOR: "canbo"}
PROVINCE_TITLES = {
    SeatRole.OFFICE: "Chuyên viên Phòng Thi đua – Khen thưởng, Sở Nội vụ",
    SeatRole.COUNCIL: "Ủy viên Hội đồng Thi đua – Khen thưởng tỉnh",
    SeatRole.CHAIR: "Chủ tịch UBND tỉnh",
    SeatRole.SYSADMIN: "Quản trị hệ thống",
    SeatRole.AUDITOR: "Thanh tra tỉnh",
}


@dataclass(frozen=True)
class People:
    """Who acts in the demo: leaders and editors by unit code, the province by seat."""

    leaders: Mapping[str, User]
    editors: Mapping[str, User]
    province: Mapping[SeatRole, User]
    # Officials whose seat is limited to some blocs, by user name.
    limited: Mapping[str, User]

    @property
    def office(self) -> User:
        return self.province[SeatRole.OFFICE]

    @property
    def chair(self) -> User:
        return self.province[SeatRole.CHAIR]

    @property
    def council(self) -> User:
        return self.province[SeatRole.COUNCIL]


def unit_codes() -> list[str]:
    """Every unit once, those of the bloc of 2020 first."""
    rows = [*BLOC_5_IN_2020, *(row for bloc in BLOCS for row in bloc.members)]
    return list(dict.fromkeys(row.code for row in rows))


def invented_name(number: int) -> str:
    """The name of the person of this number, starting at 0: Nguyễn Văn A, Nguyễn Văn B, …"""
    return f"{FAMILIES[number // len(LETTERS)]} {LETTERS[number % len(LETTERS)]}"


def make_people() -> People:
    """Write all persons; the seats follow once there are units."""
    passwords = hashed_passwords()
    codes = unit_codes()
    names = map(invented_name, range(len(FAMILIES) * len(LETTERS)))
    people = {
        role: {code: person(username_of(role, code), next(names), passwords) for code in codes}
        for role in SUFFIXES
    }
    province = {
        SeatRole(account.role): person(account.username, next(names), passwords)
        for account in ACCOUNTS
        if not account.unit and not account.only
    }
    limited = {
        account.username: person(account.username, next(names), passwords)
        for account in ACCOUNTS
        if account.only
    }
    keep_all([*people[SeatRole.LEADER].values(), *people[SeatRole.EDITOR].values()])
    keep_all([*province.values(), *limited.values()])
    return People(people[SeatRole.LEADER], people[SeatRole.EDITOR], province, limited)


def username_of(role: SeatRole, code: str) -> str:
    return f"{fold(code)}.{SUFFIXES[role]}"


def hashed_passwords() -> dict[str, str]:
    """Hashing is slow on purpose and leaves the interpreter free, so all cores share it."""
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        hashes = pool.map(make_password, [account.password for account in ACCOUNTS])
    return {account.username: hashed for account, hashed in zip(ACCOUNTS, hashes, strict=True)}


def person(username: str, full_name: str, passwords: Mapping[str, str]) -> User:
    must_change = {account.username for account in ACCOUNTS if account.must_change_password}
    return User(
        username=username,
        full_name=full_name,
        password=passwords.get(username) or make_password(None),
        must_change_password=username in must_change,
    )


def make_seats(people: People, units: Mapping[str, Unit], blocs: Mapping[str, Bloc]) -> None:
    until = {account.role: account.until for account in ACCOUNTS if account.until}
    keep_all(
        [
            *seats_in_units(SeatRole.LEADER, people.leaders, units),
            *seats_in_units(SeatRole.EDITOR, people.editors, units),
            *(
                Seat(
                    user=user,
                    role=role,
                    title=PROVINCE_TITLES[role],
                    starts_on=SINCE,
                    ends_on=until.get(role),
                )
                for role, user in people.province.items()
            ),
            *(
                Seat(
                    user=people.limited[account.username],
                    role=account.role,
                    title=PROVINCE_TITLES[account.role],
                    starts_on=SINCE,
                    sees_only=[blocs[code].pk for code in account.only],
                )
                for account in ACCOUNTS
                if account.only
            ),
        ]
    )


def seats_in_units(role: SeatRole, people: Mapping[str, User], units) -> Sequence[Seat]:
    is_leader = role == SeatRole.LEADER
    return [
        Seat(
            user=user,
            role=role,
            unit=units[code],
            title=units[code].leader_title if is_leader else "Chuyên viên",
            starts_on=SINCE,
        )
        for code, user in people.items()
    ]
