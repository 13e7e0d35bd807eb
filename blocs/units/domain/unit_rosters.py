"""What a line of a list of units means: a new unit, one that is known, or what is wrong with it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from blocs.units.domain.rosters import Roster, RosterColumn, RosterLine, read_day
from blocs.units.domain.unit_lists import CODE_LENGTH, code_for, short_name_for
from thidua.common.vietnamese.text import fold, squeeze, tone_key

CODE = RosterColumn("code", "Mã đơn vị", CODE_LENGTH, also=("Mã",), is_sign=True)
NAME = RosterColumn("name", "Tên chính thức", 255, is_required=True, also=("Tên đơn vị",))
SHORT = RosterColumn("short_name", "Tên rút gọn", 100)
SUPERIOR = RosterColumn("superior", "Cơ quan chủ quản", 255)
TITLE = RosterColumn("leader_title", "Chức danh thủ trưởng", 150, also=("Chức vụ thủ trưởng",))
ADDRESS = RosterColumn("address", "Địa chỉ", 255)
BLOC = RosterColumn("bloc", "Mã khối, cụm", 20, also=("Khối", "Mã khối"), is_sign=True)
FROM = RosterColumn("starts_on", "Thuộc khối từ ngày", also=("Từ ngày",))
UNIT_COLUMNS = (CODE, NAME, SHORT, SUPERIOR, TITLE, ADDRESS, BLOC, FROM)

CODE_TWICE = "Mã “{code}” trùng với dòng {number}."
NAME_TWICE = "Tên trùng với dòng {number}: {name}."
ALIKE = (
    "Tên chỉ khác dấu với {other}. Hãy sửa cho đúng; nếu là hai đơn vị khác nhau thì đánh dấu ô "
    "“Những tên chỉ khác dấu là các đơn vị khác nhau”."
)
OTHER_UNIT = "Mã “{code}” là của {name}. Hãy ghi đúng tên hoặc dùng mã khác."
OTHER_CODE = "Đã có đơn vị mang tên này: {name} (mã {code}). Hãy ghi đúng mã ấy hoặc để trống."
ENDED = "Mã “{code}” là của {name}, đã thôi hoạt động. Hãy dùng mã khác."
NO_BLOC = (
    "Không có khối, cụm nào có ký hiệu “{code}”. Hãy lập khối, cụm trước hoặc ghi đúng ký hiệu."
)
CLOSED_BLOC = "Khối, cụm có ký hiệu “{code}” đã ngừng hoạt động."
NO_FROM = (
    "Thiếu ngày thuộc khối: đơn vị vào khối từ ngày của quyết định, không mặc nhiên từ hôm nay."
)
NO_BLOC_OF_DAY = "Có ngày thuộc khối mà không có mã khối, cụm."
MADE_CODE = "Mã {code} do phần mềm đặt."
KNOWN = "Đã có, giữ nguyên."
DIFFERS = "Đã có, giữ nguyên; {fields} trong danh sách khác và không được sửa ở đây."


@dataclass(frozen=True)
class KnownUnit:
    """A unit on record: all it is or was called, and what a list may say of it otherwise."""

    code: str
    name: str
    names: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    is_standing: bool = True


@dataclass(frozen=True)
class KnownUnits:
    """What is on record: all units, and whether each bloc, by its sign, is at work."""

    units: Sequence[KnownUnit] = ()
    blocs: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True)
class RosterUnit:
    """What one line means: `data` of a new unit and the bloc it joins; `note` says what is odd."""

    number: int
    data: Mapping[str, str]
    bloc: str = ""
    starts_on: date | None = None
    is_known: bool = False
    note: str = ""
    faults: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The official name, as the list writes it."""
        return self.data.get("name", "")

    @property
    def is_new(self) -> bool:
        """Whether a unit would be made of the line."""
        return not (self.is_known or self.faults)


def unit_lines(roster: Roster, known: KnownUnits, *, is_alike: bool = False) -> list[RosterUnit]:
    """Each line of the list beside what is on record, in its order.

    `is_alike`: names that differ in their accents alone were said to be different units. A code
    that is left out is made of the name.
    """
    reading = _Reading(known, is_alike=is_alike)
    reading.hold_codes(roster.lines)
    return [reading.read(line) for line in roster.lines]


