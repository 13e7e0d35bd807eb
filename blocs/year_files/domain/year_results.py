"""The results of all units in one sheet: a line per leaf or fact, two columns per unit."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeGuard

from blocs.reports.domain.cell_answers import (
    CellError,
    FormLeaf,
    answer_of,
    choice_like,
    limits_of,
)
from blocs.reports.domain.sheet_rows import inputs_of, may_be_left_out
from blocs.scoring import Entry, Input, InputType, Node, walk
from blocs.scoring.terms.answers import LARGEST_FIGURE, Kept, is_chosen, kept
from blocs.scoring.terms.numbers import ZERO, RuleError
from blocs.scoring.totals.tables import outline
from blocs.sheet_files.domain.sheet_cells import words_to_choose
from blocs.year_files.domain.year_pages import (
    DOUBLE,
    LEFT_OUT,
    NO_SUCH,
    RESULTS,
    YearReading,
)
from blocs.year_files.domain.year_table import WrittenTable

# Parts of an answer as Entry names them, by unit and path.
Parts = dict[str, Any]
Answers = dict[str, dict[str, Parts]]
UNIT_TITLE = re.compile(r"(.+?)\s*[-–]\s*(chỉ tiêu|kết quả)", re.IGNORECASE)
UNKNOWN_UNIT = "Mã đơn vị “{code}” không có ở trang “Đơn vị”."
UNKNOWN_LEAF = "Không có tiêu chí được chấm điểm mang mã “{path}” ở trang “Bảng điểm”."
WHICH_LEAF = (
    "Mã “{path}” là của {count:02d} dòng ở trang “Bảng điểm”. Hãy ghi nội dung của dòng đúng như ở "
    "trang ấy để phần mềm biết là dòng nào."
)
UNKNOWN_FACT = "Tiêu chí “{path}” không có số liệu “{fact}”."
NO_TARGET = "Tiêu chí này không nhập chỉ tiêu riêng của đơn vị. Hãy xóa ô."
NO_VALUE = "Tiêu chí này nhập theo từng số liệu ở các dòng dưới. Hãy xóa ô."
LEFT_OUT_ALONE = "Đã ghi “KG” thì để trống kết quả của đơn vị ở tiêu chí này."
MUST_ASSIGN = "Tiêu chí này áp dụng cho mọi đơn vị, không ghi “KG” được."


@dataclass(frozen=True)
class Asked:
    """A leaf with what it asks, worked out once for all units."""

    leaf: FormLeaf
    target: Input | None
    level: Input | None
    value: Input | None
    facts: Mapping[str, Input]
    may_be_left_out: bool
    # By column (results, targets): field and limits, where a number cell needs no closer look.
    plain: tuple[tuple[str, int, Decimal | None] | None, ...]


class Results:
    """The fourth sheet: a line per leaf (and per fact), two columns per unit."""

    def __init__(
        self, reading: YearReading, units: set[str], written: WrittenTable, decimals: int
    ) -> None:
        self.reading, self.units, self.decimals = reading, units, decimals
        self.leaves, self.written = _asked_leaves(written.nodes, decimals), written
        self.names = {path: node.name for path, node in walk(written.nodes)}
        self.rows: dict[str, int] = {}
        self.columns: dict[str, int] = {}

    def read(self) -> Answers:
        """The answers of all units; empty cells are none."""
        found: Answers = {unit: {} for unit in self.units}
        head = self.reading.head(RESULTS)
        places = self.find_units(head) if head else []
        for row, columns in self.reading.lines(RESULTS):
            asked, fact = self.line(row, columns)
            if asked:
                self.read_line(asked, fact, row, places, found)
        for unit, answers in found.items():
            self.refuse_results_of_left_out(unit, answers)
        return found

    def read_line(
        self,
        asked: Asked,
        fact: Input | None,
        row: int,
        places: Iterable[tuple[str, bool, int]],
        found: Answers,
    ) -> None:
        """The cells of all units in one line, added to what was `found` of them."""
        line = self.reading.pages[RESULTS][row - 1]
        path, width, number = asked.leaf.path, len(line), self.reading.readers.number
        for unit, is_target, column in places:
            value = line[column - 1] if column <= width else None
            if value is None or value == "":
                continue
            parts = found[unit].setdefault(path, {})
            plain = None if fact else asked.plain[is_target]
            try:
                # Nearly every cell is a number for a figure, read here without further steps.
                if plain and is_plain_number(value) and abs(value) < LARGEST_FIGURE:
                    parts[plain[0]] = number(value, plain[1], plain[2])
                else:
                    _merge(parts, self.cell(asked, fact, is_target, value))
            except CellError as error:
                self.reading.problem(RESULTS, row, column, str(error))

    def refuse_results_of_left_out(self, unit: str, answers: Mapping[str, Parts]) -> None:
        for path, parts in answers.items():
            if "not_applicable" in parts and not Entry(**parts).is_empty:
                row, column = self.rows.get(path, 1), self.columns.get(unit, 1)
                self.reading.problem(RESULTS, row, column, LEFT_OUT_ALONE)

    def find_units(self, head: int) -> list[tuple[str, bool, int]]:
        """Unit, whether it is the column of targets, and its place, from the titles."""
        found = []
        for column, title in enumerate(self.reading.pages[RESULTS][head - 2], start=1):
            match = UNIT_TITLE.fullmatch(str(title or "").strip())
            if not match:
                continue
            unit, is_target = match[1].strip(), match[2].lower() == "chỉ tiêu"
            if unit not in self.units:
                self.reading.problem(RESULTS, head - 1, column, UNKNOWN_UNIT.format(code=unit))
                continue
            if not is_target:
                self.columns[unit] = column
            found.append((unit, is_target, column))
        return found

    def line(self, row: int, columns: Mapping[str, int]) -> tuple[Asked | None, Input | None]:
        """The leaf of a line, and its fact where the line is of one; groups are passed over."""
        written = self.reading.code(RESULTS, row, columns["path"])
        key = self.reading.code(RESULTS, row, columns["fact"])
        path = self.path_of(written, row, columns)
        if path is None:
            return None, None
        asked = self.leaves[path]
        place = f"{path}#{key}" if key else path
        if place in self.rows:
            reason = DOUBLE.format(value=written, row=self.rows[place])
            self.reading.problem(RESULTS, row, columns["path"], reason)
            return None, None
        if key and key not in asked.facts:
            reason = UNKNOWN_FACT.format(path=written, fact=key)
            self.reading.problem(RESULTS, row, columns["fact"], reason)
            return None, None
        self.rows[place] = row
        return asked, asked.facts.get(key)

    def path_of(self, written: str, row: int, columns: Mapping[str, int]) -> str | None:
        """The leaf that a written path means; lines of groups are there to be read."""
        known = self.written.paths.get(written, ())
        found = [path for path in known if path in self.leaves]
        if len(known) > 1:
            name = self.reading.text(RESULTS, row, columns["name"])
            named = [path for path in known if self.names[path] == name]
            if len(named) != 1:
                reason = WHICH_LEAF.format(path=written, count=len(known))
                self.reading.problem(RESULTS, row, columns["name"], reason)
                return None
            found = [path for path in named if path in self.leaves]
        if written and not known:
            reason = UNKNOWN_LEAF.format(path=written)
            self.reading.problem(RESULTS, row, columns["path"], reason)
        return found[0] if found else None

    def cell(self, asked: Asked, fact: Input | None, is_target: bool, value: object) -> Parts:
        """One answer as a part of an Entry; CellError where it cannot be taken."""
        if fact is not None:
            return self.fact(asked, fact, is_target, value)
        if isinstance(value, str) and value.strip().upper() == LEFT_OUT:
            if not asked.may_be_left_out:
                raise CellError(MUST_ASSIGN)
            return {"not_applicable": True}
        return self.target(asked, value) if is_target else self.value(asked, value)

    def read_cell(self, asked: Asked, one: Input, value: object) -> Kept:
        return answer_of(asked.leaf, one, value, self.reading.readers, self.decimals)

    def fact(self, asked: Asked, fact: Input, is_target: bool, value: object) -> Parts:
        if is_target:
            raise CellError(NO_TARGET)
        found = self.read_cell(asked, fact, value)
        return {"facts": {fact.key: kept(fact, found)}}

    def target(self, asked: Asked, value: object) -> Parts:
        if asked.target is None:
            raise CellError(NO_TARGET)
        return {"target": self.read_cell(asked, asked.target, value)}

    def value(self, asked: Asked, value: object) -> Parts:
        if asked.level and isinstance(value, str):
            text = self.reading.readers.text(value)
            if asked.value is None or choice_like(text, asked.level.choices):
                return {"choice": self.read_cell(asked, asked.level, value)}
        if asked.value is None:
            raise CellError(NO_VALUE if asked.level is None else _choose_words(asked.level, value))
        return {"value": self.read_cell(asked, asked.value, value)}


def is_plain_number(value: object) -> TypeGuard[int | float]:
    """A number cell that needs no closer look; one shown as a percent has a type of its own."""
    return type(value) in (int, float)


def _choose_words(level: Input, value: object) -> str:
    return NO_SUCH.format(value=value, choices="; ".join(words_to_choose(level)))


def _merge(parts: Parts, more: Parts) -> None:
    for name, value in more.items():
        if name == "facts":
            parts.setdefault("facts", {}).update(value)
        else:
            parts[name] = value


def _asked_leaves(nodes: tuple[Node, ...], decimals: int) -> dict[str, Asked]:
    numbers = outline(nodes)
    found = {}
    for path, node in walk(nodes):
        if node.is_group:
            continue
        leaf = FormLeaf(
            path,
            0,
            numbers[path],
            node.kind,
            node.rule,
            node.max_points or ZERO,
            measure=node.measure,
        )
        try:
            inputs = inputs_of(node.kind, node.rule)
        except RuleError:
            # The check of the table tells of the rule; nobody knows what such a leaf asks.
            continue
        by_field = {one.field: one for one in inputs if one.type is not InputType.FACT}
        found[path] = Asked(
            leaf,
            by_field.get("target"),
            by_field.get("choice"),
            by_field.get("value"),
            {one.key: one for one in inputs if one.type is InputType.FACT},
            may_be_left_out(node.kind, node.rule),
            tuple(_plain(leaf, by_field.get(name), decimals) for name in ("value", "target")),
        )
    return found


def _plain(
    leaf: FormLeaf, asked: Input | None, decimals: int
) -> tuple[str, int, Decimal | None] | None:
    if asked is None or is_chosen(asked):
        return None
    return (asked.field, *limits_of(leaf, asked, decimals))
