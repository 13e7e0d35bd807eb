"""Biên bản kiểm phiếu: what the counting team found, signed by every member of it."""

from dataclasses import dataclass
from typing import ClassVar

from blocs.conferences.documents.vote_facts import (
    VoteRow,
    award_sentences,
    base_sentence,
    next_round_sentences,
    other_sentences,
    papers_sentence,
    post_sentence,
    reason_sentences,
    revote_words,
    round_words,
    vote_rows,
)
from blocs.conferences.documents.vote_results import outside_sentences
from blocs.conferences.models.ballots import Ballot
from blocs.conferences.models.conferences import Conference
from blocs.conferences.models.counting import before
from blocs.conferences.models.quorum import presence_of
from blocs.conferences.workflows import ballot_title
from blocs.states import BallotKind
from blocs.years.documents import bloc_letterhead
from thidua.common.vietnamese.dates import long_date
from thidua.common.vietnamese.numbers import two_digits
from thidua.common.vietnamese.text import filled_lines
from thidua.papers.papers import PrintedPaper, Signer, break_lines
from thidua.papers.registry import form_of


@form_of("counting_minutes")
@dataclass(frozen=True, kw_only=True)
class CountingMinutes(PrintedPaper):
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


DUTY_MARKS = (" – ", " - ")
HONORIFICS = ("Ông ", "Bà ", "Đồng chí ", "Đ/c ")


def counting_minutes_of(
    conference: Conference, ballot: Ballot, *, is_draft: bool = False
) -> CountingMinutes:
    """The counting minutes of one vote. They carry no number: the minutes carry one."""
    year, bloc = conference.bloc_year, conference.bloc_year.bloc
    title = ballot_title(ballot.kind, bloc)
    turn = round_words(conference, ballot)
    sitting = f" tại {conference.title.lower()}" if conference.is_further else ""
    return CountingMinutes(
        title=(
            f"Biên bản kiểm phiếu {title} {shown_year(ballot, year)}{turn}{sitting} của {bloc.name}"
        ),
        letterhead=bloc_letterhead(bloc, number="(DỰ THẢO)" if is_draft else ""),
        subject_lines=break_lines(f"{title.capitalize()} {shown_year(ballot, year)}{turn}", 60),
        opening=opening(conference),
        team=team_of(conference),
        lead_in=(
            f"đã tiến hành {'đếm biểu quyết' if ballot.by_hands else 'kiểm phiếu'} {title}{turn} "
            f"theo hình thức {ballot.get_method_display()}, kết quả như sau:"
        ),
        counts=counts_of_papers(conference, ballot),
        subject_heading="Hình thức đề nghị" if ballot.kind == BallotKind.AWARD else "Chức danh",
        votes=vote_rows(ballot, conference),
        vote_base=base_sentence(ballot, conference),
        conclusions=(
            *earlier_rounds(conference, ballot),
            *reason_sentences(ballot, conference),
            *outside_sentences(ballot, conference),
            *other_sentences(ballot),
            *conclusions_of(conference, ballot),
        ),
        ended=ended_words(ballot),
        signers=signers_of(conference),
    )


def ended_words(ballot: Ballot) -> str:
    """Papers are sealed and kept; of hands there is nothing to keep."""
    kept = "" if ballot.by_hands else "; phiếu được niêm phong, giao thư ký lưu giữ"
    return f"Biên bản được công bố trước hội nghị{kept}./."


def shown_year(ballot: Ballot, year) -> str:
    """Awards are for the year that ends, posts for the one that comes."""
    return year.words if ballot.kind == BallotKind.AWARD else year.words_after(1)


def opening(conference: Conference) -> str:
    return (
        f"{long_date(conference.starts_at).capitalize()}, tại {conference.printed_place}, "
        f"Tổ kiểm phiếu do {conference.title} {conference.bloc_year.bloc.name} cử ra, gồm:"
    )


def team_of(conference: Conference) -> tuple[str, ...]:
    return tuple(
        f"{number}. {line.rstrip('.;,')};"
        for number, line in enumerate(filled_lines(conference.counting_team), start=1)
    )


def counts_of_papers(conference: Conference, ballot: Ballot) -> tuple[str, ...]:
    presence = presence_of(conference)
    right = "biểu quyết" if ballot.by_hands else "bỏ phiếu"
    return (
        f"- Số đơn vị thành viên: {two_digits(presence.members)}; số đại biểu có mặt, có quyền "
        f"{right}: {two_digits(presence.present)}.",
        f"- {revote_words(ballot)}{papers_sentence(ballot)}",
    )


def earlier_rounds(conference: Conference, ballot: Ballot) -> tuple[str, ...]:
    """What the rounds before found: a second count never stands without the first."""
    return tuple(
        f"Kết quả lần {row.number}: "
        + "; ".join(
            f"{line.unit.name} {two_digits(line.votes_for)} "
            f"{'đơn vị đồng ý' if row.by_hands else 'phiếu'}"
            for line in row.votes
        )
        + "."
        for row in before(ballot, conference.counts)
    )


def conclusions_of(conference: Conference, ballot: Ballot) -> tuple[str, ...]:
    """Whom this round chose, or that the conference votes once more."""
    if again := next_round_sentences(conference, ballot):
        chosen = any(line.is_chosen for line in ballot.votes)
        return (*(award_sentences([ballot]) if chosen else ()), *again)
    if ballot.kind == BallotKind.AWARD:
        return award_sentences([ballot])
    return (post_sentence(ballot, conference.bloc_year),)


def signers_of(conference: Conference) -> tuple[Signer, ...]:
    """Every member of the team; its head, who stands in the first line, signs at the right."""
    team = filled_lines(conference.counting_team)
    signers = [
        Signer((duty_of(line, is_head=place == 0),), name_of(line))
        for place, line in enumerate(team)
    ]
    return tuple(reversed(signers))


def duty_of(line: str, *, is_head: bool) -> str:
    """What stands behind the dash, as the form asks for; else the usual word."""
    for mark in DUTY_MARKS:
        if mark in line:
            return line.rsplit(mark, 1)[1].rstrip(".;,").upper()
    return "TỔ TRƯỞNG" if is_head else "THÀNH VIÊN"


def name_of(line: str) -> str:
    """What stands before the first comma or dash; on paper a name has no title before it."""
    name = line
    for mark in (",", *DUTY_MARKS):
        name = name.split(mark, 1)[0]
    for honorific in HONORIFICS:
        name = name.removeprefix(honorific)
    return name.strip().rstrip(".;")
