"""The usual agenda of a closing conference (documents: model 1.9, content in order)."""

from dataclasses import replace

from blocs.scoring.votes.ballots import BallotCount, check_ballot
from blocs.states import AgendaTopic


def standard_agenda(year: str, after: str, head_word: str, word: str) -> list[tuple[str, str]]:
    """Titles and topics proposed for a new agenda; `word` is khối or cụm.

    `year` and `after` are this year and the next as the bloc calls them («năm 2026»).
    """
    return [
        (f"Báo cáo tổng kết phong trào thi đua {year}", AgendaTopic.TEXT),
        ("Kết quả chấm điểm, xếp hạng", AgendaTopic.SCORES),
        ("Thảo luận", AgendaTopic.TEXT),
        ("Bình xét, suy tôn, đề nghị khen thưởng", AgendaTopic.AWARD),
        (f"Chọn {head_word}, {word} phó {after}", AgendaTopic.ELECTION),
        (f"Ký kết giao ước thi đua {after}", AgendaTopic.TEXT),
    ]


def further_agenda() -> list[tuple[str, str]]:
    """Titles and topics proposed for a sitting that continues the signed conference."""
    return [
        ("Thống nhất điểm của báo cáo nộp sau, xếp hạng", AgendaTopic.SCORES),
        ("Bình xét, suy tôn, đề nghị khen thưởng bổ sung", AgendaTopic.AWARD),
    ]


def ballot_faults(count: BallotCount) -> dict[str, list[str]]:
    """What is impossible, by place: issued, returned, valid, the key of a line, or "".

    Each rule is asked for alone, with the others made true, so that its sentence is the same
    that `check_ballot` says. A line is named “line-” and its key.
    """
    head = replace(count, lines=(), seats=None, ticks=None)
    sound = replace(head, issued=head.present, returned=head.present, valid=head.present, invalid=0)
    asked = {
        "issued": replace(sound, issued=head.issued, returned=0, valid=0),
        "returned": replace(
            sound,
            members=max(head.members, head.issued),
            present=head.issued,
            issued=head.issued,
            returned=head.returned,
            valid=head.returned,
        ),
        "valid": replace(
            sound,
            members=max(head.members, head.returned),
            present=head.returned,
            issued=head.returned,
            returned=head.returned,
            valid=head.valid,
            invalid=head.invalid,
        ),
    }
    top = {place: found for place, alone in asked.items() if (found := check_ballot(alone))}
    if top:
        return top
    return _line_faults(count)


def _line_faults(count: BallotCount) -> dict[str, list[str]]:
    found = {
        f"line-{line.key}": faults
        for line in count.lines
        if (faults := check_ballot(replace(count, lines=(line,), seats=None, ticks=None)))
    }
    if found:
        return found
    whole = check_ballot(count)
    return {"": whole} if whole else {}
