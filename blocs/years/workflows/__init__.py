"""The lives of a bloc year and of a unit's registration."""

from collections.abc import Callable

from django.urls import reverse
from django.utils import timezone

from blocs.states import ConferenceState, RegistrationState, ReportState, TableState, YearState
from blocs.years.domain.taking_part import Duty
from blocs.years.models.changes import members_owing
from blocs.years.models.members.differences import differences
from blocs.years.models.members.holdings import WHY_TWO, elsewhere
from blocs.years.models.regulation import Regulation
from blocs.years.models.years import BlocYear
from blocs.years.workflows.registrations import (
    is_signed_unchanged,
    keep_return,
    registration_is_written,
    registrations_are_open,
    registrations_ended,
    stamp_registration,
    take_back_registration,
    unit_has_not_begun,
    unit_still_registers,
    year_takes_registrations,
)
from thidua.common.models import came_back, forget_return
from thidua.common.registry import Registry
from thidua.common.vietnamese.dates import short_date
from thidua.common.workflow import THE_END, Leading, PageLink, Transition, Workflow

G = RegistrationState
# What higher apps say must be settled before a year goes on: sentences, none where nothing is open.
HOLDS: Registry[Callable[[BlocYear], list[str]]] = Registry()
REGISTRATION = Workflow(
    states=G,
    initial=G.DRAFT,
    ways={
        G.DRAFT: "Cán bộ đầu mối của đơn vị soạn, lãnh đạo đơn vị ký bản đăng ký.",
        G.SIGNED: "Khối trưởng tiếp nhận hoặc trả lại bản đăng ký kèm lý do.",
        G.RETURNED: "Đơn vị sửa theo lý do trả lại, lãnh đạo đơn vị ký lại.",
        G.CHECKED: f"{THE_END}: khối đã tiếp nhận bản đăng ký.",
    },
    ended=registrations_ended,
    transitions=(
        Transition(
            name="sign",
            label="Ký bản đăng ký thi đua",
            sources={G.DRAFT, G.RETURNED},
            target=G.SIGNED,
            permission="years.sign_registration",
            needs_proof=True,
            guards=(year_takes_registrations, registration_is_written),
            questions=(is_signed_unchanged,),
            effect=stamp_registration,
            consequence=(
                "Bản đăng ký được gửi tới đơn vị đứng đầu khối; từ đó không sửa được nữa, "
                "trừ khi bị trả lại."
            ),
        ),
        Transition(
            name="sign_on_paper",
            label="Ghi nhận bản đăng ký ký trên giấy",
            sources={G.DRAFT, G.RETURNED},
            target=G.SIGNED,
            permission="years.record_registration",
            guards=(year_takes_registrations,),
            effect=stamp_registration,
            hidden=True,
        ),
        Transition(
            name="withdraw",
            label="Thu hồi bản đăng ký",
            sources={G.SIGNED},
            target=G.DRAFT,
            also=G.RETURNED,
            goes_also=came_back,
            permission="years.sign_registration",
            guards=(year_takes_registrations,),
            effect=take_back_registration,
            needs_note=True,
            tone="danger",
            consequence="Thu hồi được cho đến khi khối tiếp nhận; sửa xong thì phải ký lại.",
        ),
        Transition(
            name="return",
            label="Trả lại bản đăng ký",
            sources={G.SIGNED},
            target=G.RETURNED,
            permission="years.check_registration",
            guards=(registrations_are_open, unit_still_registers),
            effect=keep_return,
            needs_note=True,
            tone="danger",
        ),
        Transition(
            name="undo_return",
            label="Hủy việc trả lại",
            sources={G.RETURNED},
            target=G.SIGNED,
            permission="years.check_registration",
            guards=(registrations_are_open, unit_has_not_begun),
            effect=forget_return,
            needs_note=True,
            tone="danger",
            consequence="Hủy được cho đến khi đơn vị bắt đầu sửa; bản đăng ký trở lại như đã ký.",
        ),
        Transition(
            name="check",
            label="Tiếp nhận bản đăng ký",
            sources={G.SIGNED},
            target=G.CHECKED,
            permission="years.check_registration",
            guards=(registrations_are_open,),
        ),
    ),
)

Y = YearState


def has_head(year):
    """A year opens with somebody responsible."""
    return [] if year.head_id else [f"Chưa chọn {year.bloc.head_word} của năm."]


def has_members(year):
    """Comparing needs at least two units."""
    enough = year.members.count() >= 2
    return [] if enough else ["Năm thi đua phải có ít nhất 02 đơn vị thành viên."]


def has_standing_members(year):
    """Nobody opens a year with a unit that is gone."""
    today = timezone.localdate()
    gone = year.members.filter(unit__dissolved_on__lte=today).select_related("unit")
    return [
        f"{member.unit} thôi hoạt động từ {short_date(member.unit.dissolved_on)}: hãy bỏ khỏi "
        "thành phần của năm."
        for member in gone
    ]


