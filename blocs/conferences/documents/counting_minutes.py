"""Biên bản kiểm phiếu: what the counting team found, signed by every member of it."""

from dataclasses import dataclass
from typing import ClassVar

from blocs.conferences.documents.minutes import VoteRow
from thidua.papers.papers import Paper, Signer


@dataclass(frozen=True, kw_only=True)
class CountingMinutes(Paper):
    """`team` are numbered lines; `signers` stand from left to right, the team's head last."""

    template: ClassVar[str] = "documents/counting_minutes.html"
    version: ClassVar[str] = "1"

    subject_lines: tuple[str, ...]
    opening: str
    team: tuple[str, ...]
    lead_in: str
    counts: tuple[str, ...]
    subject_heading: str
    votes: tuple[VoteRow, ...]
    vote_base: str
    conclusions: tuple[str, ...]
    ended: str
    signers: tuple[Signer, ...]
