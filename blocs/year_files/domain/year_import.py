"""A whole bloc year in one workbook: what its four sheets say, with a report per cell.

Nothing here opens a file or knows what is stored already.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from blocs.reports.domain.cell_answers import Cells, Readers, choice_like
from blocs.scoring import GROUP, KINDS, Entry, Node, TableRules, kind_words
from blocs.scoring.terms.numbers import ZERO
from blocs.scoring.totals.tables import Table, check_table
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
    TABLE_COLUMNS,
    UNIT_COLUMNS,
    UNITS,
    PageProblem,
    YearReading,
)
from blocs.year_files.domain.year_results import Results

NO_PAGE = "Tệp thiếu trang “{page}”. Hãy dùng mẫu của phần mềm."
NO_PARENT = "Không có nhóm “{path}” ở các dòng trên."
NOT_WHOLE = "Ô này cần một số nguyên từ {least} đến {most}."
NOT_JSON = "Quy tắc phải là JSON, ví dụ {example}."
JSON_EXAMPLE = '{"formula": "proportional"}'


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
    """The whole file; parts of `answers` by unit code and path, found at `rows` and `columns`."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    units: tuple[UnitLine, ...] = ()
    table: Table = field(default_factory=lambda: Table((), TableRules()))
    answers: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)
    rows: Mapping[str, int] = field(default_factory=dict)
    columns: Mapping[str, int] = field(default_factory=dict)
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
    facts = _read_facts(reading)
    units = _read_units(reading)
    nodes = _read_table(reading)
    table = _table_of(reading, facts, nodes)
    results = Results(reading, {unit.code for unit in units}, nodes, facts.get("decimals", 2))
    answers = results.read()
    problems = tuple(
        sorted(reading.problems, key=lambda one: (PAGES.index(one.page), one.row, one.column))
    )
    return YearFile(facts, units, table, answers, results.rows, results.columns, problems)


def _read_facts(reading: YearReading) -> dict[str, Any]:
    """The first sheet: one fact a line, known by the hidden code beside it."""
    places = {
        reading.text(ABOUT, row, columns["code"]): (row, columns["value"])
        for row, columns in reading.lines(ABOUT, ("label", "value", "code"))
    }
    found: dict[str, Any] = {}
    for code, label in FACTS.items():
        if code not in places:
            reading.problem(ABOUT, 1, 1, f"Thiếu dòng “{label}”.")
        elif code in ("total_max", "bonus_cap"):
            found[code] = reading.number(ABOUT, *places[code])
        elif code in ("year", "decimals"):
            found[code] = _whole(reading, code, *places[code])
        else:
            read = reading.code if code == "bloc_code" else reading.text
            found[code] = read(ABOUT, *places[code], is_needed=label.endswith("(*)"))
    if "bloc_kind" in found:
        found["bloc_kind"] = _kind_of_bloc(reading, found["bloc_kind"], *places["bloc_kind"])
    return found


def _whole(reading: YearReading, code: str, row: int, column: int) -> int:
    least, most, usual = (2000, 2100, 0) if code == "year" else (0, 4, 2)
    before = len(reading.problems)
    number = reading.number(ABOUT, row, column)
    if number is None and code == "decimals":
        return usual
    if number is None or number != int(number) or not least <= number <= most:
        if len(reading.problems) == before:
            reading.problem(ABOUT, row, column, NOT_WHOLE.format(least=least, most=most))
        return usual
    return int(number)


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
    for row, columns in reading.lines(UNITS, UNIT_COLUMNS):
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


def _read_table(reading: YearReading) -> tuple[Node, ...]:
    """The third sheet: groups and leaves by their paths, «I», «I/1», «I/1/a»."""
    nodes: dict[str, Node] = {}
    rows: dict[str, int] = {}
    for row, columns in reading.lines(TABLE, TABLE_COLUMNS):
        path = reading.code(TABLE, row, columns["path"], is_needed=True)
        above = path.rpartition("/")[0]
        if path in rows:
            reading.problem(TABLE, row, columns["path"], DOUBLE.format(value=path, row=rows[path]))
            continue
        if above and (above not in nodes or not nodes[above].is_group):
            reading.problem(TABLE, row, columns["path"], NO_PARENT.format(path=above))
            continue
        if path:
            rows[path] = row
            nodes[path] = _node(reading, row, columns, path)
    return _grown(nodes)


def _node(reading: YearReading, row: int, columns: Mapping[str, int], path: str) -> Node:
    labels = {kind_words(kind): kind for kind in (GROUP, *KINDS)}
    typed = reading.text(TABLE, row, columns["kind"]) or kind_words(GROUP)
    word = typed if typed in KINDS else choice_like(typed, tuple(labels))
    if word is None:
        reason = NO_SUCH.format(value=typed, choices="; ".join(labels))
        reading.problem(TABLE, row, columns["kind"], reason)
    rule = _rule(reading, row, columns["rule"])
    if reading.text(TABLE, row, columns["evidence"]):
        rule["needs_evidence"] = True
    return Node(
        code=path.rpartition("/")[2],
        name=reading.text(TABLE, row, columns["name"], is_needed=True),
        kind=labels.get(word or "", word or GROUP),
        max_points=reading.number(TABLE, row, columns["max_points"]),
        rule=rule,
        measure=reading.text(TABLE, row, columns["measure"]),
    )


def _rule(reading: YearReading, row: int, column: int) -> dict[str, Any]:
    text = reading.text(TABLE, row, column)
    if not text:
        return {}
    try:
        # A rule keeps its numbers as texts, which hold exactly what was typed.
        found = json.loads(text, parse_float=str, parse_int=str)
    except ValueError:
        found = None
    if isinstance(found, dict):
        return found
    reading.problem(TABLE, row, column, NOT_JSON.format(example=JSON_EXAMPLE))
    return {}


def _grown(nodes: Mapping[str, Node]) -> tuple[Node, ...]:
    """The tree of the lines, in the order of the sheet."""
    below: dict[str, list[str]] = {}
    for path in nodes:
        below.setdefault(path.rpartition("/")[0], []).append(path)

    def grown(path: str) -> tuple[Node, ...]:
        return tuple(replace(nodes[child], children=grown(child)) for child in below.get(path, ()))

    return grown("")


def _table_of(reading: YearReading, facts: Mapping[str, Any], nodes: tuple[Node, ...]) -> Table:
    stated = sum((node.max_points or ZERO for node in nodes if not node.is_extra), ZERO)
    total = facts.get("total_max")
    rules = TableRules(
        total_max=stated if total is None else total, bonus_cap=facts.get("bonus_cap")
    )
    if not any(problem.page == TABLE for problem in reading.problems):
        for sentence in check_table(nodes, rules.total_max, decimals=facts.get("decimals", 2)):
            reading.problem(TABLE, 1, 1, sentence)
    return Table(nodes, rules, facts.get("table_title", ""))