def members_are_those_of_the_bloc(year):
    """Asked before the members are fixed: who belongs to the bloc and is not in the year."""
    found = [one.sentence for one in differences(year)]
    return [*found, "Vẫn mở với thành phần như đang ghi?"] if found else []


def compares_units_of_other_blocs(year):
    """A unit is compared in one bloc a year; to be in two needs a reason of its own."""
    units = year.members.filter(left_on=None).values("unit")
    found = elsewhere(year, units, year.begins_on).exclude(bloc_year__state=Y.PLANNED)
    words = [f"{row.unit} đang là thành viên của {row.bloc_year}." for row in found]
    return " ".join([*words, WHY_TWO] if words else [])


def has_rules(year):
    """The year opens under a regulation that everybody can read."""
    found = Regulation.objects.filter(bloc_year=year).exists()
    return [] if found else ["Chưa ghi quy định của năm (tỷ lệ họp, tỷ lệ phiếu, số lượng)."]


def has_published_table(year):
    if not year.tables.filter(state=TableState.PUBLISHED).exists():
        return ["Chưa ban hành bảng chấm điểm của năm."]
    lacking = members_owing(year, Duty.REPORT).without_table()
    names = ", ".join(str(member.unit) for member in lacking)
    return [f"Chưa có bảng chấm điểm áp dụng cho: {names}."] if names else []


def all_reports_are_appraised(year):
    """Every member's sheet is appraised and agreed before places are given."""
    # Of whom minutes state the result, no sheet is asked.
    stated = year.stated_places.values("unit")
    members = members_owing(year, Duty.REPORT).exclude(unit__in=stated)
    done = members.having("reports", (ReportState.AGREED, ReportState.LOCKED)).count()
    missing = members.count() - done
    return [f"Còn {missing:02d} đơn vị chưa được hội nghị thống nhất điểm."] if missing else []


def conference_is_signed(year):
    conference = getattr(year, "conference", None)
    if conference and conference.state == ConferenceState.SIGNED:
        return []
    return ["Chưa ký biên bản hội nghị tổng kết."]


def nothing_is_unsettled(year):
    """What the places rest on did not change since they were sealed, or somebody settled it."""
    return [sentence for told in HOLDS for sentence in told(year)]


def no_sitting_is_open(year):
    """A sitting that is not signed may still change places and votes."""
    found = year.sittings.exclude(state=ConferenceState.SIGNED).order_by("number")
    head = year.bloc.head_word.capitalize()
    asked = f"{head} ký biên bản, hoặc bỏ hội nghị chưa khai mạc, trước."
    return [f"{sitting.title} chưa ký biên bản. {asked}" for sitting in found]


def nobody_is_proposed(year):
    """What the bloc has drafted is taken out of its proposal first, or sent."""
    proposal = getattr(year, "proposal", None)
    if proposal is None or not proposal.items.exists():
        return []
    return ["Đề nghị khen thưởng của năm đang có dòng: gửi đề nghị, hoặc bỏ hết các dòng trước."]


def points_are_locked(year):
    """What the office has to confirm is confirmed before the year is kept as it is."""
    waiting = year.reports.filter(state=ReportState.AGREED).count()
    if not waiting:
        return []
    return [
        Leading(
            f"Còn {waiting:02d} báo cáo của năm thi đua này chưa khóa điểm: cơ quan thường trực "
            "mở từng báo cáo, bấm “Xác nhận và khóa điểm”, rồi mới bàn giao và lưu năm.",
            PageLink("Báo cáo và điểm", reverse("reports:year_reports", args=(year.pk,))),
        )
    ]


def keep_no_award_reason(year, *, actor, note):
    year.no_award_reason = note.strip()


def keep_midyear_note(year, *, actor, note):
    year.midyear_note = note


