"""What the guards of a vote, a sealing and a further sitting say, at the edge and beyond it."""

import datetime as dt

from awards.proposals import workflows as proposals
from awards.proposals.models import Proposal
from blocs.appraisal.models import Appeal
from blocs.conferences import workflows as conferences
from blocs.conferences.models import BallotLine, Conference
from blocs.criteria.models import Criterion
from blocs.reports import workflows as reports
from blocs.states import AppealState, BallotKind, ConferenceState, ReportState, YearState
from blocs.units.models import Unit
from tests.factories.awards import certificate
from tests.factories.blocs import ReportFactory, regulate
from tests.factories.conferences import conference_of, named_year, set_aside_the_rest
from tests.house.guards_of_papers import asked, counted, meeting
from tests.house.guards_of_sheets import LAST, NOW, OVER

LEADS_NOT = (
    f"Sở C không giữ nhiệm vụ đứng đầu ngày {NOW:%d/%m/%Y}: chủ tọa là người của khối trưởng, khối "
    "phó hoặc đơn vị phụ trách của ngày họp (Sở A – Khối trưởng; Sở B – Khối phó)."
)
NOBODY_LEADS = (
    f"Ngày {NOW:%d/%m/%Y} không đơn vị nào giữ nhiệm vụ khối trưởng, khối phó nên không ai chủ tọa "
    "được. Cơ quan thường trực giao khối trưởng hoặc đơn vị phụ trách ở trang “Khối trưởng, khối "
    "phó” của năm thi đua, rồi khai mạc."
)


def chaired(title="", **leaders):
    """A conference of today of Sở A, B and C, under a chair with this title."""
    year = named_year(["Sở A", "Sở B", "Sở C"], year=2026)
    type(year).objects.update(**leaders)
    facts = {"chair_title": title, "starts_at": NOW, "state": ConferenceState.PREPARED}
    conference_of(type(year).objects.get(), **facts)
    return Conference.objects.get()


def warned(kind=BallotKind.AWARD, reason="", award="certificate"):
    """A vote on a unit that is no more since June."""
    conference = meeting(starts_at=NOW)
    counted(kind, 3, chosen=(0,), conference=conference)
    unit = BallotLine.objects.get().unit
    Unit.objects.filter(pk=unit.pk).update(dissolved_on=dt.date(2026, 6, 1))
    BallotLine.objects.update(reason=reason, award=award)
    return type(conference).objects.get()


def closing(state=None, at=None, days=5, waived=False):
    """A counted conference of today whose one considered unit has a sheet in this state."""
    year = named_year(["Sở A", "Sở B", "Sở C"], year=2026)
    regulate(year, appeal_days=days)
    set_aside_the_rest(year)
    unit = year.members.get(order=3).unit
    year.members.filter(order=3).update(unconsidered_on=None)
    if state:
        facts = {"state": state, "submitted_at": LAST, "appraised_at": at, "appraised_total": 1}
        waiver = {"waived_at": NOW} if waived else {}
        ReportFactory(bloc_year=year, unit=unit, **facts, **waiver)
    return conference_of(year, starts_at=NOW)


ONE_DAY, TWO_DAYS = dt.timedelta(days=1), dt.timedelta(days=2)
NOT_THERE = (
    "Thành phần ngày họp đã khác với lúc xác nhận kết quả kiểm phiếu: Sở C thôi tham gia từ "
    "{}. Khối trưởng hoặc khối phó mở lại kết quả kiểm phiếu: danh sách điểm danh, túc số theo "
    "thành phần mới, phiếu kiểm lại rồi mới ký biên bản."
)


def left_since(days):
    """A unit on the roll left so many days after the day before the sitting."""
    year = named_year(["Sở A", "Sở B", "Sở C"], year=2026)
    found = conference_of(year, starts_at=LAST - ONE_DAY)
    day = found.day + dt.timedelta(days=days + 1)
    year.members.filter(order=3).update(left_on=day)
    return found


def ended(appraised, days):
    """The same with an end, so many days from now."""
    conference = closing(ReportState.APPRAISED, appraised)
    conference.ended_at = NOW + dt.timedelta(days=days)
    return conference


