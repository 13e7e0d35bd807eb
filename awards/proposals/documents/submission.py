"""Tờ trình of a bloc to the province, with the list of those proposed."""

from dataclasses import dataclass
from typing import ClassVar

from thidua.papers.papers import Paper, Part, Signer


@dataclass(frozen=True)
class ProposalRow:
    """One collective proposed; `name` as it shall stand on the certificate."""

    number: str
    name: str
    points: str
    votes: str
    rate: str
    merit: str


@dataclass(frozen=True)
class ProposalGroup:
    """All proposed for one form of award; `numeral` is Roman."""

    numeral: str
    award: str
    rows: tuple[ProposalRow, ...]


@dataclass(frozen=True, kw_only=True)
class Submission(Paper):
    """`closing` ends with “./.”; `total_line` closes the annexed list."""

    template: ClassVar[str] = "documents/submission.html"
    version: ClassVar[str] = "1"

    subject_lines: tuple[str, ...]
    addressees: tuple[str, ...]
    bases: tuple[str, ...]
    introduction: tuple[str, ...]
    parts: tuple[Part, ...]
    closing: str
    recipients: tuple[str, ...]
    signer: Signer
    list_heading: str
    attached_lines: tuple[str, ...]
    groups: tuple[ProposalGroup, ...]
    total_line: str
