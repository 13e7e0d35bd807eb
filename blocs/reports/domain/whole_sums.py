"""Sums of a sheet that say nothing while a leaf below them has no points yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from blocs.scoring import SheetTotal
from blocs.scoring.totals.totals import part_points
from blocs.scoring.totals.tree import Node

NOT_WHOLE = "chưa đủ"
NOT_APPRAISED = "dự thảo, chưa thẩm định xong"
NOT_SENT = "dự thảo, đơn vị chưa nộp"
NOT_SCORED = "dự thảo, chưa tự chấm xong"


@dataclass(frozen=True)
class WholeSums:
    """The sums of one column of points; None for a group or total that lacks a leaf.

    `open_paths`: groups above a leaf without points, "" for the sheet as a whole.
    """

    counted: SheetTotal
    open_paths: frozenset[str] = frozenset()

    @property
    def is_whole(self) -> bool:
        return "" not in self.open_paths

    @property
    def total(self) -> Decimal | None:
        return self.counted.total if self.is_whole else None

    def group(self, path: str) -> Decimal | None:
        """The sum of one group."""
        return None if path in self.open_paths else self.counted.groups.get(path)

    def part(self, node: Node) -> Decimal | None:
        """The points of one top line of the table, group or single leaf."""
        is_open = node.is_group and node.code in self.open_paths
        return None if is_open else part_points(self.counted, node)


def groups_above(paths: Iterable[str]) -> frozenset[str]:
    """The paths of all groups that hold one of the leaves, "" for the sheet as a whole."""
    return frozenset(above for path in paths for above in paths_above(path))


def paths_above(path: str) -> list[str]:
    """Where a leaf is added up: the sheet itself («»), then group by group down to its own."""
    parts = path.split("/")
    return ["/".join(parts[:depth]) for depth in range(len(parts))]