def planned(days, state=ReportState.APPRAISED):
    """One that is called for so many days after the one considered sheet was handed in."""
    conference = closing(state)
    Conference.objects.update(
        starts_at=LAST + dt.timedelta(days=days), state=ConferenceState.PREPARED
    )
    return Conference.objects.get(pk=conference.pk)


SENT_LATER = (
    "Hội nghị ghi họp ngày 15/11/2026, trước ngày đơn vị nộp báo cáo: Sở C (16/11/2026); hội nghị "
    "không bàn được báo cáo chưa có. Hãy ghi đúng ngày họp. "
)
YEAR_BEGINS = (
    "Hội nghị tổng kết ghi ngày 31/12/2025; ngày này phải từ 01/01/2026 đến 31/12/2028, vui lòng "
    "xem lại năm."
)


def objected(state):
    conference = closing(ReportState.APPRAISED, OVER)
    report = conference.bloc_year.reports.get()
    leaf = Criterion.objects.create(table=report.table, code="1", name="Một", max_points=10)
    raised = {"state": state, "raised_at": OVER, "answer": "Giữ."}
    Appeal.objects.create(report=report, criterion=leaf, text="Xem lại.", **raised)
    return conference


def of_unit(**facts):
    return closing(ReportState.APPRAISED, **facts).bloc_year.reports.get()


ASIDE = (
    "Đơn vị nào không xét năm nay thì cơ quan thường trực ghi “không xét năm nay” kèm lý do ở "
    "trang Thay đổi thành phần, từ ngày 23/11/2026 trở về trước; báo cáo đến sau được thống nhất "
    "tại hội nghị bổ sung."
)
NOT_SENT = "Sở C: Chưa nộp báo cáo và bảng tự chấm điểm. Lãnh đạo đơn vị nộp báo cáo."
WAITS = {
    ReportState.DRAFT: NOT_SENT,
    ReportState.RETURNED: (
        "Sở C: Báo cáo bị trả lại, chưa nộp lại. Lãnh đạo đơn vị sửa theo yêu cầu rồi nộp lại."
    ),
    ReportState.SUBMITTED: (
        "Sở C: Đã nộp, chưa thẩm định xong. Sở A (khối trưởng) hoàn thành thẩm định."
    ),
}
STILL_OPEN = (
    "Sở C: còn được kiến nghị về điểm đến hết ngày 23/11/2026. Ký biên bản sau ngày đó, hoặc "
    "lãnh đạo đơn vị ghi không kiến nghị ở trang báo cáo của đơn vị."
)
UNANSWERED = "Sở C còn 01 kiến nghị về điểm chưa được trả lời."
LATE = (
    "Còn báo cáo chờ hội nghị bổ sung thống nhất điểm: Sở C. Khối trưởng lập hội nghị bổ sung và "
    "ký biên bản trước khi gửi đề nghị."
)


def sent_late(state, *, is_sealed=True):
    """A proposal of a year whose conference is signed, and one sheet in this state."""
    conference = closing(state)
    if is_sealed:
        conference.ended_at = NOW + dt.timedelta(hours=2)
        conference.state = ConferenceState.SIGNED
        conference.save()
    return Proposal(bloc_year=conference.bloc_year)


def followed(state, year_state=YearState.RANKED):
    """A further sitting in this state, after a closing conference that is signed."""
    proposal = sent_late(ReportState.AGREED)
    year = proposal.bloc_year
    year.state = year_state
    year.save()
    facts = {"number": 2, "starts_at": NOW, "ended_at": NOW + dt.timedelta(hours=1)}
    return conference_of(year, state=state, **facts)


def proposed_after(state):
    return Proposal(bloc_year=followed(state).bloc_year)


UNSIGNED = "Hội nghị bổ sung chưa ký biên bản. Khối trưởng ký biên bản{} trước khi gửi đề nghị."
NOT_NOW = (
    "Hội nghị bổ sung họp trước khi gửi đề nghị khen thưởng. Đề nghị đã gửi thì cơ quan thường "
    "trực trả lại đề nghị trước; năm đã có quyết định thì không họp bổ sung nữa."
)
GOES_ON = (YearState.CLOSING, YearState.RANKED)


