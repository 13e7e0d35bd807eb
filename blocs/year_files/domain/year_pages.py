"""The sheets of the workbook of a bloc year: their names and columns, and how a cell is read."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice

from blocs.criteria.domain.table_cells import MOST_LINES
from blocs.reports.domain.cell_answers import CellError, Cells, Readers
from blocs.scoring.terms.answers import FIGURES

ABOUT, UNITS, TABLE, RESULTS = "Thông tin", "Đơn vị", "Bảng điểm", "Kết quả"
PAGES = (ABOUT, UNITS, TABLE, RESULTS)
# The lines of the first sheet: code and label; the starred ones must be filled in.
FACTS = {
    "bloc_code": "Ký hiệu khối, cụm (*)",
    "bloc_name": "Tên khối, cụm (*)",
    "bloc_kind": "Loại: khối hoặc cụm (*)",
    "year": "Năm thi đua (*)",
    "table_title": "Tên bảng chấm điểm (*)",
    "total_max": "Tổng điểm tối đa",
    "bonus_cap": "Trần điểm thưởng",
    "decimals": "Số chữ số thập phân của điểm",
}
UNIT_COLUMNS = ("code", "name", "short_name", "role", "superior", "leader_name", "leader_title")
TABLE_COLUMNS = ("path", "name", "kind", "max_points", "measure", "evidence", "rule")
RESULT_COLUMNS = ("path", "fact", "name")
CODES = {
    ABOUT: ("label", "value", "code"),
    UNITS: UNIT_COLUMNS,
    TABLE: TABLE_COLUMNS,
    RESULTS: RESULT_COLUMNS,
}
# Filled lines that a sheet may have below its codes: no bloc has half as many units, and a table
# has what any other file of a table may have; its leaves may ask for several facts each.
MOST_UNITS = 100
MOST = {ABOUT: MOST_UNITS, UNITS: MOST_UNITS, TABLE: MOST_LINES, RESULTS: 2 * MOST_LINES}
HEAD, DEPUTY, SECOND, MEMBER = "Trưởng", "Phó", "Phó thứ hai", "Thành viên"
ROLES = {HEAD: "head", DEPUTY: "deputy", SECOND: "second_deputy", MEMBER: ""}
LEFT_OUT = "KG"
SEARCHED_ROWS = 40
NO_CODES = "Trang thiếu dòng mã cột ẩn của mẫu. Hãy tạo lại mẫu rồi chép số liệu sang."
EMPTY = "Ô này phải có nội dung."
DOUBLE = "“{value}” đã có ở dòng {row}."
TOO_MANY = "Trang này có hơn {most} dòng. Hãy bỏ các dòng thừa rồi tải lại."
NO_SUCH = "Không có “{value}”. Chọn một trong: {choices}."


@dataclass(frozen=True)
class PageProblem:
    """Why a cell of one of the sheets cannot be taken; row and column are counted from 1."""

    page: str
    row: int
    column: int
    reason: str


@dataclass(frozen=True)
class YearReading:
    """The sheets and what is found wrong in them."""

    pages: Mapping[str, Sequence[Cells]]
    readers: Readers
    problems: list[PageProblem] = field(default_factory=list)

    def problem(self, page: str, row: int, column: int, reason: str) -> None:
        self.problems.append(PageProblem(page, row, column, reason))

    def code(self, page: str, row: int, column: int, *, is_needed: bool = False) -> str:
        """The code in a cell; noted where Excel made a number or a day of it."""
        return self._read(self.readers.code, page, row, column, is_needed=is_needed)

    def text(self, page: str, row: int, column: int, *, is_needed: bool = False) -> str:
        """The text of a cell; noted where it must not be empty."""
        return self._read(self.readers.text, page, row, column, is_needed=is_needed)

    def _read(
        self,
        reader: Callable[[object], str],
        page: str,
        row: int,
        column: int,
        *,
        is_needed: bool,
    ) -> str:
        line = self.pages[page][row - 1]
        value = line[column - 1] if len(line) >= column else None
        try:
            found = reader(value)
        except CellError as error:
            self.problem(page, row, column, str(error))
            return ""
        if is_needed and not found:
            self.problem(page, row, column, EMPTY)
        return found

    def number(self, page: str, row: int, column: int) -> Decimal | None:
        """The number of a cell, None where it is empty or none."""
        line = self.pages[page][row - 1]
        value = line[column - 1] if len(line) >= column else None
        try:
            return self.readers.number(value, FIGURES, None)
        except CellError as error:
            self.problem(page, row, column, str(error))
            return None

    def year(self, page: str, row: int, column: int) -> str:
        """The year in a cell: a whole number as people write it, or its text."""
        line = self.pages[page][row - 1]
        value = line[column - 1] if len(line) >= column else None
        if isinstance(value, int) or (isinstance(value, float) and value.is_integer()):
            return str(int(value))
        return self.text(page, row, column, is_needed=True)

    def lines(self, page: str) -> Iterator[tuple[int, dict[str, int]]]:
        """The filled lines below the hidden codes, with the columns by code."""
        columns = self.columns(page)
        if not columns:
            self.problem(page, 1, 1, NO_CODES)
            return
        for number in self.filled(page):
            yield number, columns

    def filled(self, page: str) -> Iterator[int]:
        """The numbers of the filled lines below the hidden codes."""
        rows = self.pages[page]
        for number in range((self.head(page) or 0) + 1, len(rows) + 1):
            if any(value not in (None, "") for value in rows[number - 1]):
                yield number

    def columns(self, page: str) -> dict[str, int]:
        """The columns by their hidden codes; empty where the line of codes is missing."""
        head = self.head(page)
        codes = enumerate(self.pages[page][head - 1], start=1) if head else ()
        return {str(code): place for place, code in codes if code}

    def head(self, page: str) -> int | None:
        """The number of the hidden line with the codes."""
        codes, rows = {*CODES[page]}, self.pages[page][:SEARCHED_ROWS]
        found = (number for number, row in enumerate(rows, start=1) if codes <= {*row})
        return next(found, None)

    def refuse_long_pages(self) -> None:
        """Note each sheet with more lines than it may have, at the first line too many."""
        for page, most in MOST.items():
            beyond = next(islice(self.filled(page), most, None), None)
            if beyond is not None:
                self.problem(page, beyond, 1, TOO_MANY.format(most=most))
