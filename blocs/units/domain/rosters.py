"""A list of units or people as it comes out of Excel or a Word table: a line each, cells by tabs.

Nothing here knows what is stored already, nor which columns there are.
"""

import csv
import io
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from thidua.common.vietnamese.old_fonts import TCVN3, UNICODE, VNI, in_unicode, shared_encoding
from thidua.common.vietnamese.text import squeeze, words

MOST_LINES = 1000
FIRST_YEAR, LAST_YEAR = 1900, 2100
# Numbers of the lines have no meaning.
COUNTED = ("stt", "tt")
NO_TITLES = "Dòng đầu tiên phải là tên các cột, như trong mẫu: {titles}."
NO_COLUMN = "Danh sách thiếu cột {titles}. Hãy chép cả dòng tên cột, như trong mẫu."
STRANGE = "Danh sách có cột không có trong mẫu: {titles}. Hãy bỏ hoặc sửa tên cột."
TWICE = "Danh sách có hai cột “{title}”. Hãy bỏ một cột."
NO_LINES = "Dưới dòng tên cột không có dòng nào."
TOO_MANY = "Danh sách có {found} dòng, nhiều nhất {most} dòng một lần. Hãy chia làm nhiều lần."
MIXED = (
    "Dòng {lines} gõ bằng bảng mã {encoding}, các dòng khác bằng Unicode. Hãy chuyển cả danh sách "
    "sang Unicode rồi dán lại."
)
NO_TABLE = "Không đọc được bảng: có dấu ngoặc kép mở mà không đóng. Hãy bỏ dấu ấy rồi dán lại."
BEYOND = "Có ô “{text}” ở ngoài các cột có tên."
EMPTY = "Thiếu {title}."
TOO_LONG = "{title} dài {found} ký tự, nhiều nhất {most}."
FORMULA = "{title} là công thức chưa có kết quả. Hãy chép ô rồi dán lại dạng giá trị (Values)."
CONTROL = "{title} có ký tự điều khiển không ghi được; vui lòng xóa rồi gõ lại."
NO_DAY = "{title} “{text}” không phải là ngày có trong lịch, viết như 05/12/2026."
FAR_DAY = "{title} “{text}” phải từ năm 1900 đến năm 2100."


@dataclass(frozen=True)
class RosterColumn:
    """One column: its English code, the title people write, the most letters a cell may hold."""

    code: str
    title: str
    longest: int = 0
    is_required: bool = False
    also: tuple[str, ...] = ()
    # Signs are copied from elsewhere and say nothing of how the words beside them were typed.
    is_sign: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """What the title of the column may be, without accents and signs."""
        return tuple(" ".join(words(title)) for title in (self.title, *self.also))


@dataclass
class RosterLine:
    """One line; `number` counts from 1 as people see it, the titles included."""

    number: int
    cells: Mapping[str, str]
    faults: list[str] = field(default_factory=list)

    def __getitem__(self, code: str) -> str:
        return self.cells.get(code, "")


@dataclass(frozen=True)
class Roster:
    """A list that was read; with `faults` of the whole there are no lines."""

    lines: tuple[RosterLine, ...] = ()
    faults: tuple[str, ...] = ()
    encoding: str = UNICODE


def read_roster(text: str, columns: Sequence[RosterColumn], most: int = MOST_LINES) -> Roster:
    """The lines of a list with what is wrong in each; old encodings are turned into Unicode.

    The first line holds the titles, in any order; at most `most` lines stand below it. A list with
    a fault of the whole has no lines.
    """
    try:
        table = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True))
    except csv.Error:
        return Roster(faults=(NO_TABLE,))
    numbered = [(number, row) for number, row in enumerate(table, start=1) if any(_bare(row))]
    if not numbered:
        return Roster(faults=(_no_titles(columns),))
    (_, titles), *rows = numbered
    if len(rows) > most:
        return Roster(faults=(TOO_MANY.format(found=len(rows), most=most),))
    places, faults = _places(_bare(_best_titles(titles, columns)), columns)
    if faults or not rows:
        return Roster(faults=tuple(faults or (NO_LINES,)))
    signs = {place for place, column in places.items() if column and column.is_sign}
    encoding, mixed = shared_encoding([_prose(row, signs) for _, row in rows])
    if mixed:
        numbers = ", ".join(str(rows[place][0]) for place in mixed[:10])
        return Roster(faults=(MIXED.format(lines=numbers, encoding=encoding),))
    shown = [(number, [in_unicode(cell, encoding) for cell in row]) for number, row in rows]
    lines = tuple(_line(number, _bare(row), places, columns) for number, row in shown)
    return Roster(lines=lines, encoding=encoding)


