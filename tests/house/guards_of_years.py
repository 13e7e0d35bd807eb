"""What every guard of a year and of its registrations says: at the edge, and beyond it."""

import datetime as dt

from blocs.states import (
    ConferenceState,
    RegistrationState,
    ReportState,
    TableState,
    YearState,
)
from blocs.units.models import Unit
from blocs.years import workflows as years
from blocs.years.models import BlocYear, Registration
from tests.factories.awards import ProposalFactory, ProposalItemFactory
from tests.factories.blocs import (
    BlocYearFactory,
    ReportFactory,
    ScoringTableFactory,
    small_table,
    year_with_members,
)
from tests.factories.conferences import conference_of
from tests.factories.groups import OFFICES, divided_year, group
from tests.factories.people import UnitFactory
from tests.house.guards_of_sheets import LAST, LATE_STATES, NO_MEMBER, NOW, only
from thidua.common.vietnamese.dates import ZONE

R, G = ReportState, RegistrationState
REGISTERED_SO = (
    "Năm thi đua đã xếp hạng: bản đăng ký giữ nguyên, không trả lại hoặc tiếp nhận được nữa."
)


def one_group_without_table():
    """A common table is in force; who has a group of its own is not scored by it."""
    year = with_table(TableState.PUBLISHED)
    unit = UnitFactory(name="Sở Riêng")
    year.members.create(unit=unit, order=9)
    group(year, OFFICES, [unit])
    return year


def ranked(*states):
    """A closing year with a report in each of these states, of three members."""
    year = year_with_members(3)
    table = small_table(year)
    for member, state in zip(year.members.order_by("order"), states, strict=False):
        facts = {"state": state, "submitted_at": LAST, "appraised_total": 1}
        ReportFactory(bloc_year=year, unit=member.unit, table=table, **facts)
    return year


def year_with_a_gone_unit():
    year = year_with_members(2)
    gone = dt.date(2025, 7, 1)
    Unit.objects.filter(pk=year.deputy_id).update(name="Sở Cũ", dissolved_on=gone)
    return year


def with_a_unit_of(state):
    """A planned year with a unit that another bloc counts, whose year has come to this state."""
    other = year_with_members(2, state=state, year=2027, bloc__name="Khối Khác")
    year = year_with_members(2, state=YearState.PLANNED, year=2027)
    unit = UnitFactory(name="Sở Hai Khối", short_name="SHK")
    for one in (other, year):
        one.members.create(unit=unit, order=9)
    return year


def with_table(state):
    year = BlocYearFactory()
    ScoringTableFactory(bloc_year=year, state=state, published_at=NOW, fingerprint="0")
    return year


def with_conference(state):
    return conference_of(state=state, ended_at=END).bloc_year


END = dt.datetime(2021, 1, 28, 16, 45, tzinfo=ZONE)
TOO_LATE = "Năm thi đua đã xếp hạng, không đăng ký hoặc sửa đăng ký được nữa."
NO_TABLE = "Chưa ban hành bảng chấm điểm của năm."
NOT_SIGNED = "Chưa ký biên bản hội nghị tổng kết."
NOT_OPEN = "Năm thi đua chưa mở, chưa đăng ký được."


def of_the_head(state):
    """The registration of the head of a year in this state."""
    year = year_with_members(2, state=state)
    return Registration(bloc_year=year, unit=year.head)


