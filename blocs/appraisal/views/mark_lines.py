"""A sheet as one appraising unit sees it, and the marks of all side by side, as strings."""

from dataclasses import dataclass, replace

from blocs.appraisal.models.combining import CombinedRow
from blocs.appraisal.models.markings import points_of
from blocs.criteria.models.tree import Tree
from blocs.reports.views.grid.lines import Foot, SheetLine
from blocs.reports.views.grid.words import SheetWords
from thidua.common.vietnamese.numbers import format_input


class MarkWords(SheetWords):
    """The lines of a marked sheet; of a competent body only its leaves and what is above them.

    `earlier` holds, by criterion, what others gave, as far as the person may see it.
    """

    def __init__(self, sheet, form, *, earlier, is_whole):
        tree = sheet.tree
        wanted = {above for row in sheet.rows for above in and_above(row.path)}
        rows = {path: row for path, row in tree.rows.items() if path in wanted}
        sheet = replace(sheet, tree=Tree(tree.nodes, rows, tree.numbers))
        super().__init__(sheet, shows_given=True, form=form)
        self.earlier, self.is_whole = earlier, is_whole

    def group(self, path: str) -> SheetLine:
        """The maximum of a group is said only where all its leaves are shown."""
        line = super().group(path)
        return line if self.is_whole else replace(line, maximum="")

    def leaf(self, row) -> SheetLine:
        return replace(super().leaf(row), others=self.earlier.get(row.criterion.pk, ""))

    def foot(self) -> Foot:
        """The plain sums of the leaves that are shown; limits of the whole table do not apply."""
        sums = points_of(self.sheet)
        given = sums["given"] if self.given else None
        own = sums["own"] if self.own else None
        difference, tone = self.difference(own, given, "")
        return Foot(
            maximum=self.points(sums["maximum"]),
            own=self.points(own),
            given=self.points(given),
            difference=difference,
            tone=tone,
            notes=(),
        )


def marked_words(sheet) -> str:
    """How many leaves are marked, of how many the unit answered."""
    filled = [row for row in sheet.rows if row.is_filled]
    return f"Đã chấm {len(filled) - len(sheet.not_appraised())}/{len(filled)} tiêu chí"


def and_above(path: str) -> list[str]:
    """A path and those of all groups above it."""
    parts = path.split("/")
    return ["/".join(parts[:depth]) for depth in range(1, len(parts) + 1)]


def earlier_words(rows: list[CombinedRow]) -> dict[int, str]:
    """«Vòng 1: Sở A 9,5; Sở B 9» by criterion."""
    return {one.row.criterion.pk: _listed(one) for one in rows}


def _listed(one: CombinedRow) -> str:
    parts = []
    for number, marks in enumerate(one.rounds, start=1):
        given = "; ".join(
            f"{assignment.unit.short_name} {format_input(mark.points)}"
            for assignment, mark in marks
            if mark and mark.points is not None
        )
        if given:
            parts.append(f"Vòng {number}: {given}")
    return ". ".join(parts)


@dataclass(frozen=True)
class MarkCell:
    label: str
    points: str = ""
    reason: str = ""
    is_hidden: bool = False


@dataclass(frozen=True, kw_only=True)
class MarksLine:
    """One line of the table of all marks; a group has only number and name."""

    number: str
    name: str
    is_group: bool = False
    anchor: str = ""
    maximum: str = ""
    own: str = ""
    cells: tuple[MarkCell, ...] = ()
    mean: str = ""
    spread: str = ""
    outcome: str = ""
    question: str = ""
    given: str = ""
    prefix: str = ""
    points_typed: str = ""
    reason_typed: str = ""
    wrong: str = ""