YEAR = Workflow(
    states=Y,
    initial=Y.PLANNED,
    ways={
        Y.PLANNED: (
            "Cơ quan thường trực ghi thành phần, khối trưởng, quy định rồi mở năm thi đua."
        ),
        Y.OPEN: (
            "Khối trưởng gửi giao ước để các đơn vị ký, hoặc ghi nhận giao ước ký trên giấy; giao "
            "ước có hiệu lực thì năm sang bước sau."
        ),
        Y.AGREED: (
            "Cơ quan thường trực ban hành bảng chấm điểm, rồi khối trưởng bắt đầu thực hiện năm "
            "thi đua."
        ),
        Y.IN_PROGRESS: "Khối trưởng ghi kết quả sơ kết 6 tháng, hoặc mở đợt tổng kết.",
        Y.MIDYEAR_DONE: "Khối trưởng mở đợt tổng kết khi các đơn vị lập báo cáo năm.",
        Y.CLOSING: (
            "Các đơn vị nộp báo cáo, khối thẩm định, hội nghị tổng kết ký biên bản; sau đó khối "
            "trưởng chốt xếp hạng."
        ),
        Y.RANKED: (
            "Khối trưởng gửi đề nghị khen thưởng lên tỉnh, hoặc kết thúc năm không đề nghị, có lý "
            "do; báo cáo nộp sau được thống nhất ở hội nghị bổ sung trước khi gửi."
        ),
        Y.PROPOSED: "Cơ quan thường trực thẩm định đề nghị, trình quyết định hoặc trả lại khối.",
        Y.DECIDED: (
            "Cơ quan thường trực xác nhận và khóa điểm các báo cáo; khối trưởng ghi biên bản bàn "
            "giao và lưu năm thi đua."
        ),
        Y.ARCHIVED: f"{THE_END}: năm thi đua đã bàn giao và lưu.",
    },
    transitions=(
        Transition(
            name="open",
            label="Mở năm thi đua",
            sources={Y.PLANNED},
            target=Y.OPEN,
            permission="years.manage_year",
            guards=(has_head, has_members, has_standing_members, has_rules),
            questions=(members_are_those_of_the_bloc,),
            note_if=compares_units_of_other_blocs,
            consequence="Thành phần khối của năm được chốt; các đơn vị thấy năm thi đua này.",
        ),
        Transition(
            name="agree",
            label="Giao ước có hiệu lực",
            sources={Y.OPEN},
            target=Y.AGREED,
            permission="years.view_year",
            hidden=True,
        ),
        Transition(
            name="start",
            label="Bắt đầu thực hiện",
            sources={Y.AGREED},
            target=Y.IN_PROGRESS,
            permission="years.run_year",
            guards=(has_published_table,),
        ),
        Transition(
            name="midyear",
            label="Ghi kết quả sơ kết 6 tháng",
            sources={Y.IN_PROGRESS},
            target=Y.MIDYEAR_DONE,
            permission="years.run_year",
            effect=keep_midyear_note,
            needs_note=True,
            note_label="Kết quả sơ kết (bắt buộc)",
        ),
        Transition(
            name="close",
            label="Mở đợt tổng kết",
            sources={Y.IN_PROGRESS, Y.MIDYEAR_DONE},
            target=Y.CLOSING,
            permission="years.run_year",
            guards=(has_published_table,),
            consequence="Các đơn vị bắt đầu nộp báo cáo năm và bảng tự chấm điểm.",
        ),
        Transition(
            name="rank",
            label="Chốt xếp hạng",
            sources={Y.CLOSING},
            target=Y.RANKED,
            permission="years.run_year",
            needs_proof=True,
            guards=(all_reports_are_appraised, conference_is_signed, nothing_is_unsettled),
            consequence="Điểm và thứ hạng đã thống nhất tại hội nghị được chốt, không sửa nữa.",
        ),
        Transition(
            name="propose",
            label="Gửi đề nghị khen thưởng",
            sources={Y.RANKED},
            target=Y.PROPOSED,
            permission="years.run_year",
            hidden=True,
        ),
        Transition(
            # Not filling the quota is legal (domain, 2.7).
            name="end_without_awards",
            label="Kết thúc năm, không đề nghị khen thưởng",
            sources={Y.RANKED},
            target=Y.DECIDED,
            permission="years.end_without_awards",
            guards=(
                no_sitting_is_open,
                all_reports_are_appraised,
                nothing_is_unsettled,
                nobody_is_proposed,
            ),
            effect=keep_no_award_reason,
            needs_note=True,
            note_label="Lý do không đề nghị khen thưởng (bắt buộc)",
            tone="danger",
            consequence="Năm kết thúc không có đề nghị, không có quyết định; chỉ còn bàn giao.",
        ),
        Transition(
            name="take_back",
            label="Tỉnh trả lại đề nghị",
            sources={Y.PROPOSED},
            target=Y.RANKED,
            permission="years.manage_year",
            hidden=True,
        ),
        Transition(
            name="decide",
            label="Xét xong đề nghị khen thưởng",
            sources={Y.PROPOSED},
            target=Y.DECIDED,
            permission="years.settle_year",
            hidden=True,
        ),
        Transition(
            name="hand_over",
            label="Ghi biên bản bàn giao và lưu năm thi đua",
            sources={Y.DECIDED},
            target=Y.ARCHIVED,
            permission="years.hand_over_year",
            guards=(points_are_locked,),
            needs_note=True,
            note_label="Biên bản bàn giao: số, ngày, danh mục hồ sơ (bắt buộc)",
            consequence="Năm thi đua được lưu; từ đây chỉ đọc.",
        ),
    ),
)
