"""The table of a list's page as an Excel file: what one sees is what one gets, in every list."""

import re
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from html.parser import HTMLParser

from django.http import HttpResponse
from django.utils import timezone

from thidua.common.vietnamese.dates import moment_words
from thidua.common.vietnamese.text import file_stem
from thidua.workbooks import Column, Value, WorkbookRow, WorkbookSheet, write_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NUMBER, DAY = re.compile(r"-?\d+(,\d+)?"), re.compile(r"(\d{2})/(\d{2})/(\d{4})")
# What ends a line of a cell.
LINES = {"div", "p", "br", "li", "summary"}
WIDEST = 50
NO_TEXT = {"svg", "script", "style"}


class ListReader(HTMLParser):
    """The heading of a page and the first list on it, cell by cell; what is hidden is not read."""

    def __init__(self) -> None:
        super().__init__()
        self.heading, self.rows, self.marks = "", [], []
        self.place = ""
        # The tag that is not read, and how many of its kind are open.
        self.hidden, self.depth = "", 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = (dict(attrs).get("class") or "").split()
        if self.depth:
            self.depth += tag == self.hidden
        elif tag in NO_TEXT or "visually-hidden" in classes:
            self.hidden, self.depth = tag, 1
        elif tag == "h1":
            self.place = "heading"
        elif tag == "table" and "list" in classes and not self.rows:
            self.place = "table"
        elif tag == "tr" and self.place == "table":
            self.rows.append([])
            self.marks.append([])
        elif tag in ("td", "th") and self.place == "table":
            self.rows[-1].append("")
            self.marks[-1].append(set(classes))
        elif tag in LINES:
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        if self.depth:
            self.depth -= tag == self.hidden
        elif (tag, self.place) in (("h1", "heading"), ("table", "table")):
            self.place = ""

    def handle_data(self, data: str) -> None:
        if self.depth:
            return
        text = data if data == "\n" else re.sub(r"\s+", " ", data)
        if self.place == "heading":
            self.heading += text
        elif self.place == "table" and self.rows and self.rows[-1]:
            self.rows[-1][-1] += text


def list_answer(html: str, asked: list[str]) -> HttpResponse:
    """The file of the page's table; `asked` are the sentences of its filter."""
    reader = ListReader()
    reader.feed(html)
    title = tidy(reader.heading)
    content = write_workbook([list_sheet(reader, title, asked, at=timezone.localtime())])
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{file_stem(title)}.xlsx"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def list_sheet(reader: ListReader, title: str, asked: list[str], *, at: datetime) -> WorkbookSheet:
    """Title, filter and moment, then the columns of the screen but for that of the acts."""
    heads, *rows = reader.rows or [[]]
    marks = reader.marks[0] if reader.marks else []
    kept = [place for place, classes in enumerate(marks) if "acts" not in classes]
    cells = [[tidy(row[place]) for place in kept] for row in rows if len(row) == len(heads)]
    columns = [
        Column(
            tidy(heads[place]),
            width=width_of([tidy(heads[place]), *(row[number] for row in cells)]),
            kind="number" if marks[place] & {"num", "no"} else "text",
        )
        for number, place in enumerate(kept)
    ]
    values = [
        WorkbookRow([value_of(text, column) for text, column in zip(row, columns, strict=True)])
        for row in cells
    ]
    made = f"Lập lúc {moment_words(at)}; {len(values)} dòng."
    return WorkbookSheet("Danh sách", columns, values, title_lines=(title, *asked, made))


def tidy(text: str) -> str:
    """The lines of a cell without empty ones."""
    lines = (re.sub(r"\s+", " ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def width_of(texts: list[str]) -> float:
    """Wide enough for the longest line, within what a sheet of paper bears."""
    longest = max(len(line) for text in texts for line in (text.split("\n") or [""]))
    return min(longest + 2, WIDEST)


def value_of(text: str, column: Column) -> Value:
    """A number where the column holds numbers, a day where the text is one, else the text."""
    if column.kind == "number" and NUMBER.fullmatch(text):
        number = Decimal(text.replace(",", "."))
        return int(number) if "," not in text else number
    if found := DAY.fullmatch(text):
        with suppress(ValueError):
            return date(int(found[3]), int(found[2]), int(found[1]))
    return text
