"""What the minutes and the counting minutes say alike about a vote."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from blocs.conferences.models.ballots import Ballot, flags_first
from blocs.conferences.models.conferences import Conference
from blocs.conferences.models.counting import (
    POSTS,
    base_of,
    chosen_earlier,
    is_stopped,
    rounds_of,
)
from blocs.conferences.models.last_votes import (
    chosen_before,
    chosen_words,
    posts_before,
    question_of,
)
from blocs.conferences.models.quorum import presence_of
from blocs.conferences.models.vote_warnings import vote_warnings
from blocs.scoring.votes.ballots import Key
from blocs.scoring.votes.quorum import Threshold
from blocs.scoring.votes.rates import rate_decimals
from blocs.states import BallotKind
from blocs.years.domain.rule_words import vote_sentence
from blocs.years.models import BlocYear
from blocs.years.models.regulation import regulation_of
from thidua.common.vietnamese.numbers import format_decimal, two_digits
from thidua.common.vietnamese.text import filled_lines

VOTE_ON_AWARDS = "Bỏ phiếu suy tôn"
NO_RATE = "–"


@dataclass(frozen=True)
class VoteRow:
    """One line of a vote: who or what was voted on, votes for as “07/08”, rate as “87,5”."""

    number: str
    name: str
    subject: str
    votes_for: str
    votes_against: str
    rate: str


def ballot_of(conference: Conference, kind: str, number: int) -> Ballot | None:
    """One round of a vote; None where it was not held."""
    found = [ballot for ballot in rounds_of(conference, kind) if ballot.number == number]
    return found[0] if found else None


def round_words(conference: Conference, ballot: Ballot) -> str:
    """« lần 2»; empty where the vote had one round only."""
    several = len(rounds_of(conference, ballot.kind)) > 1
    return f" lần {ballot.number}" if several else ""


def post_name(kind: str, year: BlocYear) -> str:
    """«Khối trưởng», «Cụm phó»: the post in the words of this bloc."""
    if kind == BallotKind.HEAD:
        return year.bloc.head_word.capitalize()
    return f"{year.bloc.word} phó".capitalize()


def vote_rows(ballot: Ballot, conference: Conference, *, first: int = 1) -> tuple[VoteRow, ...]:
    year = conference.bloc_year
    base = base_of(ballot, presence_of(conference), year)
    threshold = regulation_of(year).threshold
    is_award = ballot.kind == BallotKind.AWARD
    words = f" ({found.strip()})" if (found := round_words(conference, ballot)) else ""
    return tuple(
        VoteRow(
            number=str(number),
            name=line.unit.name,
            subject=(line.award_name if is_award else post_name(ballot.kind, year)) + words,
            votes_for=f"{two_digits(line.votes_for)}/{two_digits(base)}",
            votes_against=two_digits(line.votes_against),
            rate=rate(line.votes_for, base, threshold),
        )
        for number, line in enumerate(ballot.votes, start=first)
    )


def rows_by_line(conference: Conference, kind: str) -> dict[Key, VoteRow]:
    """The printed votes by unit and award, from the last round in which the unit stood for it."""
    rows: dict[Key, VoteRow] = {}
    for ballot in rounds_of(conference, kind):
        keys = (line.key for line in ballot.votes)
        rows |= dict(zip(keys, vote_rows(ballot, conference), strict=True))
    return rows


def rate(part: int, base: int, threshold: Threshold | None = None) -> str:
    """Percent with one decimal, or as many as its threshold needs; 0 where there is no base.

    More votes than there are to take them of are no rate: the roll was changed after the count.
    """
    if part > base:
        return NO_RATE
    decimals = rate_decimals(part, base, threshold) if threshold else 1
    return format_decimal(Decimal(part * 100) / base if base else 0, decimals)


def hands_words(ballot: Ballot) -> str:
    """«biểu quyết giơ tay: Sở A (Cờ thi đua) 06/08 đơn vị đồng ý»: no papers were issued."""
    there = two_digits(ballot.valid)
    is_award = ballot.kind == BallotKind.AWARD
    said = (
        f"{line.unit.name}{f' ({line.award_name})' if is_award else ''} "
        f"{two_digits(line.votes_for)}/{there} đơn vị đồng ý"
        for line in ballot.votes
    )
    return f"{ballot.get_method_display()}: {'; '.join(said)}"


def papers_sentence(ballot: Ballot) -> str:
    """The four numbers of a count; hands that were raised are told unit by unit."""
    if ballot.by_hands:
        words = hands_words(ballot)
        return f"{words[0].upper()}{words[1:]}."
    return (
        f"Số phiếu phát ra: {two_digits(ballot.issued)}; "
        f"số phiếu thu về: {two_digits(ballot.returned)}; "
        f"số phiếu hợp lệ: {two_digits(ballot.valid)}; "
        f"số phiếu không hợp lệ: {two_digits(ballot.invalid)}."
    )


def revote_words(ballot: Ballot) -> str:
    """«Bỏ phiếu lại, lý do: …; …»: what the vote replaces; empty for any other vote."""
    if not ballot.revote_reason:
        return ""
    reason = ballot.revote_reason.rstrip(".;")
    gone = replaced_before(ballot)
    replaced = f"; thay kết quả {'; '.join(gone)}" if gone else ""
    return f"Bỏ phiếu lại, lý do: {reason}{replaced}. "


def replaced_before(ballot: Ballot) -> list[str]:
    """What of earlier sittings a vote taken anew is about."""
    if ballot.kind in POSTS:
        return posts_before(ballot.conference, ballot.kind)
    asked = {question_of(line) for line in ballot.votes}
    gone = [line for line in chosen_before(ballot.conference) if question_of(line) in asked]
    return chosen_words(gone)


def base_sentence(ballot: Ballot, conference: Conference) -> str:
    """What the rate is counted from and how many votes are enough."""
    rules = regulation_of(conference.bloc_year)
    base = base_of(ballot, presence_of(conference), conference.bloc_year)
    return vote_sentence(rules.threshold, rules.vote_base, base)


def other_sentences(ballot: Ballot) -> tuple[str, ...]:
    """Votes neither for nor against, and what the chair decided between equals."""
    silent = [
        (line.unit.name, ballot.valid - line.votes_for - line.votes_against)
        for line in ballot.votes
    ]
    counted = "đơn vị" if ballot.by_hands else "phiếu"
    sentences = [
        f"{name}: {two_digits(count)} {counted} không có ý kiến." for name, count in silent if count
    ]
    return (*sentences, *decision_sentences(ballot))


def decision_sentences(ballot: Ballot) -> tuple[str, ...]:
    """What the chair decided between equals, or that the conference elects no more; or nothing."""
    if not ballot.decision:
        return ()
    if is_stopped(ballot):
        return (f"Hội nghị không bầu tiếp: {ballot.decision}",)
    equal = "bằng số đơn vị đồng ý" if ballot.by_hands else "bằng phiếu"
    return (f"Do {equal}, chủ tọa quyết định: {ballot.decision}",)


def reason_sentences(ballot: Ballot, conference: Conference) -> tuple[str, ...]:
    """Why the conference voted on units that are dissolved, set aside, held or excluded."""
    if not any(line.reason for line in ballot.votes):
        return ()
    warnings = vote_warnings(conference, ballot.kind)
    return tuple(
        f"{' '.join(found)} Hội nghị vẫn đưa ra bỏ phiếu, lý do: {line.reason.rstrip('.;')}."
        for line in ballot.votes
        if line.reason and (found := warnings.of_line(line))
    )


def next_round_sentences(conference: Conference, ballot: Ballot) -> tuple[str, ...]:
    """Why the vote was repeated, and between whom; nothing after the last round."""
    later = ballot_of(conference, ballot.kind, ballot.number + 1)
    if later is None:
        return ()
    names = "; ".join(line.unit.name for line in later.votes)
    return (
        f"Lần {ballot.number} chưa phân định được; hội nghị bỏ phiếu lần {later.number} với: "
        f"{names}.",
    )


def award_sentences(ballots: Sequence[Ballot]) -> tuple[str, ...]:
    """Whom these rounds chose for each award."""
    votes = [line for ballot in ballots for line in ballot.votes]
    sentences = []
    chosen = flags_first(line for line in votes if line.is_chosen)
    for award in dict.fromkeys(line.award_name for line in chosen):
        names = [line.unit.name for line in chosen if line.award_name == award]
        sentences.append(
            f"Hội nghị thống nhất đề nghị tặng {award} cho "
            f"{two_digits(len(names))} đơn vị: {'; '.join(names)}."
        )
    return tuple(sentences) or ("Không có đơn vị nào đạt mức phiếu quy định.",)


def post_sentence(ballot: Ballot, year: BlocYear) -> str:
    """Whom all rounds until this one chose for the post."""
    chosen = (*chosen_earlier(ballot), *(line for line in ballot.votes if line.is_chosen))
    names = "; ".join(line.unit.name for line in chosen)
    post = f"{post_name(ballot.kind, year)} {year.words_after(1)}"
    if not names:
        return f"Chưa có đơn vị được bầu làm {post}."
    return f"{names} được bầu làm {post}."


def count_sentence(conference: Conference, ballot: Ballot, about: str) -> str:
    about += round_words(conference, ballot)
    words = revote_words(ballot)
    if ballot.by_hands:
        voted = about.replace("Bỏ phiếu", "Biểu quyết")
        return f"{voted}. {words}{papers_sentence(ballot)}"
    return f"{about} ({ballot.get_method_display()}). {words}{papers_sentence(ballot)}"


def team_sentence(conference: Conference) -> tuple[str, ...]:
    team = filled_lines(conference.counting_team)
    if not team:
        return ()
    return (f"Tổ kiểm phiếu gồm {two_digits(len(team))} thành viên: {'; '.join(team)}.",)
