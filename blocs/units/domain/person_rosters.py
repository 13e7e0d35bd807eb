"""What a line of a list of people means: an account with its seat, or what is wrong with it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from blocs.states import GUARDED_ROLES, UNIT_ROLES, SeatRole
from blocs.units.domain.rosters import Roster, RosterColumn, RosterLine, read_day
from thidua.common.vietnamese.text import tone_key, words

USERNAME = RosterColumn("username", "Tên đăng nhập", 150, also=("Tài khoản",), is_sign=True)
FULL_NAME = RosterColumn("full_name", "Họ và tên", 150, is_required=True, also=("Họ tên",))
UNIT = RosterColumn("unit", "Mã đơn vị", 30, also=("Đơn vị",), is_sign=True)
ROLE = RosterColumn("role", "Vai trò", 60, is_required=True, also=("Vai", "Vị trí"))
POST = RosterColumn("title", "Chức vụ", 150)
EMAIL = RosterColumn("email", "Thư điện tử", 254, also=("Email", "Hộp thư"))
PHONE = RosterColumn("phone", "Điện thoại", 30, also=("Số điện thoại",))
SINCE = RosterColumn("starts_on", "Từ ngày", is_required=True)
PERSON_COLUMNS = (USERNAME, FULL_NAME, UNIT, ROLE, POST, EMAIL, PHONE, SINCE)

# Each line is a password to hash and a slip to print, while nobody else writes.
MOST_PEOPLE = 500
# What offices call the seats beside their names; auditors have limits that a list does not hold.
ROLE_WORDS = {
    SeatRole.EDITOR: ("thư ký", "cán bộ", "đầu mối"),
    SeatRole.LEADER: ("lãnh đạo", "thủ trưởng"),
    SeatRole.OFFICE: ("thường trực",),
    SeatRole.COUNCIL: ("hội đồng",),
    SeatRole.CHAIR: (),
    SeatRole.SYSADMIN: ("quản trị",),
}
ROLES = {
    " ".join(words(said)): role
    for role, others in ROLE_WORDS.items()
    for said in (role.label, *others)
}
USABLE = re.compile(r"[\w.@+-]+")
MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")

NAME_TWICE = "Tên đăng nhập “{name}” trùng với dòng {number}."
SEAT_TWICE = "{name} đã có vị trí này ở dòng {number}."
TAKEN = "Tên đăng nhập “{name}” là của {owner}. Hãy dùng tên khác hoặc để trống."
HAS_ACCOUNT = (
    "{owner} đã có tài khoản “{name}”: giao thêm vị trí ở trang của người ấy, không qua danh sách."
)
BAD_NAME = "Tên đăng nhập chỉ gồm chữ, số và các dấu @ . + - _, không có dấu cách."
NO_ROLE = "Không giao được vai trò “{role}” bằng danh sách; các vai trò giao được: {roles}."
NO_UNIT = "Vai trò {role} phải có mã đơn vị."
OF_NO_UNIT = "Vai trò {role} không thuộc đơn vị nào: để trống mã đơn vị."
UNKNOWN = "Không có đơn vị nào mang mã “{code}”. Hãy ghi đúng mã hoặc thêm đơn vị trước."
ENDED = "Đơn vị mang mã “{code}” đã thôi hoạt động."
BAD_MAIL = "Thư điện tử “{mail}” viết chưa đúng."
MADE_NAME = "Tên đăng nhập do phần mềm đặt."
HOLDS = "Đang giữ vị trí này với tài khoản “{name}”; giữ nguyên."
ASKED = "Vị trí chờ người thứ hai xác nhận."


@dataclass(frozen=True)
class KnownPerson:
    """An account on record, and its seats that go on: pairs of role and code of the unit."""

    username: str
    full_name: str
    seats: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class KnownPeople:
    """What is on record: all accounts, and whether each unit, by its code, still works."""

    people: Sequence[KnownPerson] = ()
    units: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True)
class RosterPerson:
    """What one line means: an account and its seat; `note` says what is odd about it."""

    number: int
    username: str
    cells: Mapping[str, str]
    role: str = ""
    unit: str = ""
    starts_on: date | None = None
    is_known: bool = False
    note: str = ""
    faults: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The full name, as the list writes it."""
        return self.cells.get("full_name", "")

    @property
    def is_new(self) -> bool:
        """Whether an account would be opened."""
        return not (self.is_known or self.faults)

    @property
    def is_asked(self) -> bool:
        """Whether a second person has to confirm the seat."""
        return self.is_new and self.role in GUARDED_ROLES