OF_YEARS = {
    years.year_takes_registrations: [
        (lambda state=state: of_the_head(state), told)
        for state, told in only(
            YearState,
            set(YearState) - {YearState.PLANNED, *LATE_STATES},
            lambda state: NOT_OPEN if state == YearState.PLANNED else TOO_LATE,
        )
    ],
    years.registrations_are_open: [
        (lambda state=state: Registration(bloc_year=BlocYear(state=state)), told)
        for state, told in only(
            YearState, set(YearState) - set(LATE_STATES), lambda state: REGISTERED_SO
        )
    ],
    years.unit_still_registers: [
        (lambda: of_the_head(YearState.OPEN), []),
        (
            lambda: Registration(bloc_year=year_with_members(2), unit=UnitFactory()),
            [NO_MEMBER],
        ),
    ],
    years.registration_is_written: [
        (lambda: Registration(content="1"), []),
        (lambda: Registration(content=" "), ["Chưa ghi nội dung, chỉ tiêu đăng ký."]),
    ],
    years.compares_units_of_other_blocs: [
        (lambda: with_a_unit_of(YearState.PLANNED), ""),
        (
            lambda: with_a_unit_of(YearState.ARCHIVED),
            "Sở Hai Khối đang là thành viên của Khối Khác năm 2027. Mỗi đơn vị chỉ thi đua ở một "
            "khối, cụm trong năm; được tham gia cả hai thì ghi lý do.",
        ),
    ],
    years.has_head: [
        (BlocYearFactory, []),
        (lambda: BlocYearFactory(head=None, state="planned"), ["Chưa chọn khối trưởng của năm."]),
        (
            lambda: BlocYearFactory(head=None, state="planned", bloc__kind="territorial"),
            ["Chưa chọn cụm trưởng của năm."],
        ),
    ],
    years.has_members: [
        (lambda: year_with_members(2), []),
        (lambda: year_with_members(1), ["Năm thi đua phải có ít nhất 02 đơn vị thành viên."]),
    ],
    years.has_standing_members: [
        (lambda: year_with_members(2), []),
        (
            year_with_a_gone_unit,
            ["Sở Cũ thôi hoạt động từ 01/07/2025: hãy bỏ khỏi thành phần của năm."],
        ),
    ],
    years.has_rules: [
        (year_with_members, []),
        (
            BlocYearFactory,
            ["Chưa ghi quy định của năm (tỷ lệ họp, tỷ lệ phiếu, số lượng)."],
        ),
    ],
    years.has_published_table: [
        (BlocYearFactory, [NO_TABLE]),
        *(
            (lambda state=state: with_table(state), told)
            for state, told in only(TableState, {TableState.PUBLISHED}, lambda state: NO_TABLE)
        ),
        (divided_year, []),
        (one_group_without_table, ["Chưa có bảng chấm điểm áp dụng cho: Sở Riêng."]),
    ],
    years.all_reports_are_appraised: [
        (lambda: ranked(R.AGREED, R.LOCKED, R.AGREED), []),
        (
            lambda: ranked(R.AGREED, R.LOCKED, R.EXPLAINED),
            ["Còn 01 đơn vị chưa được hội nghị thống nhất điểm."],
        ),
        (lambda: ranked(R.AGREED), ["Còn 02 đơn vị chưa được hội nghị thống nhất điểm."]),
    ],
    years.no_sitting_is_open: [
        (BlocYearFactory, []),
        *(
            (lambda state=state: with_conference(state), told)
            for state, told in only(
                ConferenceState,
                {ConferenceState.SIGNED},
                lambda state: (
                    "Hội nghị tổng kết chưa ký biên bản. Khối trưởng ký biên bản, hoặc bỏ hội "
                    "nghị chưa khai mạc, trước."
                ),
            )
        ),
    ],
    years.points_are_locked: [
        (lambda: ranked(R.LOCKED, R.LOCKED, R.SUBMITTED), []),
        (
            lambda: ranked(R.LOCKED, R.AGREED, R.AGREED),
            [
                "Còn 02 báo cáo của năm thi đua này chưa khóa điểm: cơ quan thường trực mở từng "
                "báo cáo, bấm “Xác nhận và khóa điểm”, rồi mới bàn giao và lưu năm."
            ],
        ),
    ],
    years.nobody_is_proposed: [
        (BlocYearFactory, []),
        (lambda: ProposalFactory().bloc_year, []),
        (
            lambda: ProposalItemFactory().proposal.bloc_year,
            ["Đề nghị khen thưởng của năm đang có dòng: gửi đề nghị, hoặc bỏ hết các dòng trước."],
        ),
    ],
    years.conference_is_signed: [
        (BlocYearFactory, [NOT_SIGNED]),
        *(
            (lambda state=state: with_conference(state), told)
            for state, told in only(
                ConferenceState, {ConferenceState.SIGNED}, lambda state: NOT_SIGNED
            )
        ),
    ],
}
