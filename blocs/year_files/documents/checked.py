"""A file of a year, read and counted before anything is written: its cells, and what is wrong."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.core.files.base import File

from blocs.criteria.actions.tables import line_faults, unchecked_criterion
from blocs.reports.models.sheets import as_stored
from blocs.scoring import Question, walk
from blocs.scoring.totals.sheet import planned_total
from blocs.scoring.totals.summing import plan_of
from blocs.sheet_files.actions import READERS
from blocs.year_files.domain.year_import import read_year
from blocs.year_files.domain.year_pages import ABOUT, RESULTS, TABLE, UNITS
from thidua.workbooks import Fault, Faults, ReadSheet, read_workbook

LEADERS = ("head", "deputy", "second_deputy")
# Which fact of the first sheet a field of bloc, year, regulation or table was filled with.
FACT_OF_FIELD = {
    "code": "bloc_code",
    "name": "bloc_name",
    "kind": "bloc_kind",
    "year": "year",
    "title": "table_title",
    "total_max": "total_max",
    "bonus_cap": "bonus_cap",
    "decimals": "decimals",
}
READ, COUNTED = "Đã đọc và kiểm tra các ô", "Đã tính điểm của {unit}"


def untold(done: int, total: int, step: str) -> None:
    """Nobody waits to hear how far it is."""


class YearFileError(ValidationError):
    """Cells of the file that cannot be taken; nothing was written."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__([str(fault) for fault in self.faults])


class CheckedFile:
    """The sheets as they were read, and what is wrong in them."""

    def __init__(self, upload: File) -> None:
        self.name, self.book, self.faults = upload.name or "", read_workbook(upload), Faults()
        self.found = read_year({name: sheet.rows for name, sheet in self.book.items()}, READERS)

    def add(self, page: str, row: int, column: int, reason: str) -> None:
        self.faults.add(self.book.get(page) or ReadSheet(page, ()), row, column, reason)

    def add_unit(self, row: int, error: ValidationError) -> None:
        """Each sentence of a refused unit at the column of its field, else at its code."""
        columns = self.found.columns_of[UNITS]
        told = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for field, sentences in told.items():
            # The letterhead is made of the name.
            column = columns.get("name" if field == "letterhead" else field, columns["code"])
            self.add(UNITS, row, column, " ".join(sentences))

    @contextmanager
    def cells_of_fields(self) -> Iterator[None]:
        """What an action refuses field by field is told at the cells that filled the fields."""
        try:
            yield
        except ValidationError as error:
            if not hasattr(error, "error_dict"):
                raise
            for field, sentences in error.message_dict.items():
                self.add(*self.place_of(field), " ".join(sentences))
            raise YearFileError(self.faults.found) from error

    def place_of(self, field: str) -> tuple[str, int, int]:
        """The cell that filled a field of bloc, year, regulation or table."""
        if field in LEADERS:
            rows = [line.row for line in self.found.units if line.role == field]
            return UNITS, (rows or [1])[0], self.found.columns_of[UNITS]["role"]
        place = self.found.facts_at.get(FACT_OF_FIELD.get(field, ""), (1, 1))
        return ABOUT, *place

    def refuse(self) -> None:
        """All or nothing."""
        if self.faults:
            raise YearFileError(self.faults.found)


def check_file(upload: File, *, tell: Callable[[int, int, str], None] = untold) -> CheckedFile:
    """The file with nothing wrong in it but what stored facts forbid; all that takes long.

    `tell` hears how far it is (done, in all, what). Raises YearFileError with every wrong cell,
    ValidationError for a file that is no workbook.
    """
    desk = CheckedFile(upload)
    for problem in desk.found.problems:
        desk.add(problem.page, problem.row, problem.column, problem.reason)
    desk.refuse()
    tell(0, len(desk.found.units), READ)
    _check_lines(desk)
    _check_results(desk, tell)
    desk.refuse()
    return desk


def _check_lines(desk: CheckedFile) -> None:
    """Note what of the table's lines could not be stored."""
    columns = desk.found.columns_of[TABLE]
    for path, node in walk(desk.found.table.nodes):
        for field, sentences in line_faults(unchecked_criterion(None, None, node, 0)).items():
            column = columns.get(field, columns["path"])
            desk.add(TABLE, desk.found.table_rows[path], column, " ".join(sentences))


def _check_results(desk: CheckedFile, tell: Callable[[int, int, str], None]) -> None:
    """Note the results that the rules do not take, before the lock of a writing is held."""
    found = desk.found
    rules = replace(found.table.rules, decimals=found.facts["decimals"])
    plan = plan_of(found.table.nodes)
    for done, line in enumerate(found.units, start=1):
        entries = found.entries_of(line.code)
        total = planned_total(plan, entries, rules)
        for path in entries:
            outcome = total.outcomes[path]
            if isinstance(outcome, Question):
                column = found.columns.get(line.code, 1)
                desk.add(RESULTS, found.rows.get(path, 1), column, outcome.sentence)
        as_stored(total.total)
        tell(done, len(found.units), COUNTED.format(unit=line.code))
