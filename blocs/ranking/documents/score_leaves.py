"""Bảng điểm chi tiết: every leaf of the table beside every unit, on turned sheets."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from blocs.criteria.models.tree import Tree
from blocs.ranking.documents.ranking_table import attached_lines, summary_notes, summary_signers
from blocs.ranking.models.ranked_units import RankedUnit
from blocs.ranking.models.rankings import Ranking
from blocs.scoring import NotApplicable, Points, walk
from blocs.scoring.totals.tables import Node
from blocs.years.documents import bloc_letterhead
from thidua.common.vietnamese.numbers import format_trimmed, points_text
from thidua.papers.papers import PrintedPaper, Signer

# What fits beside the names of the leaves: A4 turned, else A3 turned.
UNITS_ON_A4 = 7
FEW_UNITS = 4
UNITS_ON_A3 = 15


@dataclass(frozen=True)
class LeafCell:
    """Points of one unit at one line; `own` only where the unit gave itself others."""

    points: str
    own: str = ""


@dataclass(frozen=True)
class LeafLine:
    """One line of the table; `kind` is group, leaf or total."""

    kind: str
    number: str
    name: str
    maximum: str
    cells: tuple[LeafCell, ...]


@dataclass(frozen=True)
class LeafBlock:
    """As many units as fit beside each other, with all lines; `heading`: whose table it is."""

    units: tuple[str, ...]
    lines: tuple[LeafLine, ...]
    heading: str = ""

    @property
    def is_narrow(self) -> bool:
        """So few units that the text takes the room which their points do not need."""
        return len(self.units) <= FEW_UNITS


@dataclass(frozen=True, kw_only=True)
class ScoreLeaves(PrintedPaper):
    """The places and totals of a bloc year with all that they are made of."""

    template: ClassVar[str] = "documents/score_leaves.html"
    version: ClassVar[str] = "2"

    heading: str
    attached_lines: tuple[str, ...]
    blocks: tuple[LeafBlock, ...]
    notes: tuple[str, ...]
    signers: tuple[Signer, ...]

    @property
    def needs_a3(self) -> bool:
        return any(len(block.units) > UNITS_ON_A4 for block in self.blocks)


NOT_ASSIGNED = "không giao"
OWN = "Số trong ngoặc là điểm tự chấm, chỉ ghi khi khác điểm thẩm định."


def score_leaves_paper(ranking: Ranking) -> ScoreLeaves:
    """The detailed table, best unit first, in blocks of as many units as a sheet holds."""
    year, parts = ranking.bloc_year, ranking.by_table
    size = UNITS_ON_A4 if max(map(len, parts), default=0) <= UNITS_ON_A4 else UNITS_ON_A3
    return ScoreLeaves(
        title=f"Bảng điểm chi tiết {year.words} của {year.bloc.name}",
        letterhead=bloc_letterhead(year.bloc),
        heading=f"BẢNG ĐIỂM THẨM ĐỊNH CHI TIẾT {year.words.upper()}",
        attached_lines=attached_lines(ranking),
        blocks=tuple(
            leaf_block(rows[start : start + size], ranking)
            for rows in parts
            for start in range(0, len(rows), size)
        ),
        notes=(OWN, *summary_notes(ranking)),
        signers=summary_signers(year),
    )


def leaf_block(rows: Sequence[RankedUnit], ranking: Ranking) -> LeafBlock:
    tree = rows[0].tree
    lines = (*leaf_lines(tree, rows, ranking.point_decimals), *total_lines(rows, ranking))
    heading = f"Nhóm “{ranking.group_name(rows[0])}”" if ranking.shows_groups else ""
    return LeafBlock(tuple(row.unit.short_name or row.unit.name for row in rows), lines, heading)


def leaf_lines(tree: Tree, rows: Sequence[RankedUnit], places: int) -> Iterator[LeafLine]:
    """Groups with their sums and leaves with their points, in the order of the table."""
    for path, node in walk(tree.nodes):
        if node.is_group:
            cells = tuple(LeafCell(points_text(row.given.groups.get(path), places)) for row in rows)
        else:
            cells = tuple(leaf_cell(row, path, places) for row in rows)
        kind = "group" if node.is_group else "leaf"
        yield LeafLine(kind, tree.printed[path], node.name, maximum_of(node), cells)


def maximum_of(node: Node) -> str:
    """The maximum as printed; bonus and deduction may have none."""
    return format_trimmed(node.max_points, 4) if node.max_points else ""


def leaf_cell(row: RankedUnit, path: str, places: int) -> LeafCell:
    """Given points, and the own ones where they differ."""
    given, own = row.given.outcomes.get(path), row.own.outcomes.get(path)
    if isinstance(given, NotApplicable):
        return LeafCell(NOT_ASSIGNED)
    if not isinstance(given, Points):
        return LeafCell("")
    is_other = isinstance(own, Points) and own.points != given.points
    return LeafCell(
        points_text(given.points, places), points_text(own.points, places) if is_other else ""
    )


def total_lines(rows: Sequence[RankedUnit], ranking: Ranking) -> tuple[LeafLine, ...]:
    found, places = [], ranking.point_decimals
    if any(row.adjustments for row in rows):
        sums = [points_text(row.outside or None, places) for row in rows]
        found.append(total_line("Điểm ngoài bảng", sums))
    totals = [ranking.printed_totals[row.unit.pk] for row in rows]
    found.append(total_line("Tổng điểm", totals))
    if ranking.by_percent:
        found.append(
            total_line("Điểm tối đa", [ranking.printed_maxima[row.unit.pk] for row in rows])
        )
        shares = [ranking.printed_shares[row.unit.pk].rstrip("%") for row in rows]
        found.append(total_line("Tỷ lệ đạt (%)", shares))
    if ranking.bands:
        found.append(total_line("Xếp loại", [row.judged.class_label for row in rows]))
    found.append(total_line("Xếp thứ", [str(row.placed.place) for row in rows]))
    return tuple(found)


def total_line(name: str, cells: Sequence[str]) -> LeafLine:
    return LeafLine("total", "", name, "", tuple(map(LeafCell, cells)))
