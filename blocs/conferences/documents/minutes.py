"""Biên bản hội nghị tổng kết: model 1.9 of NĐ 30/2020, Phụ lục III."""

from dataclasses import dataclass
from typing import ClassVar

from thidua.papers.papers import PrintedPaper, Signer


@dataclass(frozen=True)
class RankingRow:
    """One unit of the ranking; rank and points as printed, for example “1” and “986,75”."""

    rank: str
    unit: str
    self_points: str
    points: str


@dataclass(frozen=True)
class VoteRow:
    """One line of a vote: who or what was voted on, votes for as “07/08”, rate as “87,5”."""

    number: str
    name: str
    subject: str
    votes_for: str
    votes_against: str
    rate: str


@dataclass(frozen=True)
class MinutesSection:
    """One point of the agenda, in the order it is printed.

    `heading` carries its number (“3. Bình xét, suy tôn”). The tables are printed after
    `paragraphs` and before `closing`; an empty one is left out. `tie_rule` stands under the
    ranking, `vote_base` (what the rate is counted from) under the votes.
    """

    heading: str
    paragraphs: tuple[str, ...] = ()
    ranking: tuple[RankingRow, ...] = ()
    tie_rule: str = ""
    subject_heading: str = "Hình thức đề nghị"
    votes: tuple[VoteRow, ...] = ()
    vote_base: str = ""
    closing: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Minutes(PrintedPaper):
    """The letterhead carries no place and date; `signers` are the secretary, then the chair."""

    template: ClassVar[str] = "documents/minutes.html"
    version: ClassVar[str] = "1"

    subject_lines: tuple[str, ...]
    started: str
    place: str
    form: str
    guests: tuple[str, ...]
    attendance: tuple[str, ...]
    chair: str
    secretary: str
    sections: tuple[MinutesSection, ...]
    ended: str
    signers: tuple[Signer, ...]
    recipients: tuple[str, ...]
