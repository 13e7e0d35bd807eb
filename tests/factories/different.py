"""A bloc year in which no two facts have the same figure or the same words.

What stands in the wrong column of a page, paper or workbook shows here and nowhere else.
"""

import datetime as dt
from decimal import Decimal

from agreements.models import Agreement, Signature, Target
from awards.board.models import Opinion
from awards.decisions.models import Decision
from awards.proposals.models import Proposal, ProposalItem
from blocs.conferences.models import AgendaItem, Attendance, Conference
from blocs.reports.models import Report, Score
from blocs.states import ConferenceState, ReportState, SeatRole, YearState
from blocs.units.models import Bloc
from blocs.years.models import BlocYear, Regulation, YearMember
from tests.factories.awards import certificate, flag
from tests.factories.blocs import small_table
from tests.factories.conferences import count
from tests.factories.people import UnitFactory, leader_of, official
from thidua.common.vietnamese.dates import ZONE

# Short name, name, who leads it and as what, who comes to the conference and as what.
UNITS = (
    ("SXD", "Sở Xây dựng", "Trần Văn An", "Giám đốc", "Lê Thị Bình", "Phó Giám đốc"),
    ("SGT", "Sở Giao thông Vận tải", "Ngô Văn Cư", "Quyền Giám đốc", "Hồ Thị Dung", "Văn phòng"),
    ("SCT", "Sở Công Thương", "Võ Văn Em", "Giám đốc Sở", "Đỗ Thị Giang", "Trưởng phòng"),
    ("BKC", "Ban Quản lý Khu công nghiệp", "Lý Văn Hùng", "Trưởng ban", "Mai Thị Ích", "Phó ban"),
    ("STP", "Sở Tư pháp", "Bùi Văn Kha", "Giám đốc sở", "Vũ Thị Lan", "Chánh Văn phòng"),
    ("STC", "Sở Tài chính", "Đặng Văn Minh", "Người đứng đầu", "Hà Thị Nga", "Kế toán trưởng"),
    ("SNV", "Sở Nội vụ", "Cao Văn Oai", "Phụ trách", "", ""),
)
# Own and given points at the five leaves of the first four units; none is twice in a row.
POINTS = (
    (("36", "28", "20", "4", "-0.5"), ("35", "27", "21", "3", "-2")),
    (("39", "29", "25", "2", "-1"), ("38.5", "29.25", "24", "1", "-0.5")),
    (("30", "22", "15", "5", "0"), ("29", "21", "14", "4.5", "-0.25")),
    (("33", "26", "18", "1.5", "-0.75"), ("31", "24.5", "17", "0.5", "-1")),
)
# What the first unit got a year before.
LAST = ("32", "19", "11", "2.5", "-1.5")
DUE = dt.date(2026, 12, 10)
START = dt.datetime(2026, 12, 18, 8, 15, tzinfo=ZONE)


def different_year():
    """Seven members; four are ranked, in places 2, 1, 4, 3; the first was late."""
    bloc = Bloc.objects.create(
        name="Khối thi đua số 5", code="KTĐ5", organiser="UBND tỉnh Lam Giang"
    )
    units = [
        UnitFactory(short_name=short, name=name, leader_name=leader, leader_title=title, code=short)
        for short, name, leader, title, *_ in UNITS
    ]
    before = BlocYear.objects.create(bloc=bloc, year=2025, state=YearState.RANKED, head=units[2])
    Regulation.objects.create(bloc_year=before)
    add_report(before, units[0], small_table(before), LAST, LAST, START)
    year = BlocYear.objects.create(
        bloc=bloc,
        year=2026,
        state=YearState.RANKED,
        head=units[0],
        deputy=units[1],
        report_due=DUE,
        legal_bases="Căn cứ Luật Thi đua, khen thưởng;",
    )
    Regulation.objects.create(
        bloc_year=year, late_per_day=Decimal("0.5"), vote_base="all_members", vote_threshold=40
    )
    for order, unit in enumerate(units, start=1):
        YearMember.objects.create(bloc_year=year, unit=unit, order=order)
    table = small_table(year)
    for place, (own, given) in enumerate(POINTS):
        day = DUE + dt.timedelta(days=5 if place == 0 else -place)
        sent = dt.datetime.combine(day, dt.time(9), tzinfo=ZONE)
        add_report(year, units[place], table, own, given, sent)
    sent = dt.datetime.combine(DUE, dt.time(14), tzinfo=ZONE)
    Report.objects.create(
        bloc_year=year, unit=units[4], table=table, state=ReportState.SUBMITTED, submitted_at=sent
    )
    return year


def add_report(year, unit, table, own, given, sent):
    """A report whose points the conference has agreed."""
    report = Report.objects.create(
        bloc_year=year,
        unit=unit,
        table=table,
        state=ReportState.AGREED,
        first_submitted_at=sent,
        submitted_at=sent,
        self_total=sum(map(Decimal, own)),
        appraised_total=sum(map(Decimal, given)),
    )
    leaves = table.criteria.exclude(kind="group").order_by("order", "pk")
    for leaf, mine, theirs in zip(leaves, own, given, strict=True):
        Score.objects.create(
            report=report,
            criterion=leaf,
            value=Decimal(mine),
            self_points=Decimal(mine),
            appraised_points=Decimal(theirs),
            appraisal_reason=f"Lý do {leaf.name.lower()}." if mine != theirs else "",
        )


