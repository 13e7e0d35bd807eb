"""The matrix units × units as it is shown: each sheet with a cell for every unit."""

from dataclasses import dataclass

from blocs.appraisal.actions.assignments import ASSIGNABLE
from blocs.reports.models.assignments import newest


@dataclass(frozen=True)
class MatrixCell:
    """Whether one unit marks one sheet; nobody can be asked to mark the own."""

    pk: int
    label: str
    is_own: bool
    is_on: bool
    is_done: bool = False


@dataclass(frozen=True)
class MatrixRow:
    """The sheet of one unit; `is_fixed` where it is past marking, or not begun."""

    pk: int
    number: int
    unit: str
    short_name: str
    cells: tuple[MatrixCell, ...]
    has_report: bool
    is_fixed: bool
    scorers: tuple[str, ...]
    # Who marks it no more, and who marked it and left: they have no column.
    left: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        return sum(cell.is_on for cell in self.cells)


def matrix_rows(units, reports, assignments, chosen=None) -> list[MatrixRow]:
    """A row for every member, in the order of the year; `chosen` instead of what is stored."""
    first = newest(assignments)
    stored = {(one.report.unit_id, one.unit_id): bool(one.done_at) for one in first}
    rows = []
    for number, unit in enumerate(units, start=1):
        report = reports.get(unit.pk)
        is_fixed = report is None or report.state not in ASSIGNABLE
        picked = {scorer for sheet, scorer in stored if sheet == unit.pk}
        if chosen is not None and not is_fixed:
            picked = set(chosen.get(unit.pk, ()))
        cells = tuple(
            MatrixCell(
                pk=one.pk,
                label=one.short_name,
                is_own=one.pk == unit.pk,
                is_on=one.pk in picked,
                is_done=stored.get((unit.pk, one.pk), False),
            )
            for one in units
        )
        # A competent body may be no member: it is told, though it has no column.
        names = tuple(one.unit.name for one in first if one.report.unit_id == unit.pk)
        rows.append(
            MatrixRow(
                pk=unit.pk,
                number=number,
                unit=unit.name,
                short_name=unit.short_name,
                cells=cells,
                has_report=report is not None,
                is_fixed=is_fixed,
                scorers=names,
                left=tuple(left_words(one) for one in first if is_outside(one, unit, units)),
            )
        )
    return rows


def is_outside(assignment, unit, units):
    """Marks the sheet of the unit, and sits with the others no more."""
    return (
        assignment.report.unit_id == unit.pk
        and not assignment.may_mark
        and assignment.unit_id not in {one.pk for one in units}
    )


def left_words(assignment):
    how = "đã chấm xong, điểm giữ nguyên" if assignment.done_at else "chưa chấm xong, thôi chấm"
    return f"{assignment.unit.name} không còn tham gia: {how}."
