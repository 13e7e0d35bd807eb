"""Why a file is refused, cell by cell: the whole list at once."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from thidua.workbooks.reading import cell_name, cell_text
from thidua.workbooks.sheets import UNCALCULATED, ReadSheet


@dataclass(frozen=True)
class Fault:
    """One reason why a file is refused: where, what stands there, why."""

    sheet: str
    cell: str
    value: str
    reason: str

    def __str__(self) -> str:
        shown = f", giá trị “{self.value}”" if self.value else ""
        return f"Trang “{self.sheet}”, ô {self.cell}{shown}: {self.reason}"


@dataclass
class Faults:
    """Everything that is wrong in a file, cell by cell; all-or-nothing needs the whole list."""

    found: list[Fault] = field(default_factory=list)

    def add(self, sheet: ReadSheet, row: int, column: int, reason: str) -> None:
        """Note why a cell cannot be taken."""
        raw = sheet.value(row, column)
        shown = "(công thức)" if raw is UNCALCULATED else cell_text(raw)
        shown = shown if len(shown) <= 60 else f"{shown[:60]}…"
        self.found.append(Fault(sheet.name, cell_name(row, column), shown, reason))

    def read(self, reader, sheet: ReadSheet, row: int, column: int, **options: object):
        """`reader` (such as `cell_decimal`) over a cell; None and a note where it refuses."""
        try:
            return reader(sheet.value(row, column), **options)
        except ValidationError as error:
            self.add(sheet, row, column, " ".join(error.messages))
            return None

    def __bool__(self) -> bool:
        return bool(self.found)
