"""What the page of a conference shows of it, as finished words."""

from django.urls import reverse
from django.utils import timezone

from blocs.conferences.documents.vote_facts import (
    base_sentence,
    next_round_sentences,
    other_sentences,
    papers_sentence,
    reason_sentences,
    revote_words,
    vote_rows,
)
from blocs.conferences.documents.vote_results import CHOSEN, outside_sentences, result_words
from blocs.conferences.models.counting import (
    before,
    count_of,
    is_stopped,
    last_rounds,
    rules_in_round,
)
from blocs.scoring.votes.choosing import open_questions
from blocs.states import AgendaTopic, BallotMethod, ConferenceState
from thidua.common.vietnamese.dates import clock, moment_words, short_date
from thidua.common.vietnamese.text import filled_lines
from thidua.papers.signed_copies import copy_rows
from thidua.papers.stored import papers_of


def no_count_words(*, writes):
    """Why there is no count to read here."""
    if writes:
        return "Chưa có kết quả kiểm phiếu. Nếu hội nghị không bỏ phiếu nội dung này thì để trống."
    return "Kết quả kiểm phiếu hiện ở đây khi đã được xác nhận."


def facts_of(conference):
    start = timezone.localtime(conference.starts_at)
    facts = [
        ("Bắt đầu", f"{clock(start)}, ngày {short_date(start)}"),
        ("Địa điểm", conference.place or "chưa ghi"),
        ("Hình thức", conference.get_form_display()),
        ("Chủ tọa", named(conference.chair_name, conference.chair_title)),
        ("Thư ký", named(conference.secretary_name, conference.secretary_title)),
        ("Đại biểu mời", "; ".join(filled_lines(conference.guests)) or "không ghi"),
        ("Tổ kiểm phiếu", "; ".join(filled_lines(conference.counting_team)) or "không ghi"),
    ]
    if conference.early_words:
        facts.insert(1, ("Họp sớm", f"Hội nghị họp {conference.early_words}."))
    if conference.ended_at:
        end = timezone.localtime(conference.ended_at)
        facts.append(("Kết thúc", f"{clock(end)}, ngày {short_date(end)}"))
    if conference.minutes_number:
        facts.append(("Số biên bản", conference.minutes_number))
    return facts


def named(name, title):
    return ", ".join(part for part in (name, title) if part) or "chưa ghi"


def agenda_rows(conference):
    words = dict(AgendaTopic.choices)
    return [
        {
            "title": point.title,
            "paragraphs": filled_lines(point.text),
            "topic": words[point.topic] if point.topic else "",
        }
        for point in conference.points
    ]


def questions_of(ballot, conference, presence):
    """What the last round left open; a later round has answered what an earlier one left."""
    if ballot not in last_rounds(conference):
        return []
    earlier = before(ballot, conference.counts)
    rules = rules_in_round(ballot, earlier, conference.bloc_year)
    count = count_of(ballot, presence)
    return open_questions(count, rules, is_stopped=is_stopped(ballot))


def ballot_facts(ballot, conference, presence):
    """One count as the page shows it, the same strings as on paper."""
    return {
        "method": BallotMethod(ballot.method).label,
        "papers": papers_sentence(ballot),
        "base": base_sentence(ballot, conference),
        "others": (
            *filter(None, [revote_words(ballot).strip()]),
            *reason_sentences(ballot, conference),
            *outside_sentences(ballot, conference),
            *other_sentences(ballot),
        ),
        "questions": questions_of(ballot, conference, presence),
        "next": next_round_sentences(conference, ballot),
        "rows": [
            {"vote": vote, "result": result, "is_chosen": result == CHOSEN}
            for vote, result in zip(
                vote_rows(ballot, conference), result_words(ballot, conference), strict=True
            )
        ],
    }


def paper_rows(conference):
    """Stored papers, the minutes first; while nothing is signed nobody asks the database."""
    if conference.state != ConferenceState.SIGNED:
        return []
    return [
        {
            "title": paper.title,
            "number": paper.number or "không có",
            "made": moment_words(paper.made_at),
            "sha256": paper.sha256,
            "url": reverse("conferences:paper_file", args=(paper.pk,)),
        }
        for paper in papers_of(conference).order_by("pk")
    ]


def copies_shown(conference):
    """The minutes as they were signed by hand; there are none before they are signed."""
    is_signed = conference.state == ConferenceState.SIGNED
    return copy_rows(conference, "minutes") if is_signed else []