def person_lines(roster: Roster, known: KnownPeople) -> list[RosterPerson]:
    """Each line of the list beside what is on record, in its order.

    A user name that is left out is made of the name: small letters without accents, and a number
    where it is taken.
    """
    reading = _Reading(known)
    reading.hold_names(roster.lines)
    return [reading.read(line) for line in roster.lines]


def username_for(full_name: str, taken: set[str]) -> str:
    """«nguyenvanan» of «Nguyễn Văn An», with a number where that is taken already."""
    bare = "".join(words(full_name))
    first = (bare if bare.isascii() else "") or "nguoidung"
    name, number = first[:140], 1
    while name in taken:
        number += 1
        name = f"{first[:140]}{number}"
    return name


class _Reading:
    """Goes through the lines and remembers which names and seats were met."""

    def __init__(self, known: KnownPeople) -> None:
        self.known = known
        self.by_name = {person.username: person for person in known.people}
        self.holders = {
            (tone_key(person.full_name), *seat): person
            for person in known.people
            for seat in person.seats
        }
        self.units = {code.casefold(): code for code in known.units}
        self.taken = set(self.by_name)
        self.names: dict[str, int] = {}
        self.seats: dict[tuple[str, str, str], int] = {}

    def hold_names(self, lines: Sequence[RosterLine]) -> None:
        """No name that is made may be one that a later line has."""
        self.taken |= {line["username"].lower() for line in lines}

    def read(self, line: RosterLine) -> RosterPerson:
        role, unit = ROLES.get(" ".join(words(line["role"])), ""), self.unit_of(line)
        key = (tone_key(line["full_name"]), role, unit)
        seat_faults = self.seat_faults(line, role)
        starts_on = read_day(line, SINCE)
        holder = self.holders.get(key)
        name = line["username"].lower()
        if holder and not (line.faults or seat_faults) and name in ("", holder.username):
            note = HOLDS.format(name=holder.username)
            return RosterPerson(line.number, holder.username, line.cells, is_known=True, note=note)
        faults = [*line.faults, *seat_faults, *self.doubles(line, name, key)]
        made = "" if name or faults else username_for(line["full_name"], self.taken)
        self.taken |= {made}
        notes = (MADE_NAME if made else "", ASKED if role in GUARDED_ROLES else "")
        return RosterPerson(
            line.number,
            name or made,
            line.cells,
            role,
            unit,
            starts_on,
            note=" ".join(filter(None, notes)),
            faults=tuple(faults),
        )

    def unit_of(self, line: RosterLine) -> str:
        """The code as it is on record, however it is capitalised in the list."""
        return self.units.get(line["unit"].casefold(), line["unit"])

    def seat_faults(self, line: RosterLine, role: str) -> list[str]:
        """What is wrong with the role, with its unit, with the mail address."""
        code, faults = self.unit_of(line), []
        if line["role"] and not role:
            roles = ", ".join(one.label for one in ROLE_WORDS)
            faults.append(NO_ROLE.format(role=line["role"], roles=roles))
        if role in UNIT_ROLES and not code:
            faults.append(NO_UNIT.format(role=SeatRole(role).label))
        if role and role not in UNIT_ROLES and code:
            faults.append(OF_NO_UNIT.format(role=SeatRole(role).label))
        if code and code not in self.known.units:
            faults.append(UNKNOWN.format(code=code))
        elif code and not self.known.units[code]:
            faults.append(ENDED.format(code=code))
        if line["email"] and not MAIL.fullmatch(line["email"]):
            faults.append(BAD_MAIL.format(mail=line["email"]))
        return faults

    def doubles(self, line: RosterLine, name: str, key: tuple[str, str, str]) -> list[str]:
        """User names and seats that an earlier line has, or somebody on record."""
        faults = []
        if name and not USABLE.fullmatch(name):
            faults.append(BAD_NAME)
        if name and (first := self.names.setdefault(name, line.number)) != line.number:
            faults.append(NAME_TWICE.format(name=name, number=first))
        if owner := self.by_name.get(name):
            is_same = tone_key(owner.full_name) == key[0]
            told = HAS_ACCOUNT if is_same else TAKEN
            faults.append(told.format(name=name, owner=owner.full_name))
        if (first := self.seats.setdefault(key, line.number)) != line.number:
            faults.append(SEAT_TWICE.format(name=line["full_name"], number=first))
        return faults
