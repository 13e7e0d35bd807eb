"""Bảng điểm chi tiết: every leaf of the table beside every unit, on turned sheets."""

from dataclasses import dataclass
from typing import ClassVar

from thidua.papers.papers import Paper, Signer

# What fits beside the names of the leaves: A4 turned, else A3 turned.
UNITS_ON_A4 = 7
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
    """As many units as fit beside each other, with all lines."""

    units: tuple[str, ...]
    lines: tuple[LeafLine, ...]


@dataclass(frozen=True, kw_only=True)
class ScoreLeaves(Paper):
    """The places and totals of a bloc year with all that they are made of."""

    template: ClassVar[str] = "documents/score_leaves.html"
    version: ClassVar[str] = "1"

    heading: str
    attached_lines: tuple[str, ...]
    blocks: tuple[LeafBlock, ...]
    notes: tuple[str, ...]
    signers: tuple[Signer, ...]

    @property
    def needs_a3(self) -> bool:
        return any(len(block.units) > UNITS_ON_A4 for block in self.blocks)
