"""Tờ trình of a bloc to the province, with the list of those proposed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from awards.proposals.models import Proposal, ProposalItem
from awards.proposals.models.left_out import vote_left_out
from awards.proposals.models.quotas import explained_lines
from awards.proposals.models.tie_words import kept_choices, open_ties, words_of_choice
from blocs.conferences.documents.vote_facts import (
    VOTE_ON_AWARDS,
    VoteRow,
    count_sentence,
    decision_sentences,
    rows_by_line,
)
from blocs.conferences.models import Ballot, Conference
from blocs.conferences.models.counting import rounds_of
from blocs.conferences.models.last_votes import votes_of_year
from blocs.conferences.models.quorum import presence_of
from blocs.ranking.documents.seal_words import seal_notes
from blocs.ranking.models.rankings import ranking_of
from blocs.ranking.models.stated import stated_places, stated_sentences
from blocs.scoring.totals.tables import roman
from blocs.states import BallotKind, ConferenceState
from blocs.units.models import Bloc
from blocs.years.documents import (
    bases_of,
    bloc_letterhead,
    leader_signer,
    numbered,
    place_date,
)
from blocs.years.domain.taking_part import Duty
from blocs.years.models import BlocYear
from blocs.years.models.changes import change_sentences, members_owing
from thidua.common.vietnamese.dates import long_date
from thidua.common.vietnamese.numbers import two_digits
from thidua.common.vietnamese.province import province
from thidua.common.vietnamese.text import filled_lines, low_first
from thidua.papers.papers import PaperPart, PrintedPaper, Signer, break_lines
from thidua.papers.registry import form_of


@dataclass(frozen=True)
class ProposalRow:
    """One collective proposed; `name` as it shall stand on the certificate.

    `points` placed it; `total` is told where a part of the year or a rate was compared instead.
    """

    number: str
    name: str
    points: str
    votes: str
    rate: str
    merit: str
    total: str = ""


@dataclass(frozen=True)
class ProposalGroup:
    """All proposed for one form of award; `numeral` is Roman."""

    numeral: str
    award: str
    rows: tuple[ProposalRow, ...]


@form_of("submission")
@dataclass(frozen=True, kw_only=True)
class Submission(PrintedPaper):
    """`closing` ends with “./.”; `total_line` closes the annexed list."""

    template: ClassVar[str] = "documents/submission.html"
    version: ClassVar[str] = "2"

    subject_lines: tuple[str, ...]
    addressees: tuple[str, ...]
    bases: tuple[str, ...]
    introduction: tuple[str, ...]
    parts: tuple[PaperPart, ...]
    closing: str
    recipients: tuple[str, ...]
    signer: Signer
    list_heading: str
    attached_lines: tuple[str, ...]
    groups: tuple[ProposalGroup, ...]
    total_line: str


def submission_paper(proposal: Proposal) -> Submission:
    """The tờ trình as it is printed today, with the list of those proposed."""
    year, bloc, day = proposal.bloc_year, proposal.bloc_year.bloc, proposal.dated_on
    items = items_of(proposal)
    sittings = list(Conference.objects.for_page().filter(bloc_year=year).order_by("number"))
    for one in sittings:
        one.bloc_year = year
    ranking = ranking_of(year)
    groups = groups_of(items, ranking.standings, votes_of(year, sittings))
    told = (
        *vote_lines(year, groups),
        *stated_lines(year),
        *seal_notes(ranking),
        *tie_lines(proposal, (row for one in sittings for row in rounds_of(one, BallotKind.AWARD))),
    )
    return Submission(
        title=f"Tờ trình về việc đề nghị khen thưởng {year}",
        letterhead=bloc_letterhead(bloc, number=proposal.number, place_date=place_date(day)),
        subject_lines=break_lines(
            f"Về việc đề nghị khen thưởng các đơn vị thuộc {bloc.name} {year.words}", 52
        ),
        addressees=addressees(),
        bases=all_bases(sittings, proposal),
        introduction=introduction(proposal, sittings[0] if sittings else None),
        parts=parts_of(asked_words(items), sittings, told, explained_lines(proposal, items)),
        closing=f"{bloc.name} kính trình Chủ tịch Ủy ban nhân dân tỉnh xem xét, quyết định./.",
        recipients=recipients(bloc),
        signer=leader_signer(year, day),
        list_heading=f"DANH SÁCH TẬP THỂ ĐỀ NGHỊ KHEN THƯỞNG {year.words.upper()}",
        attached_lines=attached_lines(proposal),
        groups=groups,
        total_line=f"(Danh sách gồm {two_digits(len(items))} tập thể)./.",
    )


def items_of(proposal: Proposal) -> list[ProposalItem]:
    """The lines in the order of the catalogue, each knowing this very proposal."""
    items = list(proposal.items.select_related("award", "unit").order_by("award__order", "pk"))
    for item in items:
        item.proposal = proposal
    return items


def addressees() -> tuple[str, ...]:
    return (
        f"- Chủ tịch Ủy ban nhân dân {province()};",
        "- Hội đồng Thi đua - Khen thưởng tỉnh.",
    )


def recipients(bloc: Bloc) -> tuple[str, ...]:
    return (
        "- Như trên;",
        "- Sở Nội vụ;",
        f"- Các đơn vị thành viên {bloc.word};",
        f"- Lưu: VT, {bloc.code}.",
    )


def attached_lines(proposal: Proposal) -> tuple[str, ...]:
    """To which submission the list belongs; a draft leaves room for its number and day."""
    when = long_date(proposal.dated_on) if proposal.dated_on else "ngày … tháng … năm …"
    number, bloc = proposal.number or "…", proposal.bloc_year.bloc
    return break_lines(f"(Kèm theo Tờ trình số {number} {when} của {bloc.name})", 60)


def votes_of(year, sittings):
    """The printed votes by unit and award, of the votes that count."""
    counted = {(line.ballot.conference_id, line.key) for line in votes_of_year(year)}
    return {
        key: row
        for one in sittings
        for key, row in rows_by_line(one, BallotKind.AWARD).items()
        if (one.pk, key) in counted
    }


def all_bases(sittings, proposal):
    """The law, then the minutes of each signed sitting; the last one closes with a full stop."""
    signed = [row for row in sittings if row.state == ConferenceState.SIGNED]
    from_minutes = tuple(minutes_basis(row, is_last=row is signed[-1]) for row in signed)
    is_last, day = not from_minutes, proposal.dated_on
    return bases_of(proposal.bases, is_last=is_last, day=day) + from_minutes


def minutes_basis(conference, *, is_last):
    """The signed minutes of one sitting are a basis of the submission."""
    year = conference.bloc_year
    number = f" số {conference.minutes_number}" if conference.minutes_number else ""
    day, end = long_date(conference.starts_at), "." if is_last else ";"
    title = conference.title.lower()
    return f"Căn cứ Biên bản{number} {day} về {title} {year.words} của {year.bloc.name}{end}"


def introduction(proposal, conference):
    year = proposal.bloc_year
    members = (
        presence_of(conference).members if conference else members_owing(year, Duty.SIT).count()
    )
    first = f"{year.bloc.name} gồm {two_digits(members)} đơn vị thành viên."
    if conference:
        first += f" Hội nghị tổng kết {year.words} họp {long_date(conference.starts_at)}"
        first += f" tại {conference.printed_place}."
    changes = tuple(f"{sentence}." for sentence in change_sentences(year, proposal.dated_on))
    return (first, *changes, *filled_lines(proposal.summary))


def groups_of(items, standings, votes):
    """The list by form of award, each group with its own numbers."""
    groups = []
    for award, rows in groupby(items, key=lambda item: item.award):
        printed = tuple(
            row_of(number, item, standings.get(item.unit_id, ("", "")), vote_of(item, votes))
            for number, item in enumerate(rows, start=1)
        )
        groups.append(ProposalGroup(roman(len(groups) + 1), award.name, printed))
    return tuple(groups)


def vote_of(item, votes):
    """The count on this award for this unit; a vote that named no award was on the unit."""
    return votes.get((item.unit_id, item.award_id)) or votes.get(item.unit_id)


def row_of(
    number: int, item: ProposalItem, standing: tuple[str, str], vote: VoteRow | None
) -> ProposalRow:
    """The line of one unit, with its points as ranked and its votes as counted."""
    points, total = standing
    return ProposalRow(
        number=str(number),
        name=item.unit.name if item.unit else "…",
        points=points,
        total=total,
        votes=vote.votes_for if vote else "",
        rate=f"({vote.rate}%)" if vote else "",
        merit=item.printed_merit,
    )


def result_sentence(conference, ballot):
    """At a further sitting, in which round, on what, how: «Bỏ phiếu suy tôn lần 2 (…): …»."""
    sitting = f"{conference.title}. " if conference.is_further else ""
    return f"{sitting}{count_sentence(conference, ballot, VOTE_ON_AWARDS)}"


def vote_lines(year: BlocYear, groups: Sequence[ProposalGroup]) -> tuple[str, ...]:
    """That nobody voted on the awards, or on which of them; nothing where all were voted on."""
    if left_out := vote_left_out(year):
        return (f"{year.bloc.name} {left_out}.",)
    bare = [group.award for group in groups if not any(row.votes for row in group.rows)]
    return tuple(f"{award}: không bỏ phiếu, đề nghị theo kết quả xếp hạng." for award in bare)


def stated_lines(year: BlocYear) -> tuple[str, ...]:
    """By which minutes the places stand, where there are no points."""
    places = stated_places(year)
    listed = "; ".join(f"{row.unit.name}: {row.words}" for row in places)
    return (*((f"{listed}.",) if listed else ()), *stated_sentences(year, places))


def tie_lines(proposal: Proposal, counted: Iterable[Ballot]) -> tuple[str, ...]:
    """What was chosen between equal units, and what a draft still leaves open."""
    asked = open_ties(proposal) if proposal.is_draft else []
    chosen = (words_of_choice(choice) for choice in kept_choices(proposal))
    sentences = (open_tie.sentence for open_tie in asked)
    return (*sentences, *chosen, *decided_votes(counted))


def decided_votes(ballots: Iterable[Ballot]) -> tuple[str, ...]:
    """What the chair of a sitting decided between units equal by votes; nothing in most years."""
    return tuple(
        f"{ballot.conference.title}: {low_first(sentence)}"
        for ballot in dict.fromkeys(ballots)
        for sentence in decision_sentences(ballot)
    )


def asked_words(items: Iterable[ProposalItem]) -> tuple[str, ...]:
    """«Tặng … cho 02 tập thể: …»; what the State grants is submitted to it by the Chairman."""
    found = []
    for award, rows in groupby(items, key=lambda item: item.award):
        names = [item.unit.name if item.unit else "…" for item in rows]
        asked = f"Trình cấp Nhà nước xét tặng {award}" if award.is_national else f"Tặng {award}"
        found.append(f"{asked} cho {two_digits(len(names))} tập thể: {'; '.join(names)}.")
    return tuple(found)


def parts_of(chosen, sittings, tied, explained):
    """Result of the votes, who was chosen between equals, what is proposed, what is enclosed."""
    counted = [(one, row) for one in sittings for row in rounds_of(one, BallotKind.AWARD)]
    result = tuple(result_sentence(one, row) for one, row in counted) + tied
    papers = (
        "Biên bản hội nghị tổng kết; biên bản kiểm phiếu (nếu có).",
        "Bảng tổng hợp điểm thi đua của các đơn vị.",
        "Báo cáo của từng tập thể được đề nghị.",
    )
    texts = [
        ("KẾT QUẢ BÌNH XÉT", result),
        ("NỘI DUNG ĐỀ NGHỊ", (*chosen, *explained)),
        ("HỒ SƠ KÈM THEO", papers),
    ]
    shown = [(heading, rows) for heading, rows in texts if rows]
    return tuple(
        PaperPart(f"{roman(place)}. {heading}", numbered(rows))
        for place, (heading, rows) in enumerate(shown, start=1)
    )
