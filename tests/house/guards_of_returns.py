"""What is asked of what was sent and given back: sheets, registrations, proposals."""

import datetime as dt
from operator import attrgetter

from awards.proposals import workflows as proposals
from awards.proposals.models.contents import content_stamp as proposed
from blocs.reports import workflows as reports
from blocs.reports.models import Assignment
from blocs.reports.models.sendings import content_stamp
from blocs.states import BlocKind
from blocs.years import workflows as years
from blocs.years.models import Registration
from tests.factories.awards import ProposalFactory, ProposalItemFactory
from tests.factories.blocs import year_with_members
from tests.factories.people import UnitFactory, UserFactory
from tests.factories.reports import DIRECT, row_of, submitted_report
from tests.house.guards_of_sheets import NOW

SENT = NOW - dt.timedelta(days=1)
LATER = NOW - dt.timedelta(hours=2)
BEGUN_BY = (
    "Đã bắt đầu thẩm định lúc 10:00 23/11/2026 nên không thu hồi được nữa; cần sửa thì đề nghị "
    "{} trả lại báo cáo."
)
BEGUN = [BEGUN_BY.format("đơn vị đứng đầu")]
NEWCOMER = "Sở Mới vào khối từ 01/03/2026 (QĐ 1) nhưng chưa có trong thành phần năm 2026."
REGISTERED = attrgetter("content_stamp")


def worked_on(bloc_year=None, **moments):
    """A report sent at noon of the day before, with a leaf judged at `saved_at`."""
    report = submitted_report(bloc_year=bloc_year, submitted_at=SENT, first_submitted_at=SENT)
    score = report.scores.filter(criterion=row_of(report, DIRECT).criterion)
    score.update(appraised_points=9, appraisal_reason="Thiếu.", **moments)
    return report


def heads_own(**changed):
    """The sheet of the unit that heads a cụm, judged at since it was sent."""
    year = year_with_members(3, bloc__kind=BlocKind.TERRITORIAL)
    for name, value in changed.items():
        setattr(year, name, value)
    report = worked_on(year, saved_at=LATER)
    report.unit = year.head
    return report


def year_with_newcomer():
    """Its bloc knows the three units of the year, and one more since March."""
    year = year_with_members(3)
    for row in year.members.all():
        year.bloc.memberships.create(unit=row.unit, starts_on=dt.date(2020, 1, 1))
    news = {"unit": UnitFactory(name="Sở Mới"), "decision": "QĐ 1"}
    year.bloc.memberships.create(starts_on=dt.date(2026, 3, 1), **news)
    return year


def marked_at(moment):
    report = submitted_report(submitted_at=SENT)
    one = Assignment.objects.create(report=report, unit=UnitFactory())
    leaf = row_of(report, DIRECT).criterion
    one.marks.create(criterion=leaf, points=9, saved_by=UserFactory(), saved_at=moment)
    return report


def asked_at(moment, **values):
    report = submitted_report(submitted_at=SENT)
    leaf = row_of(report, DIRECT).criterion
    asked = {"criterion": leaf, "asked_by": UserFactory(), "reason": "Thiếu.", "asked_at": moment}
    report.corrections.create(**asked | values)
    return report


def returned(thing, content, changed=""):
    """The thing given back at noon, and changed since or not."""
    thing.keep_return("Thiếu.", content(thing))
    thing.returned_at = SENT
    if changed:
        setattr(thing, changed, "Đã sửa")
    return thing


def given_back(**changed):
    """A proposal that the office returned, and what was written since."""
    proposal = ProposalItemFactory().proposal
    proposal.keep_return("Thiếu nhận xét.", proposed(proposal))
    for name, value in changed.items():
        setattr(proposal, name, value)
    return proposal


def put_up():
    """A report that was put before the leader at noon of the day before."""
    report = submitted_report()
    report.put_up_at = SENT
    return report


OF_RETURNS = {
    reports.is_not_put_up: [
        (submitted_report, []),
        (put_up, ["Đã trình lãnh đạo lúc 12:00 22/11/2026, chờ lãnh đạo nộp."]),
    ],
    reports.is_put_up: [
        (put_up, []),
        (submitted_report, ["Báo cáo chưa trình lãnh đạo nên không có gì để rút."]),
    ],
    reports.nobody_has_begun: [
        (lambda: submitted_report(submitted_at=SENT), []),
        # What was given before the report came back does not count, nor an answered correction.
        (lambda: worked_on(saved_at=SENT), []),
        (lambda: marked_at(SENT), []),
        (lambda: asked_at(SENT, answered_at=SENT), []),
        (lambda: worked_on(saved_at=LATER), BEGUN),
        (lambda: marked_at(LATER), BEGUN),
        (lambda: asked_at(LATER), BEGUN),
        (lambda: asked_at(SENT, answered_at=SENT, checked_at=LATER), BEGUN),
        # The head's own sheet is sent back by the deputy; where there is none, by the office.
        (lambda: heads_own(), [BEGUN_BY.format("cụm phó")]),
        (lambda: heads_own(deputy=None), [BEGUN_BY.format("cơ quan thường trực")]),
    ],
    reports.unit_has_not_begun: [
        (submitted_report, []),
        (lambda: returned(submitted_report(), content_stamp), []),
        (
            lambda: returned(submitted_report(), content_stamp, "movements"),
            ["Đơn vị đã bắt đầu sửa báo cáo nên không hủy việc trả lại được nữa."],
        ),
    ],
    reports.is_sent_unchanged: [
        (submitted_report, []),
        (lambda: returned(submitted_report(), content_stamp, "shortcomings"), []),
        (
            lambda: returned(submitted_report(), content_stamp),
            ["Báo cáo chưa thay đổi gì so với lần trả lại lúc 12:00 22/11/2026. Vẫn nộp lại?"],
        ),
    ],
    years.members_are_those_of_the_bloc: [
        (year_with_members, []),
        (year_with_newcomer, [NEWCOMER, "Vẫn mở với thành phần như đang ghi?"]),
    ],
    years.unit_has_not_begun: [
        (Registration, []),
        (lambda: returned(Registration(content="1"), REGISTERED), []),
        (
            lambda: returned(Registration(content="1"), REGISTERED, "titles"),
            ["Đơn vị đã bắt đầu sửa bản đăng ký nên không hủy việc trả lại được nữa."],
        ),
    ],
    years.is_signed_unchanged: [
        (lambda: Registration(content="1"), []),
        (lambda: returned(Registration(content="1"), REGISTERED, "content"), []),
        (
            lambda: returned(Registration(content="1"), REGISTERED),
            [
                "Bản đăng ký chưa thay đổi gì so với lần trả lại lúc 12:00 22/11/2026. "
                "Vẫn ký gửi lại?"
            ],
        ),
    ],
    proposals.is_sent_unchanged: [
        (ProposalFactory, []),
        (lambda: given_back(summary="Đã sửa."), []),
        (
            given_back,
            ["Đề nghị chưa thay đổi gì so với lần trả lại lúc 12:00 23/11/2026. Vẫn gửi lại?"],
        ),
    ],
}
