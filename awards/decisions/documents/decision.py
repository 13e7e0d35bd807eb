"""Quyết định khen thưởng of the province: a draft, or the decision with number and date."""

from dataclasses import dataclass
from typing import ClassVar

from thidua.papers.papers import Paper, Signer


@dataclass(frozen=True)
class Article:
    """`label` is “Điều 1.”, `paragraphs` its text; the first one follows the label."""

    label: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class AwardedRow:
    """One collective of the list."""

    number: str
    name: str
    merit: str


@dataclass(frozen=True)
class AwardedGroup:
    """All who receive one form of award; `numeral` is Roman."""

    numeral: str
    award: str
    rows: tuple[AwardedRow, ...]


@dataclass(frozen=True, kw_only=True)
class DecisionPaper(Paper):
    """`draft_mark` is “DỰ THẢO” or empty; a draft leaves room for number and day in its head."""

    template: ClassVar[str] = "documents/decision.html"
    version: ClassVar[str] = "1"

    draft_mark: str
    subject_lines: tuple[str, ...]
    authority: str
    bases: tuple[str, ...]
    proposed_by: str
    articles: tuple[Article, ...]
    recipients: tuple[str, ...]
    signer: Signer
    list_heading: str
    attached_lines: tuple[str, ...]
    groups: tuple[AwardedGroup, ...]
    total_line: str