def roster_text(rows: Iterable[Sequence[str]]) -> str:
    """The same list as text, from the cells of a sheet: what `read_roster` reads."""
    written = io.StringIO(newline="")
    csv.writer(written, delimiter="\t", lineterminator="\n").writerows(rows)
    return written.getvalue()


def day_of(text: str) -> date:
    """The day of «05/12/2026»; ValueError for what is no day."""
    day, month, year = (int(part) for part in text.split("/"))
    return date(year, month, day)


def read_day(line: RosterLine, column: RosterColumn) -> date | None:
    """The day in a cell; None where it is empty, or wrong and noted in the line."""
    text = line[column.code]
    if not text:
        return None
    try:
        day = day_of(text)
    except ValueError:
        line.faults.append(NO_DAY.format(title=column.title, text=text))
        return None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        line.faults.append(FAR_DAY.format(title=column.title, text=text))
        return None
    return day


def _prose(row: Iterable[str], signs: Collection[int]) -> str:
    """The words of a line, by which the encoding of the list is known."""
    return "\t".join(cell for place, cell in enumerate(row) if place not in signs)


def _bare(row: Iterable[str]) -> list[str]:
    return [squeeze(cell) for cell in row]


def _best_titles(titles: Sequence[str], columns: Sequence[RosterColumn]) -> list[str]:
    """The titles in the encoding in which most of them are known."""
    known = {key for column in columns for key in column.keys}

    def count(encoding: str) -> int:
        return sum(_key(in_unicode(title, encoding)) in known for title in titles)

    best = max((UNICODE, TCVN3, VNI), key=count)
    return [in_unicode(title, best) for title in titles]


def _key(title: str) -> str:
    return " ".join(words(squeeze(title)))


def _no_titles(columns: Sequence[RosterColumn]) -> str:
    return NO_TITLES.format(titles=", ".join(f"“{column.title}”" for column in columns))


def _places(
    titles: Sequence[str], columns: Sequence[RosterColumn]
) -> tuple[dict[int, RosterColumn | None], list[str]]:
    """Which column stands where (None: of no meaning), and what is wrong with the titles."""
    by_key = {key: column for column in columns for key in column.keys}
    found = {place: by_key.get(_key(title)) for place, title in enumerate(titles)}
    named = [column for column in found.values() if column]
    if not named:
        return {}, [_no_titles(columns)]
    strange = [
        f"“{title}”"
        for place, title in enumerate(titles)
        if title and not found[place] and _key(title) not in COUNTED
    ]
    lacking = [f"“{one.title}”" for one in columns if one.is_required and one not in named]
    doubled = {one.title for one in named if named.count(one) > 1}
    faults = [NO_COLUMN.format(titles=", ".join(lacking))] if lacking else []
    faults += [STRANGE.format(titles=", ".join(strange))] if strange else []
    faults += [TWICE.format(title=title) for title in sorted(doubled)]
    counted = {place: None for place, title in enumerate(titles) if _key(title) in COUNTED}
    return {place: one for place, one in found.items() if one} | counted, faults


def _line(
    number: int,
    row: Sequence[str],
    places: Mapping[int, RosterColumn | None],
    columns: Sequence[RosterColumn],
) -> RosterLine:
    """One line: its cells by column, and what no cell of a list may be."""
    filled = {place: column for place, column in places.items() if place < len(row)}
    cells = {column.code: "" for column in columns}
    cells |= {column.code: row[place] for place, column in filled.items() if column}
    line = RosterLine(number, cells)
    beyond = [text for place, text in enumerate(row) if text and place not in places]
    line.faults += [BEYOND.format(text=text[:60]) for text in beyond]
    for column in columns:
        line.faults += _cell_faults(line[column.code], column)
    return line


def _cell_faults(text: str, column: RosterColumn) -> list[str]:
    if not text:
        return [EMPTY.format(title=column.title.lower())] if column.is_required else []
    if text.startswith("="):
        return [FORMULA.format(title=column.title)]
    if any(unicodedata.category(letter) in ("Cc", "Cs") for letter in text):
        return [CONTROL.format(title=column.title)]
    if column.longest and len(text) > column.longest:
        return [TOO_LONG.format(title=column.title, found=len(text), most=column.longest)]
    return []