def different_conference(year):
    """Seven members, six present; 6 papers out, 5 back, 4 valid; three units asked for awards."""
    conference = Conference.objects.create(
        bloc_year=year,
        state=ConferenceState.OPEN,
        starts_at=START,
        ended_at=START + dt.timedelta(hours=3, minutes=25),
        place="Hội trường Sở Xây dựng",
        guests="Ông Phan Văn Phú, Ban Thi đua",
        chair_name="Trần Văn An",
        chair_title="Khối trưởng",
        secretary_name="Tô Thị Quý",
        secretary_title="Chuyên viên",
        counting_team="Ông Tạ Văn Rạng, Sở Tư pháp – Tổ trưởng\nBà Lưu Thị Sen – Thư ký",
        conclusion="Hoàn thiện hồ sơ.",
        minutes_number="06/BB-KTĐ5",
        approvals=5,
    )
    rows = zip(year.members.select_related("unit").order_by("order"), UNITS, strict=True)
    for member, (*_, name, title) in rows:
        Attendance.objects.create(
            conference=conference,
            unit=member.unit,
            is_present=bool(name),
            delegate_name=name,
            delegate_title=title,
            absence_reason="" if name else "đi công tác",
        )
    AgendaItem.objects.create(conference=conference, order=1, title="Báo cáo", text="Trình bày.")
    papers = {"issued": 6, "returned": 5, "valid": 4, "invalid": 1}
    asked = [(0, 3, 1, "certificate"), (1, 4, 0, "flag"), (3, 2, 1, "certificate")]
    count(conference, "award", asked, **papers)
    count(conference, "head", [(3, 3, 1)], **papers)
    next_head = year.members.get(order=4).unit
    Conference.objects.filter(pk=conference.pk).update(
        state=ConferenceState.COUNTED, next_head=next_head, next_head_basis="theo kết quả bầu"
    )
    return Conference.objects.for_page().get(pk=conference.pk)


def different_proposal(year):
    """The flag for the unit in place 1, the certificate for the one in place 2."""
    proposal = Proposal.objects.create(
        bloc_year=year,
        number="07/TTr-KTĐ5",
        dated_on=dt.date(2026, 12, 21),
        summary="Khối hoàn thành nhiệm vụ.",
        state="received",
        submitted_at=START + dt.timedelta(days=4),
    )
    second, first = (year.members.get(order=order).unit for order in (1, 2))
    ProposalItem.objects.create(proposal=proposal, award=flag(), unit=first, merit="Dẫn đầu khối")
    ProposalItem.objects.create(proposal=proposal, award=certificate(), unit=second)
    return proposal


def different_decision(proposal):
    """Signed by somebody who leads no unit."""
    decision = Decision.objects.create(
        year=2026,
        title="Về việc tặng Cờ thi đua và Bằng khen năm 2026",
        legal_bases="Căn cứ Luật Thi đua, khen thưởng;",
        number="3012/QĐ-UBND",
        signed_on=dt.date(2026, 12, 28),
        signer_name="Phạm Văn Tín",
        signer_title="Phó Chủ tịch",
    )
    decision.items.add(*proposal.items.all())
    return decision


def different_opinions(item):
    """One member of the council agrees, the other does not."""
    for agrees, note in ((True, "Xứng đáng"), (False, "Xem lại")):
        Opinion.objects.create(
            item=item, member=official(SeatRole.COUNCIL), agrees=agrees, note=note
        )


def different_agreement(year):
    """Two units have signed: one by its head, one by a deputy; the copies are nine."""
    agreement = Agreement.objects.create(
        bloc_year=year,
        number="02/GƯ-KTĐ5",
        place="Trụ sở Sở Giao thông",
        signed_on=dt.date(2026, 1, 28),
        contents="Hoàn thành nhiệm vụ",
        execution="Sơ kết tháng 6",
        copies=9,
        state="signing",
    )
    Target.objects.create(
        agreement=agreement, order=1, name="Hồ sơ đúng hạn", measure="%", planned=Decimal("98.5")
    )
    first, second = (year.members.get(order=order).unit for order in (1, 2))
    for unit, name, title, capacity in (
        (first, "Trần Văn An", "Giám đốc", ""),
        (second, "Hồ Thị Dung", "Phó Giám đốc", "KT."),
    ):
        Signature.objects.create(
            agreement=agreement,
            unit=unit,
            signer_name=name,
            signer_title=title,
            capacity=capacity,
            signed_by=leader_of(unit),
            signed_at=dt.datetime(2026, 1, 28, 9, 5, tzinfo=ZONE),
            revision=0,
        )
    return agreement
