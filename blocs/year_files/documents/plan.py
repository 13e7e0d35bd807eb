"""What a year file would make, beside what stands already: asked before anything is written."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from blocs.scoring import walk
from blocs.scoring.terms.numbers import show
from blocs.units.models import Bloc, Membership, Unit
from blocs.year_files.domain.year_import import UnitLine, YearFile
from blocs.year_files.domain.year_pages import ROLES
from blocs.years.domain.names import first_day, year_words
from thidua.common.vietnamese.dates import short_date
from thidua.common.vietnamese.numbers import two_digits

# What a file may say of a unit that stands already: it stays as it is stored.
UNIT_FACTS = {
    "short_name": "tên rút gọn",
    "superior": "cơ quan chủ quản",
    "leader_name": "họ tên thủ trưởng",
    "leader_title": "chức vụ thủ trưởng",
}


@dataclass(frozen=True)
class PlanPart:
    """One heading of the preview with its lines."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class FilePlan:
    """The preview of a file, part by part; parts without lines are left out."""

    heading: str
    parts: tuple[PlanPart, ...]

    @property
    def mark(self) -> str:
        """Changes with any word of the preview: what is confirmed is what was shown."""
        return hashlib.sha256(repr(self).encode()).hexdigest()


def plan_of(found: YearFile) -> FilePlan:
    """The preview of a file without wrong cells; three queries."""
    facts = found.facts
    year, is_school_year = facts["year"], facts["is_school_year"]
    begins = first_day(year, is_school_year=is_school_year)
    bloc = Bloc.objects.filter(code=facts["bloc_code"]).first()
    known = {one.code: one for one in Unit.objects.filter(code__in=_codes(found))}
    parts = {
        "Khối, cụm": _bloc_lines(bloc, facts),
        "Đơn vị đã có trong phần mềm": _lines(found, known),
        "Đơn vị chưa có trong phần mềm, được lập mới": _lines(found, known, are_known=False),
        "Tệp ghi khác phần mềm; giữ như phần mềm, sửa ở trang của đơn vị": _kept(found, known),
        **_members(found, bloc, begins),
        "Trưởng và phó": _leaders(found),
        "Bảng chấm điểm được ban hành": _table(found),
        "Kết quả": _results(found),
    }
    words = year_words(year, is_school_year=is_school_year)
    heading = f"{bloc.name if bloc else facts['bloc_name']}, {words}"
    kept = ((title, tuple(lines)) for title, lines in parts.items())
    return FilePlan(heading, tuple(PlanPart(title, lines) for title, lines in kept if lines))


def _codes(found: YearFile) -> set[str]:
    return {line.code for line in found.units}


def _named(line: UnitLine) -> str:
    return f"{line.code} – {line.data['name']}"


def _bloc_lines(bloc: Bloc | None, facts: Mapping) -> Iterator[str]:
    if bloc is None:
        yield f"Lập mới: {facts['bloc_name']} (ký hiệu {facts['bloc_code']})."
    else:
        yield f"Đã có trong phần mềm: {bloc.name} (ký hiệu {bloc.code})."


def _lines(found: YearFile, known: Mapping[str, Unit], *, are_known: bool = True) -> Iterator[str]:
    return (_named(line) for line in found.units if (line.code in known) is are_known)


def _kept(found: YearFile, known: Mapping[str, Unit]) -> Iterator[str]:
    """Where a file says something else of a unit than what is stored."""
    for line in found.units:
        unit = known.get(line.code)
        for key, label in UNIT_FACTS.items() if unit else ():
            typed, stored = line.data[key], getattr(unit, key)
            if typed and typed != stored:
                yield f"{line.code}, {label}: tệp ghi “{typed}”, phần mềm ghi “{stored}”."


def _members(found: YearFile, bloc: Bloc | None, begins: date) -> dict[str, Iterator[str]]:
    """Who joins the bloc on the first day, and who of the bloc is not in the file."""
    standing = bloc.memberships.on(begins).order_by("pk") if bloc else Membership.objects.none()
    inside = dict(standing.values_list("unit__code", "unit__name"))
    codes = _codes(found)
    day = short_date(begins)
    return {
        f"Đơn vị vào khối, cụm từ {day}": (
            _named(line) for line in found.units if line.code not in inside
        ),
        "Đơn vị của khối, cụm không có trong tệp nên không thuộc năm này": (
            f"{code} – {name}" for code, name in inside.items() if code not in codes
        ),
    }


def _leaders(found: YearFile) -> Iterator[str]:
    by_role = {line.role: line for line in found.units if line.role}
    for words, role in ROLES.items():
        if role in by_role:
            yield f"{words}: {_named(by_role[role])}"


def _table(found: YearFile) -> Iterator[str]:
    lines = list(walk(found.table.nodes))
    leaves = sum(not node.is_group for _, node in lines)
    total = found.table.rules.total_max
    points = "" if total is None else f", tổng {show(total)} điểm"
    yield f"{found.table.title}: {len(lines)} dòng, {leaves} tiêu chí được chấm{points}."


def _results(found: YearFile) -> Iterator[str]:
    for line in found.units:
        count = len(found.entries_of(line.code))
        words = f"{two_digits(count)} kết quả, lập một báo cáo nháp" if count else "chưa có kết quả"
        yield f"{_named(line)}: {words}."