def gone_unit(reason=""):
    """A proposal for a unit that is no more since June; its quota is explained."""
    proposal = asked(reason="Hai đơn vị dẫn đầu.", certificates=0)
    unit = proposal.items.get().unit
    facts = {"name": "Sở Cũ", "dissolved_on": dt.date(2026, 6, 1)}
    type(unit).objects.filter(pk=unit.pk).update(**facts)
    proposal.items.update(warned_reason=reason)
    return proposal


def chosen_for_flag(flags=0, reason=""):
    """The conference chose the first unit; the proposal names so many units for the flag."""
    proposal = asked(flags=flags, certificates=0)
    proposal.left_out_reason = reason
    certificate()
    conference = conference_of(proposal.bloc_year, state=ConferenceState.OPEN)
    unit = proposal.bloc_year.members.order_by("order").first().unit
    type(unit).objects.filter(pk=unit.pk).update(name="Sở Được chọn")
    papers = {"kind": "award", "issued": 4, "returned": 4, "valid": 4}
    votes = {"award": "flag", "votes_for": 3, "votes_against": 1, "is_chosen": True}
    conference.ballots.create(**papers).lines.create(unit=unit, **votes)
    return proposal


EXPLAIN = "Thư ký ghi lý do vẫn bỏ phiếu ở trang kiểm phiếu, hoặc bỏ dòng của đơn vị này."
OF_SITTINGS = {
    proposals.proposed_lines_are_explained: [
        (asked, []),
        (lambda: gone_unit("Theo kết luận số 5."), []),
        (
            gone_unit,
            [
                "Sở Cũ: thôi hoạt động từ 01/06/2026. Chỉ đơn vị đang hoạt động, tham gia đến khi "
                "bình xét và được xếp hạng mới được đề nghị khen thưởng. Muốn đề nghị, hãy ghi lý "
                "do ở dòng của đơn vị; nếu không thì bỏ dòng."
            ],
        ),
    ],
    proposals.chosen_are_proposed_or_explained: [
        (lambda: chosen_for_flag(1), []),
        (lambda: chosen_for_flag(0, "Đơn vị xin rút."), []),
        (
            chosen_for_flag,
            [
                "Sở Được chọn: hội nghị chọn đề nghị tặng Cờ thi đua của UBND tỉnh (03 phiếu đồng "
                "ý, hội nghị tổng kết), đề nghị không có dòng này. Hãy thêm dòng của đơn vị, hoặc "
                "ghi lý do không đề nghị ở trang soạn đề nghị."
            ],
        ),
    ],
    proposals.sittings_are_signed: [
        (lambda: sent_late(ReportState.AGREED), []),
        (lambda: proposed_after(ConferenceState.SIGNED), []),
        (
            lambda: proposed_after(ConferenceState.PREPARED),
            [UNSIGNED.format(", hoặc bỏ hội nghị chưa khai mạc,")],
        ),
        (lambda: proposed_after(ConferenceState.OPEN), [UNSIGNED.format("")]),
        (lambda: proposed_after(ConferenceState.COUNTED), [UNSIGNED.format("")]),
    ],
    conferences.year_is_continued: [
        (meeting, []),
        *(
            (
                lambda state=state: followed(ConferenceState.PREPARED, state),
                [] if state in GOES_ON else [NOT_NOW],
            )
            for state in (*GOES_ON, YearState.PROPOSED, YearState.DECIDED, YearState.ARCHIVED)
        ),
    ],
    conferences.meets_after_its_basis: [
        (lambda: planned(0), []),
        (lambda: planned(-1, ReportState.DRAFT), []),
        (lambda: planned(-1), [SENT_LATER + ASIDE.replace("23/11", "15/11")]),
        (lambda: planned((dt.date(2025, 12, 31) - LAST.date()).days), [YEAR_BEGINS]),
    ],
    conferences.somebody_may_chair: [
        (chaired, []),
        (lambda: chaired(head=None), []),
        (lambda: chaired("Giám đốc Sở A, Khối trưởng"), []),
        (lambda: chaired("Phó Giám đốc Sở B"), []),
        (lambda: chaired("Giám đốc Sở C"), [LEADS_NOT]),
        (lambda: chaired(head=None, deputy=None), [NOBODY_LEADS]),
    ],
    proposals.late_sheets_are_agreed: [
        (lambda: sent_late(ReportState.AGREED), []),
        (lambda: sent_late(ReportState.APPRAISED, is_sealed=False), []),
        (lambda: sent_late(ReportState.APPRAISED), [LATE]),
        (lambda: sent_late(ReportState.SUBMITTED), [LATE]),
    ],
    conferences.sheets_are_appraised: [
        (closing, [NOT_SENT, ASIDE]),
        *(
            (lambda state=state: closing(state), [WAITS[state], ASIDE] if state in WAITS else [])
            for state in ReportState
        ),
    ],
    conferences.roll_is_of_its_day: [
        (meeting, []),
        (lambda: left_since(0), []),
        (lambda: left_since(-1), [NOT_THERE.format(f"{LAST - ONE_DAY:%d/%m/%Y}")]),
    ],
    conferences.chair_led_on_its_day: [
        (lambda: chaired(title="Giám đốc Sở A, Khối trưởng"), []),
        (lambda: chaired(title="Giám đốc Sở B, Khối phó"), []),
        (lambda: chaired(title="Chánh Văn phòng"), []),
        (
            lambda: chaired(title="Giám đốc Sở C, Khối trưởng"),
            [
                f"{LEADS_NOT} Sửa chủ tọa ở trang Sửa thông tin của hội nghị, hoặc cơ quan thường "
                "trực xem lại ngày thay đổi, rồi mới ký biên bản."
            ],
        ),
    ],
    conferences.points_were_there: [
        (lambda: closing(ReportState.APPRAISED, NOW + TWO_DAYS), []),
        (lambda: ended(OVER, days=-3), []),
        (
            lambda: ended(LAST, days=-8),
            [
                "Sở C: thẩm định xong ngày 16/11/2026, sau ngày kết thúc hội nghị 15/11/2026 ghi "
                "trong biên bản; biên bản không thống nhất được điểm chưa có. Hãy ghi đúng ngày "
                "họp, ngày kết thúc."
            ],
        ),
    ],
    conferences.objections_are_over: [
        (lambda: closing(ReportState.APPRAISED, OVER), []),
        (lambda: closing(ReportState.APPRAISED, LAST), [STILL_OPEN]),
        (lambda: closing(ReportState.EXPLAINED, LAST), [STILL_OPEN]),
        (lambda: closing(ReportState.APPRAISED, LAST, waived=True), []),
        (lambda: closing(ReportState.APPRAISED, LAST, days=None), []),
        (lambda: closing(ReportState.AGREED, LAST), []),
        (lambda: objected(AppealState.OPEN), [UNANSWERED]),
        (lambda: objected(AppealState.REJECTED), []),
    ],
    reports.window_is_open: [
        (lambda: of_unit(at=LAST), []),
        (
            lambda: of_unit(at=LAST, waived=True),
            [
                "Thời hạn kiến nghị, giải trình đã khép vì đơn vị ghi không kiến nghị lúc 12:00 "
                "23/11/2026."
            ],
        ),
        (
            lambda: of_unit(at=LAST, days=None),
            ["Quy định của năm không đặt thời hạn kiến nghị nên không cần ghi."],
        ),
    ],
    conferences.warned_lines_are_explained: [
        (lambda: counted(BallotKind.AWARD, 3), []),
        (lambda: warned(reason="Theo đề nghị."), []),
        (
            warned,
            [
                "Phiếu suy tôn, đề nghị khen thưởng: Sở 0: thôi hoạt động từ 01/06/2026. Chỉ đơn "
                "vị đang hoạt động, tham gia đến khi bình xét và được xếp hạng mới được đề nghị "
                "khen thưởng. " + EXPLAIN
            ],
        ),
        (
            lambda: warned(BallotKind.HEAD, award=""),
            [
                "Phiếu bầu khối trưởng: Sở 0: thôi hoạt động từ 01/06/2026. Đơn vị không còn thì "
                "không giữ nhiệm vụ đứng đầu năm sau được. " + EXPLAIN
            ],
        ),
    ],
}
