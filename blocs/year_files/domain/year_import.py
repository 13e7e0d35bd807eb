"""A whole bloc year in one workbook: what its four sheets say, with a report per cell.

Nothing here opens a file or knows what is stored already.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from blocs.reports.domain.cell_answers import Cells, Readers, choice_like
from blocs.scoring import Entry, TableRules
from blocs.scoring.terms.numbers import ZERO
from blocs.scoring.totals.tables import Table, TableFault, table_faults
from blocs.year_files.domain.year_pages import (
    ABOUT,
    DOUBLE,
    FACTS,
    HEAD,
    MEMBER,
    NO_SUCH,
    PAGES,
    ROLES,
    TABLE,
    UNIT_COLUMNS,
    UNITS,
    PageProblem,
    YearReading,
)
from blocs.year_files.domain.year_results import Results
from blocs.year_files.domain.year_table import WrittenTable, read_table
from blocs.years.domain.names import YearNameError
from blocs.years.domain.names import read_year as year_of

NO_PAGE = "Tệp thiếu trang “{page}”. Hãy dùng mẫu của phần mềm."
NOT_WHOLE = "Ô này cần một số nguyên từ {least} đến {most}."


@dataclass(frozen=True)
class UnitLine:
    """One member unit; `role` is head, deputy, second_deputy or empty."""

    row: int
    data: Mapping[str, str]
    role: str

    @property
    def code(self) -> str:
        return self.data["code"]


@dataclass(frozen=True)
class YearFile:
    """The whole file; parts of `answers` by unit code and path, found at `rows` and `columns`.

    Of the other sheets: where each fact stands, the columns by code, the row of each line.
    """

    facts: Mapping[str, Any] = field(default_factory=dict)
    units: tuple[UnitLine, ...] = ()
    table: Table = field(default_factory=lambda: Table((), TableRules()))
    answers: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)
    rows: Mapping[str, int] = field(default_factory=dict)
    columns: Mapping[str, int] = field(default_factory=dict)
    facts_at: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    columns_of: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    table_rows: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[PageProblem, ...] = ()

    def entries_of(self, unit: str) -> dict[str, Entry]:
        """The answers of one unit as the regulation reads them; a cell without a number is none."""
        return {path: Entry(**parts) for path, parts in self.answers[unit].items() if parts}


def read_year(pages: Mapping[str, Sequence[Cells]], readers: Readers) -> YearFile:
    """Everything in the file, each wrong cell once; `pages` are rows of values by sheet name."""
    if lost := [page for page in PAGES if page not in pages]:
        reasons = ((page, NO_PAGE.format(page=page)) for page in lost)
        return YearFile(problems=tuple(PageProblem(page, 1, 1, why) for page, why in reasons))
    reading = YearReading(pages, readers)
    reading.refuse_long_pages()
    if reading.problems:
        return YearFile(problems=tuple(reading.problems))
    facts_at = _places_of_facts(reading)
    facts = _read_facts(reading, facts_at)
    units = _read_units(reading)
    written = read_table(reading)
    table = _table_of(reading, facts, facts_at, written)
    results = Results(reading, {unit.code for unit in units}, written, facts.get("decimals", 2))
    answers = results.read()
    problems = tuple(
        sorted(reading.problems, key=lambda one: (PAGES.index(one.page), one.row, one.column))
    )
    return YearFile(
        facts=facts,
        units=units,
        table=table,
        answers=answers,
        rows=results.rows,
        columns=results.columns,
        facts_at=facts_at,
        columns_of={page: reading.columns(page) for page in PAGES},
        table_rows=written.rows,
        problems=problems,
    )


def _places_of_facts(reading: YearReading) -> dict[str, tuple[int, int]]:
    """Where the facts of the first sheet stand, by the hidden code beside each."""
    return {
        reading.text(ABOUT, row, columns["code"]): (row, columns["value"])
        for row, columns in reading.lines(ABOUT)
    }


def _read_facts(reading: YearReading, places: Mapping[str, tuple[int, int]]) -> dict[str, Any]:
    """The first sheet: one fact a line."""
    found: dict[str, Any] = {}
    for code, label in FACTS.items():
        if code not in places:
            reading.problem(ABOUT, 1, 1, f"Thiếu dòng “{label}”.")
        elif code in ("total_max", "bonus_cap"):
            found[code] = reading.number(ABOUT, *places[code])
        elif code == "decimals":
            found[code] = _decimals(reading, *places[code])
        elif code == "year":
            found["year"], found["is_school_year"] = _year(reading, *places[code])
        else:
            read = reading.code if code == "bloc_code" else reading.text
            found[code] = read(ABOUT, *places[code], is_needed=label.endswith("(*)"))
    if "bloc_kind" in found:
        found["bloc_kind"] = _kind_of_bloc(reading, found["bloc_kind"], *places["bloc_kind"])
    return found


def _decimals(reading: YearReading, row: int, column: int) -> int:
    least, most, usual = 0, 4, 2
    number = reading.number(ABOUT, row, column)
    if number is None:
        return usual
    if number != int(number) or not least <= number <= most:
        reading.problem(ABOUT, row, column, NOT_WHOLE.format(least=least, most=most))
        return usual
    return int(number)


def _year(reading: YearReading, row: int, column: int) -> tuple[int, bool]:
    """«2026», «2026–2027», «năm học 2026–2027»: the first year, whether it is one of school."""
    before = len(reading.problems)
    text = reading.year(ABOUT, row, column)
    if len(reading.problems) > before:
        return 0, False
    try:
        return year_of(text)
    except YearNameError as error:
        reading.problem(ABOUT, row, column, str(error))
        return 0, False


def _kind_of_bloc(reading: YearReading, text: str, row: int, column: int) -> str:
    kinds = {"khối": "functional", "cụm": "territorial"}
    word = choice_like(text, tuple(kinds))
    if word is None and text:
        reading.problem(ABOUT, row, column, NO_SUCH.format(value=text, choices="khối; cụm"))
    return kinds.get(word or "", "functional")


def _read_units(reading: YearReading) -> tuple[UnitLine, ...]:
    """The second sheet: one member unit a line; each code once, each leading role once."""
    found: list[UnitLine] = []
    codes: dict[str, int] = {}
    roles: dict[str, int] = {}
    readers = [(code, reading.code if code == "code" else reading.text) for code in UNIT_COLUMNS]
    for row, columns in reading.lines(UNITS):
        data = {
            code: read(UNITS, row, columns[code], is_needed=code in ("code", "name"))
            for code, read in readers
        }
        typed = data.pop("role")
        word = choice_like(typed or MEMBER, tuple(ROLES))
        if word is None:
            reason = NO_SUCH.format(value=typed, choices="; ".join(ROLES))
            reading.problem(UNITS, row, columns["role"], reason)
        role = ROLES.get(word or MEMBER, "")
        for seen, value, column in ((codes, data["code"], "code"), (roles, role, "role")):
            if value and value in seen:
                shown = value if column == "code" else typed
                reason = DOUBLE.format(value=shown, row=seen[value])
                reading.problem(UNITS, row, columns[column], reason)
            seen.setdefault(value, row)
        found.append(UnitLine(row, data, role))
    if "head" not in roles and found:
        reading.problem(UNITS, found[0].row, 1, f"Chưa có đơn vị nào giữ vai trò “{HEAD}”.")
    return tuple(found)


def _table_of(
    reading: YearReading,
    facts: Mapping[str, Any],
    facts_at: Mapping[str, tuple[int, int]],
    written: WrittenTable,
) -> Table:
    nodes = written.nodes
    stated = sum((node.max_points or ZERO for node in nodes if not node.is_extra), ZERO)
    total = facts.get("total_max")
    rules = TableRules(
        total_max=stated if total is None else total, bonus_cap=facts.get("bonus_cap")
    )
    if not any(problem.page == TABLE for problem in reading.problems):
        for fault in table_faults(nodes, rules.total_max, decimals=facts.get("decimals", 2)):
            if not fault.path and fault.about:
                reading.problem(ABOUT, *facts_at.get("total_max", (1, 1)), fault.sentence)
            else:
                reading.problem(TABLE, *_place_of(reading, written, fault), fault.sentence)
    return Table(nodes, rules, facts.get("table_title", ""))


def _place_of(reading: YearReading, written: WrittenTable, fault: TableFault) -> tuple[int, int]:
    """Row and column of the cell that has to change; that of the number of the line as a rule."""
    columns = reading.columns(TABLE)
    column = columns.get(fault.about, columns.get("path", 1))
    return written.rows.get(fault.path, 1), column
