"""A filled form of a score sheet: from the values of its cells to answers, a report per cell.

Nothing here opens a file: the caller hands in the rows and says how one value is read.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from blocs.reports.domain.cell_answers import CellError, Cells, FormLeaf, Readers, answer_of
from blocs.reports.domain.sheet_rows import inputs_of, may_be_left_out
from blocs.scoring import Entry, Input, InputType
from blocs.scoring.terms.answers import YES_NO, Kept, kept
from blocs.sheet_files.domain.sheet_cells import (
    HIDDEN,
    INPUTS,
    LEFT_OUT,
    Code,
    answer_stamp,
    clean_note,
    column_of,
)

# By path and key of a fact, the leaf itself under no key: number and cells of the line.
Lines = dict[tuple[str, str], tuple[int, Cells]]

# The codes stand below the title lines; a sheet without them is no form of ours.
SEARCHED_ROWS = 40
NOT_OUR_FORM = "Không tìm thấy dòng mã cột của mẫu trong trang này. Hãy tải lại mẫu rồi điền."
LOST_COLUMN = "Trang thiếu cột “{code}” của mẫu. Hãy tải lại mẫu rồi chép số liệu sang."
UNKNOWN_LINE = "Dòng này không thuộc bảng chấm điểm. Hãy xóa dòng hoặc tải lại mẫu."
DOUBLE_LINE = "Tiêu chí này đã có ở dòng {row}. Hãy chỉ giữ một dòng."
LOST_LINE = "Tệp thiếu dòng của tiêu chí {label}. Hãy tải lại mẫu, đừng xóa dòng."
LOST_FACT = "Tệp thiếu dòng số liệu “{name}” của tiêu chí {label}. Hãy tải lại mẫu."
NOT_ASKED = "Tiêu chí này không nhập ở cột này. Hãy xóa ô."
LEFT_OUT_ALONE = "Đã đánh dấu “Không giao” thì để trống kết quả; nếu có kết quả thì bỏ dấu."
ONLY_X = "Chỉ đánh dấu “x” hoặc để trống."
LONGEST_NOTE = 4000
TOO_LONG = f"Thuyết minh dài hơn {LONGEST_NOTE} ký tự. Hãy viết ngắn lại hoặc gửi kèm tệp."


@dataclass(frozen=True)
class CellProblem:
    """Why a cell cannot be taken; row and column are counted from 1."""

    row: int
    column: int
    reason: str


@dataclass(frozen=True)
class ReadAnswer:
    """What the file says of one leaf, and where; `revision` is the one the file was made from."""

    leaf: FormLeaf
    row: int
    entry: Entry
    note: str
    revision: int
    is_touched: bool

    @property
    def is_change(self) -> bool:
        """Typed by somebody since the file was made, and different from what is stored."""
        if not self.is_touched:
            return False
        return answer_stamp(self.entry, self.note) != answer_stamp(self.leaf.entry, self.leaf.note)

    @property
    def is_overtaken(self) -> bool:
        """Somebody saved this leaf after the file was made."""
        return self.revision != self.leaf.revision


@dataclass(frozen=True)
class SheetReading:
    """A whole form: the answers in the order of the file, what is wrong, where columns stand."""

    answers: tuple[ReadAnswer, ...] = ()
    problems: tuple[CellProblem, ...] = ()
    columns: Mapping[Code, int] = field(default_factory=dict)

    @property
    def changes(self) -> tuple[ReadAnswer, ...]:
        """The answers that would be written."""
        return tuple(answer for answer in self.answers if answer.is_change)


def read_form(
    rows: Sequence[Cells],
    leaves: Mapping[str, FormLeaf],
    readers: Readers,
    *,
    decimals: int,
) -> SheetReading:
    """Every leaf of a filled form. `decimals` is how many decimals typed points may have."""
    found = _find_columns(rows)
    if found is None:
        return SheetReading(problems=(CellProblem(1, 1, NOT_OUR_FORM),))
    head, columns = found
    lost = [code for code in (*INPUTS, *HIDDEN) if code not in columns]
    if lost:
        reasons = (LOST_COLUMN.format(code=code) for code in lost)
        problems = tuple(CellProblem(head, 1, reason) for reason in reasons)
        return SheetReading(problems=problems, columns=columns)
    return _Reading(columns, leaves, readers, decimals).read(rows, head)


def _find_columns(rows: Sequence[Cells]) -> tuple[int, dict[Code, int]] | None:
    """The number of the line with the codes, and the place of each of them."""
    known = {str(code): code for code in Code}
    for number, row in enumerate(rows[:SEARCHED_ROWS], start=1):
        if Code.PATH in row and Code.MARK in row:
            places = enumerate(row, start=1)
            return number, {known[text]: place for place, text in places if text in known}
    return None


@dataclass(frozen=True)
class _Reading:
    """The reading of one sheet; collects what is wrong on the way."""

    columns: Mapping[Code, int]
    leaves: Mapping[str, FormLeaf]
    readers: Readers
    decimals: int
    problems: list[CellProblem] = field(default_factory=list)

    def read(self, rows: Sequence[Cells], head: int) -> SheetReading:
        """All leaves of the sheet, each line once."""
        lines = self.sort_lines(rows, head)
        for leaf in self.leaves.values():
            if (leaf.path, "") not in lines:
                reason = LOST_LINE.format(label=leaf.label)
                self.problems.append(CellProblem(len(rows), 1, reason))
        answers = tuple(
            self.answer(self.leaves[path], number, row, lines)
            for (path, key), (number, row) in lines.items()
            if not key
        )
        problems = tuple(sorted(self.problems, key=lambda one: (one.row, one.column)))
        return SheetReading(answers, problems, self.columns)

    def sort_lines(self, rows: Sequence[Cells], head: int) -> Lines:
        """The lines of leaves and of facts; other lines must be empty."""
        lines: Lines = {}
        for number, row in enumerate(rows[head:], start=head + 1):
            leaf = self.leaves.get(str(self.value(row, Code.PATH) or ""))
            if leaf is None:
                self.refuse_typed(number, row, UNKNOWN_LINE)
                continue
            place = leaf.path, str(self.value(row, Code.FACT) or "")
            first, _ = lines.setdefault(place, (number, row))
            if first != number:
                self.problem(number, Code.PATH, DOUBLE_LINE.format(row=first))
        return lines

    def refuse_typed(
        self, number: int, row: Cells, reason: str, used: Collection[Code] = ()
    ) -> None:
        """Nothing may be typed but into the columns that are used."""
        for code in INPUTS:
            if code not in used and self.value(row, code) not in (None, ""):
                self.problem(number, code, reason)

    def value(self, row: Cells, code: Code) -> object:
        place = self.columns[code]
        return row[place - 1] if len(row) >= place else None

    def answer(self, leaf: FormLeaf, number: int, row: Cells, lines: Lines) -> ReadAnswer:
        """One leaf with its facts."""
        before = len(self.problems)
        typed = self.typed(leaf, number, row, lines)
        note = self.note(number, row)
        mark = self.value(row, Code.MARK)
        is_readable = len(self.problems) == before
        revision = self.value(row, Code.REVISION)
        return ReadAnswer(
            leaf=leaf,
            row=number,
            entry=typed,
            note=note,
            revision=revision if isinstance(revision, int) else -1,
            is_touched=is_readable and mark != answer_stamp(typed, note),
        )

    def typed(self, leaf: FormLeaf, number: int, row: Cells, lines: Lines) -> Entry:
        """The answers of a leaf; columns it does not ask for must be empty."""
        found: dict[str, Any] = {"facts": {}}
        asked = inputs_of(leaf.kind, leaf.rule)
        used = {Code.NOTE}
        for one in asked:
            if one.type is InputType.FACT:
                fact = self.fact(leaf, one, lines)
                found["facts"] |= {} if fact is None else {one.key: fact}
                continue
            used.add(column_of(one))
            value = self.cell(leaf, one, number, row)
            if value is not None:
                found[one.field] = value
        if may_be_left_out(leaf.kind, leaf.rule):
            used.add(Code.LEFT_OUT)
            found["not_applicable"] = self.left_out(number, row)
        self.refuse_typed(number, row, NOT_ASKED, used)
        entry = Entry(**found)
        if entry.not_applicable and not entry.is_empty:
            self.problem(number, Code.LEFT_OUT, LEFT_OUT_ALONE)
        return entry

    def fact(self, leaf: FormLeaf, asked: Input, lines: Lines) -> Kept:
        """A fact as the sheet keeps it: numbers as decimal text, days as ISO text."""
        if (leaf.path, asked.key) not in lines:
            reason = LOST_FACT.format(name=asked.label, label=leaf.label)
            self.problems.append(CellProblem(1, 1, reason))
            return None
        number, row = lines[leaf.path, asked.key]
        value = self.cell(leaf, asked, number, row)
        self.refuse_typed(number, row, NOT_ASKED, {column_of(asked)})
        return kept(asked, value)

    def cell(self, leaf: FormLeaf, asked: Input, number: int, row: Cells) -> Kept:
        """One cell as the regulation takes it; None and a problem where it cannot."""
        column = column_of(asked)
        try:
            return answer_of(leaf, asked, self.value(row, column), self.readers, self.decimals)
        except CellError as error:
            self.problem(number, column, str(error))
            return None

    def left_out(self, number: int, row: Cells) -> bool:
        word = self.text(number, row, Code.LEFT_OUT).lower()
        if word and word not in (LEFT_OUT, YES_NO[0].word.lower()):
            self.problem(number, Code.LEFT_OUT, ONLY_X)
        return bool(word)

    def note(self, number: int, row: Cells) -> str:
        text = clean_note(self.text(number, row, Code.NOTE))
        if len(text) > LONGEST_NOTE:
            self.problem(number, Code.NOTE, TOO_LONG)
        return text

    def text(self, number: int, row: Cells, code: Code) -> str:
        try:
            return self.readers.text(self.value(row, code))
        except CellError as error:
            self.problem(number, code, str(error))
            return ""

    def problem(self, number: int, code: Code, reason: str) -> None:
        self.problems.append(CellProblem(number, self.columns[code], reason))
