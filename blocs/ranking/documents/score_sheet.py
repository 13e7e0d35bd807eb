"""Bảng tự chấm điểm of one unit, with the appraised points beside its own."""

from dataclasses import dataclass
from typing import ClassVar

from thidua.papers.papers import Paper, Signer


@dataclass(frozen=True)
class ScoreLine:
    """One line of the table; `kind` is “group”, “leaf” or “total” and decides the print.

    `difference` is appraised minus self-scored with its sign; what is not known yet is empty.
    """

    kind: str
    number: str
    name: str
    maximum: str
    self_points: str
    points: str
    difference: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ScoreSheetPaper(Paper):
    """The letterhead is the unit's own."""

    template: ClassVar[str] = "documents/score_sheet.html"
    version: ClassVar[str] = "1"

    subject_lines: tuple[str, ...]
    lines: tuple[ScoreLine, ...]
    notes: tuple[str, ...]
    signers: tuple[Signer, ...]
