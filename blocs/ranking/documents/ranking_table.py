"""Bảng tổng hợp điểm: all units of a bloc on one turned sheet."""

from dataclasses import dataclass
from typing import ClassVar

from thidua.papers.papers import Paper, Signer

# What fits: A4 turned in normal and in small print, then A3 turned in normal print.
GROUPS_ON_A4 = 7
GROUPS_ON_A4_SMALL = 10
GROUPS_ON_A3 = 12


@dataclass(frozen=True)
class SummaryCell:
    """Points of one unit in one group: self-scored and appraised."""

    self_points: str
    points: str


@dataclass(frozen=True)
class SummaryRow:
    """One unit; as many cells as the table has groups."""

    number: str
    unit: str
    cells: tuple[SummaryCell, ...]
    total: str
    rank: str
    class_label: str = ""


@dataclass(frozen=True, kw_only=True)
class ScoreSummary(Paper):
    """`groups` are the headings of the columns, for example “Cải cách hành chính (150)”."""

    template: ClassVar[str] = "documents/score_summary.html"
    version: ClassVar[str] = "3"

    heading: str
    attached_lines: tuple[str, ...]
    groups: tuple[str, ...]
    rows: tuple[SummaryRow, ...]
    notes: tuple[str, ...]
    signers: tuple[Signer, ...]

    @property
    def group_columns(self) -> str:
        """Columns under the common head: two for each group."""
        return str(2 * len(self.groups))

    @property
    def has_classes(self) -> bool:
        """Whether the regulation classifies the units."""
        return any(row.class_label for row in self.rows)

    @property
    def head_rows(self) -> str:
        """A table of points has a head of three rows; without one there is nothing to divide."""
        return "3" if self.groups else "1"

    @property
    def needs_a3(self) -> bool:
        return len(self.groups) > GROUPS_ON_A4_SMALL

    @property
    def needs_small_print(self) -> bool:
        count = len(self.groups)
        return count > (GROUPS_ON_A3 if self.needs_a3 else GROUPS_ON_A4)