class _Reading:
    """Goes through the lines and remembers which codes and names were met."""

    def __init__(self, known: KnownUnits, *, is_alike: bool) -> None:
        self.known, self.is_alike = known, is_alike
        self.by_code = {unit.code.casefold(): unit for unit in known.units}
        standing = [unit for unit in known.units if unit.is_standing]
        self.by_name = {tone_key(unit.name): unit for unit in standing}
        self.by_letters = {fold(unit.name): unit.name for unit in standing}
        self.taken = {unit.code for unit in known.units}
        self.codes: dict[str, int] = {}
        self.names: dict[str, int] = {}
        self.letters: dict[str, int] = {}

    def hold_codes(self, lines: Collection[RosterLine]) -> None:
        """No code that is made may be one that a later line has."""
        self.taken |= {line["code"] for line in lines if line["code"]}

    def read(self, line: RosterLine) -> RosterUnit:
        name, code = line["name"], line["code"]
        unit = self.unit_of(line)
        doubled = self.doubles(line)
        starts_on = read_day(line, FROM)
        faults = [*line.faults, *doubled, *self.bloc_faults(line, starts_on)]
        if unit and not faults:
            return RosterUnit(line.number, line.cells, is_known=True, note=difference(line, unit))
        made = "" if code or faults else code_for(name, self.taken)
        self.taken |= {made}
        data = {**line.cells, "code": code or made}
        data |= {"short_name": line["short_name"] or short_name_for(name)}
        return RosterUnit(
            line.number,
            data,
            line["bloc"],
            starts_on,
            note=MADE_CODE.format(code=made) if made else "",
            faults=tuple(faults),
        )

    def unit_of(self, line: RosterLine) -> KnownUnit | None:
        """The unit on record that the line is about; what contradicts it is noted in the line."""
        code, key = line["code"], tone_key(line["name"])
        unit, namesake = self.by_code.get(code.casefold()), self.by_name.get(key)
        if unit and not unit.is_standing:
            line.faults.append(ENDED.format(code=code, name=unit.name))
        elif unit and key not in map(tone_key, (unit.name, *unit.names)):
            line.faults.append(OTHER_UNIT.format(code=code, name=unit.name))
        elif namesake and code and unit is not namesake:
            line.faults.append(OTHER_CODE.format(name=namesake.name, code=namesake.code))
        return unit or (None if code else namesake)

    def doubles(self, line: RosterLine) -> list[str]:
        """Codes and names that an earlier line has, or that look like one on record."""
        code, name, faults = line["code"].casefold(), line["name"], []
        key, letters = tone_key(name), fold(squeeze(name))
        first = self.codes.setdefault(code, line.number)
        same = self.names.setdefault(key, line.number)
        alike = self.letters.setdefault(letters, line.number)
        if code and first != line.number:
            faults.append(CODE_TWICE.format(code=line["code"], number=first))
        if name and same != line.number:
            faults.append(NAME_TWICE.format(name=name, number=same))
        elif name and not self.is_alike:
            stored = "" if key in self.by_name else self.by_letters.get(letters, "")
            if other := f"dòng {alike}" if alike != line.number else stored:
                faults.append(ALIKE.format(other=other))
        return faults

    def bloc_faults(self, line: RosterLine, starts_on: date | None) -> list[str]:
        """Bloc and day belong together; nobody joins on a day that nobody said."""
        code = line["bloc"]
        if not code:
            return [NO_BLOC_OF_DAY] if line["starts_on"] else []
        if code not in self.known.blocs:
            return [NO_BLOC.format(code=code)]
        closed = [] if self.known.blocs[code] else [CLOSED_BLOC.format(code=code)]
        return closed if starts_on or line["starts_on"] else [*closed, NO_FROM]


def difference(line: RosterLine, unit: KnownUnit) -> str:
    """What a line says otherwise than the unit on record; it is said, and not done."""
    fields = (SHORT, SUPERIOR, TITLE, ADDRESS)
    other = [
        column.title.lower()
        for column in fields
        if line[column.code] and line[column.code] != unit.facts.get(column.code, "")
    ]
    return DIFFERS.format(fields=", ".join(other)) if other else KNOWN
