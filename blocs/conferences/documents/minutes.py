"""Biên bản hội nghị tổng kết: model 1.9 of NĐ 30/2020, Phụ lục III."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from blocs.conferences.documents.minutes_votes import (
    MinutesSection,
    RankingRow,
    award_section,
    election_section,
)
from blocs.conferences.documents.vote_facts import post_name, rate
from blocs.conferences.models.conferences import Conference
from blocs.conferences.models.counting import POSTS, has_facts
from blocs.conferences.models.quorum import presence_of
from blocs.conferences.models.sealing import objectable, waiver_words
from blocs.conferences.models.sittings import ranking_for, sitting_before
from blocs.ranking.documents.ranking_notes import beside_notes
from blocs.ranking.models.ranked_units import LeftOut, RankedUnit
from blocs.ranking.models.rankings import Ranking
from blocs.ranking.models.stated import is_stated, stated_places, stated_sentences
from blocs.states import AgendaTopic, BallotKind
from blocs.years.documents import bloc_letterhead
from blocs.years.models.changes import change_sentences
from blocs.years.models.rule_bases import Citations
from thidua.common.vietnamese.dates import clock, long_date
from thidua.common.vietnamese.numbers import format_decimal, two_digits
from thidua.common.vietnamese.text import filled_lines
from thidua.papers.papers import PrintedPaper, Signer, break_lines
from thidua.papers.registry import form_of

SUBJECT_WIDTH = 60
USED = ("table", "ties", "classes", "quorum", "votes", "flags", "certificates")
RECIPIENTS = ("- Cơ quan thường trực về thi đua, khen thưởng của tỉnh;",)
DEFAULT_TITLES = {
    AgendaTopic.SCORES: "Kết quả chấm điểm, xếp hạng",
    AgendaTopic.AWARD: "Bình xét, suy tôn",
    AgendaTopic.ELECTION: "Chọn {head}, {deputy} {year}",
}


@form_of("minutes")
@dataclass(frozen=True, kw_only=True)
class Minutes(PrintedPaper):
    """The letterhead carries no place and date; `signers` are the secretary, then the chair.

    `continues` names the minutes that a further sitting goes on from, `early` says why it met
    before its day, `rule_bases` what the rules rest on by which the conference ranked and voted.
    """

    template: ClassVar[str] = "documents/minutes.html"
    version: ClassVar[str] = "4"

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
    continues: str = ""
    early: str = ""
    rule_bases: tuple[str, ...] = ()


def minutes_of(conference: Conference, *, is_draft: bool = False) -> Minutes:
    """The minutes as the facts give them now; a draft says so in the place of its number."""
    year, bloc = conference.bloc_year, conference.bloc_year.bloc
    return Minutes(
        title=f"Biên bản {conference.title.lower()} {year.words} của {bloc.name}",
        letterhead=bloc_letterhead(bloc, number=number_line(conference, is_draft=is_draft)),
        subject_lines=subject_of(conference),
        continues=continues(conference),
        started=f"{clock(conference.starts_at)}, {long_date(conference.starts_at)}",
        early=f"Hội nghị họp {words}." if (words := conference.early_words) else "",
        place=conference.printed_place,
        form=conference.get_form_display(),
        guests=guests_of(conference),
        attendance=attendance_of(conference),
        chair=person(conference.chair_name, conference.chair_title),
        secretary=person(conference.secretary_name, conference.secretary_title),
        sections=sections_of(conference),
        rule_bases=listed(Citations(year, conference.day).told(used_rules(conference)), mark="-"),
        ended=ended(conference),
        signers=(
            Signer(("THƯ KÝ",), conference.secretary_name),
            Signer(("CHỦ TỌA",), conference.chair_name),
        ),
        recipients=(*RECIPIENTS, f"- Các đơn vị thành viên {bloc.name};", "- Lưu: VT, Hồ sơ."),
    )


def used_rules(conference: Conference) -> tuple[str, ...]:
    """The rules by which the conference ranked and voted; that of the posts where it elected."""
    has_elected = any(ballot.kind in POSTS for ballot in conference.counts)
    return (*USED, "posts") if has_elected else USED


def subject_of(conference: Conference) -> tuple[str, ...]:
    year = conference.bloc_year
    about = f"suy tôn {year.words} của {year.bloc.name}"
    if conference.is_further:
        return break_lines(
            f"{conference.title} về thống nhất điểm, bình xét, {about}", SUBJECT_WIDTH
        )
    first = "Hội nghị tổng kết phong trào thi đua và bình xét,"
    return (first, *break_lines(about, SUBJECT_WIDTH))


def continues(conference: Conference) -> str:
    """Which signed minutes a further sitting continues; they stay as they were signed."""
    before = sitting_before(conference)
    if before is None:
        return ""
    number = f" số {before.minutes_number}" if before.minutes_number else ""
    return (
        f"Hội nghị họp tiếp sau {before.title.lower()} {long_date(before.starts_at)}; Biên bản"
        f"{number} đã ký giữ nguyên giá trị, trừ nội dung được biên bản này bổ sung."
    )


def number_line(conference: Conference, *, is_draft: bool) -> str:
    number = conference.minutes_number or f"…/BB-{conference.bloc_year.bloc.code}"
    return f"{number} (DỰ THẢO)" if is_draft else number


def person(name: str, title: str) -> str:
    return ", ".join(part for part in (name, title) if part) or "…"


def ended(conference: Conference) -> str:
    if conference.ended_at is None:
        return "… giờ …, ngày … tháng … năm …"
    return f"{clock(conference.ended_at)}, {long_date(conference.ended_at)}"


def guests_of(conference: Conference) -> tuple[str, ...]:
    guests = filled_lines(conference.guests)
    if len(guests) <= 1:
        return tuple(f"- Đại biểu mời: {guest.rstrip('.;')}." for guest in guests)
    return ("- Đại biểu mời:", *listed(guests))


def listed(items: Iterable[str], *, mark: str = "+") -> tuple[str, ...]:
    """«+ …;» for each item, the last one ends the sentence."""
    plain = [f"{mark} {item.rstrip('.;')}" for item in items]
    return tuple(f"{line};" for line in plain[:-1]) + tuple(f"{line}." for line in plain[-1:])


def attendance_of(conference: Conference) -> tuple[str, ...]:
    """How many came, whether that was enough, and who came for each unit."""
    presence, word = presence_of(conference), conference.bloc_year.bloc.word.capitalize()
    absent, needed = presence.members - presence.present, presence.quorum.needed(presence.members)
    verdict = "đủ" if presence.is_enough else "chưa đủ"
    return (
        f"- Đại biểu thành viên: {two_digits(presence.present)}/{two_digits(presence.members)} "
        f"đơn vị thuộc {word}, gồm {two_digits(presence.present)} đại biểu có quyền bỏ phiếu; "
        f"vắng mặt: {two_digits(absent)}; {verdict} điều kiện tiến hành (cần "
        f"{presence.quorum.words}, tức {two_digits(needed)} đơn vị). Trong đó:",
        *listed(attendance_line(row) for row in conference.roll),
        *changes_until(conference),
    )


def changes_until(conference: Conference) -> tuple[str, ...]:
    """Who came to the bloc and who left it in the year, until the day of the conference."""
    found = change_sentences(conference.bloc_year, conference.day)
    return ("- Thay đổi thành phần trong năm:", *listed(found)) if found else ()


def attendance_line(row) -> str:
    if not row.is_present:
        reason = f", lý do: {row.absence_reason}" if row.absence_reason else ""
        return f"{row.unit.name}: vắng mặt{reason}"
    who = ", ".join(part for part in (row.delegate_name, row.delegate_title) if part)
    return f"{row.unit.name}: {who or 'có mặt'}"


def sections_of(conference: Conference) -> tuple[MinutesSection, ...]:
    """The agenda in its order; facts that no point announces get a point of their own."""
    ranking = ranking_for(conference)
    planned = [(point.title, point.text, point.topic) for point in conference.points]
    named = {topic for _, _, topic in planned}
    planned += [
        (default_title(topic, conference), "", topic)
        for topic in DEFAULT_TITLES
        if topic not in named and is_shown(topic, conference, ranking)
    ]
    sections = []
    for number, (title, text, topic) in enumerate(planned, start=1):
        # Facts are printed once, under the first point that announces them.
        shown = topic if topic not in [row[2] for row in planned[: number - 1]] else ""
        heading = f"{number}. {title}"
        sections.append(section(heading, filled_lines(text), shown, conference, ranking))
    return (*sections, *conclusions(conference, len(sections) + 1))


def default_title(topic: str, conference: Conference) -> str:
    year = conference.bloc_year
    return DEFAULT_TITLES[topic].format(
        head=post_name(BallotKind.HEAD, year),
        deputy=post_name(BallotKind.DEPUTY, year),
        year=year.words_after(1),
    )


def is_shown(topic: str, conference: Conference, ranking: Ranking) -> bool:
    """A sheet may be appraised in part only: then the unit has no place to print yet."""
    if topic != AgendaTopic.SCORES:
        return has_facts(conference, topic)
    return bool(ranking.rows) or is_stated(conference.bloc_year)


def section(
    heading: str, text: tuple[str, ...], topic: str, conference: Conference, ranking: Ranking
) -> MinutesSection:
    if is_shown(topic, conference, ranking):
        if topic == AgendaTopic.SCORES and not ranking.rows:
            return stated_section(heading, text, conference)
        if topic == AgendaTopic.SCORES:
            late = (*text, *late_words(conference, ranking))
            return scores_section(heading, late, ranking, waiver_words(conference))
        if topic == AgendaTopic.AWARD:
            return award_section(heading, text, conference)
        return election_section(heading, text, conference)
    return MinutesSection(heading=heading, paragraphs=text)


def scores_section(
    heading: str, text: tuple[str, ...], ranking: Ranking, waivers: tuple[str, ...]
) -> MinutesSection:
    return MinutesSection(
        heading=heading,
        paragraphs=(*text, "Hội nghị thống nhất kết quả như sau:"),
        ranking=tuple(
            RankingRow(
                rank=str(row.placed.place),
                unit=row.unit.name,
                self_points=format_decimal(row.own.total, ranking.decimals),
                points=ranking.printed_totals[row.unit.pk],
                class_label=row.judged.class_label,
                **share_cells(row, ranking),
            )
            for row in ranking.rows
        ),
        tie_rule=" ".join(filter(None, (ranking.printed_rule, ranking.class_rule))),
        closing=(*beside_notes(ranking), *map(out_line, ranking.out), *waivers),
    )


def share_cells(row: RankedUnit, ranking: Ranking) -> dict[str, str]:
    """Maximum and percent of a unit where percents are compared, and its group if it has one."""
    if not ranking.by_percent:
        return {}
    unit = row.unit.pk
    return {
        "group": ranking.group_name(row) if ranking.rules.by_percent else "",
        "maximum": ranking.printed_maxima[unit],
        "share": ranking.printed_shares[unit],
    }


def stated_section(heading: str, text: tuple[str, ...], conference: Conference) -> MinutesSection:
    """Places and classes on which the conference agreed without points, by their document."""
    year = conference.bloc_year
    places = stated_places(year)
    return MinutesSection(
        heading=heading,
        paragraphs=(
            *text,
            "Hội nghị thống nhất kết quả như sau:",
            *listed(f"{row.unit.name}: {row.words}" for row in places),
        ),
        closing=stated_sentences(year, places),
    )


def late_words(conference: Conference, ranking: Ranking) -> tuple[str, ...]:
    """Whose sheets a further sitting agrees, with their points."""
    if not conference.is_further:
        return ()
    agreed = {report.unit_id for report in objectable(conference)}
    points = [
        f"{row.unit.name} {ranking.printed_results[row.unit.pk]} điểm"
        for row in ranking.rows
        if row.unit.pk in agreed
    ]
    return (f"Thống nhất điểm của báo cáo nộp sau: {'; '.join(points)}.",) if points else ()


def out_line(left: LeftOut) -> str:
    """A unit without a place, for good or for now."""
    words = "không xếp hạng" if left.is_final else "chưa xếp hạng"
    return f"{left.unit.name} {words}: {left.reason}"


def conclusions(conference: Conference, number: int) -> tuple[MinutesSection, ...]:
    """What the chair concluded, and how many agreed to the minutes that were read back.

    No heading stands above nothing.
    """
    agreed, present = conference.approvals, presence_of(conference).present
    paragraphs = filled_lines(conference.conclusion)
    if agreed is not None:
        paragraphs += (
            f"Biên bản đã được đọc lại trước hội nghị và được {two_digits(agreed)}/"
            f"{two_digits(present)} đại biểu thống nhất thông qua, tỷ lệ "
            f"{rate(agreed, present)}%.",
        )
    if not paragraphs:
        return ()
    return (MinutesSection(heading=f"{number}. Kết luận", paragraphs=paragraphs),)
