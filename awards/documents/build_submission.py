"""From a proposal in the database to the strings of the bloc's tờ trình."""

from decimal import Decimal
from itertools import groupby

from awards.documents.submission import ProposalGroup, ProposalRow, Submission
from awards.models import Proposal
from blocs.conferences.models import Ballot, Conference
from blocs.scoring.totals.tables import roman
from blocs.states import BallotKind, ConferenceState
from blocs.years.documents import (
    bloc_letterhead,
    bloc_signer,
    lines,
    numbered,
    place_date,
    province_of,
)
from thidua.common.dates import long_date
from thidua.common.numbers import format_decimal, format_trimmed, two_digits
from thidua.common.papers import Part, break_lines


def submission_paper(proposal: Proposal) -> Submission:
    """The tờ trình as it is printed today, with the list of those proposed."""
    year, bloc = proposal.bloc_year, proposal.bloc_year.bloc
    items = list(proposal.items.select_related("award", "unit").order_by("award__order", "pk"))
    conference = Conference.objects.filter(bloc_year=year).first()
    ballot = award_ballot(conference)
    groups = groups_of(items, points_of(year), votes_of(ballot), year.year)
    when = long_date(proposal.dated_on) if proposal.dated_on else "ngày … tháng … năm …"
    return Submission(
        title=f"Tờ trình về việc đề nghị khen thưởng {year}",
        letterhead=bloc_letterhead(
            bloc, number=proposal.number, place_date=place_date(bloc, proposal.dated_on)
        ),
        subject_lines=break_lines(
            f"Về việc đề nghị khen thưởng các đơn vị thuộc {bloc.name} năm {year.year}", 52
        ),
        addressees=(
            f"- Chủ tịch Ủy ban nhân dân {province_of(bloc)};",
            "- Hội đồng Thi đua - Khen thưởng tỉnh.",
        ),
        bases=lines(year.legal_bases) + minutes_basis(conference, year),
        introduction=introduction(proposal, conference),
        parts=parts_of(groups, ballot, items),
        closing=f"{bloc.name} kính trình Chủ tịch Ủy ban nhân dân tỉnh xem xét, quyết định./.",
        recipients=(
            "- Như trên;",
            "- Sở Nội vụ;",
            f"- Các đơn vị thành viên {bloc.word};",
            f"- Lưu: VT, {bloc.code}.",
        ),
        signer=bloc_signer(year, year.head.leader_name if year.head else ""),
        list_heading=f"DANH SÁCH TẬP THỂ ĐỀ NGHỊ KHEN THƯỞNG NĂM {year.year}",
        attached_lines=break_lines(
            f"(Kèm theo Tờ trình số {proposal.number or '…'} {when} của {bloc.name})", 60
        ),
        groups=groups,
        total_line=f"(Danh sách gồm {two_digits(len(items))} tập thể)./.",
    )


def award_ballot(conference):
    """The award vote of the conference with its lines, if there was one."""
    if conference is None:
        return None
    return Ballot.objects.filter(conference=conference, kind=BallotKind.AWARD).first()


def minutes_basis(conference, year):
    """The signed minutes are a basis of the submission."""
    if conference is None or conference.state != ConferenceState.SIGNED:
        return ()
    number = f" số {conference.minutes_number}" if conference.minutes_number else ""
    day = long_date(conference.starts_at)
    return (
        f"Căn cứ Biên bản{number} {day} về hội nghị tổng kết năm {year.year} của {year.bloc.name}.",
    )


def introduction(proposal, conference):
    year = proposal.bloc_year
    count = two_digits(year.members.count())
    first = f"{year.bloc.name} gồm {count} đơn vị thành viên."
    if conference:
        first += f" Hội nghị tổng kết năm {year.year} họp {long_date(conference.starts_at)}"
        first += f" tại {conference.place}."
    return (first, *lines(proposal.summary))


def points_of(year):
    """Agreed points by unit."""
    rows = year.reports.exclude(appraised_total=None)
    return dict(rows.values_list("unit_id", "appraised_total"))


def votes_of(ballot):
    """Votes for and papers issued, by unit."""
    if ballot is None:
        return {}
    return {line.unit_id: (line.votes_for, ballot.issued) for line in ballot.lines.all()}


def groups_of(items, points, votes, year):
    """The list by form of award, each group with its own numbers."""
    groups = []
    for award, rows in groupby(items, key=lambda item: item.award):
        printed = tuple(
            row_of(number, item, points, votes, year) for number, item in enumerate(rows, start=1)
        )
        groups.append(ProposalGroup(roman(len(groups) + 1), award.name, printed))
    return tuple(groups)


def row_of(number, item, points, votes, year):
    total = points.get(item.unit_id)
    cast = votes.get(item.unit_id)
    return ProposalRow(
        number=str(number),
        name=item.unit.name if item.unit else "…",
        points="" if total is None else format_decimal(total),
        votes=f"{cast[0]:02d}/{cast[1]:02d}" if cast else "",
        rate=f"({rate(*cast)}%)" if cast else "",
        merit=item.merit or f"Có thành tích trong phong trào thi đua năm {year}",
    )


def rate(votes, base):
    """Percent with one place, the base being the papers issued."""
    if not base:
        return "0"
    return format_trimmed((Decimal(votes) * 100 / base).quantize(Decimal("0.1")))


def parts_of(groups, ballot, items):
    """Result of the vote, what is proposed, what is enclosed."""
    result = ()
    if ballot:
        result = (
            f"Số phiếu phát ra: {ballot.issued:02d}; số phiếu thu về: {ballot.returned:02d}; "
            f"số phiếu hợp lệ: {ballot.valid:02d}; số phiếu không hợp lệ: {ballot.invalid:02d}.",
        )
    chosen = tuple(
        f"Tặng {group.award} cho {two_digits(len(group.rows))} tập thể: "
        f"{'; '.join(row.name for row in group.rows)}."
        for group in groups
    )
    papers = (
        "Biên bản hội nghị tổng kết; biên bản kiểm phiếu (nếu có).",
        "Bảng tổng hợp điểm thi đua của khối.",
        "Báo cáo của từng tập thể được đề nghị.",
    )
    texts = [
        ("KẾT QUẢ BÌNH XÉT", result),
        ("NỘI DUNG ĐỀ NGHỊ", chosen),
        ("HỒ SƠ KÈM THEO", papers),
    ]
    shown = [(heading, rows) for heading, rows in texts if rows]
    return tuple(
        Part(f"{roman(place)}. {heading}", numbered(rows))
        for place, (heading, rows) in enumerate(shown, start=1)
    )
