"""The left menu: entries one may not use are absent, pending work counts as a badge."""

from dataclasses import dataclass

from django.urls import reverse

from awards.proposals.enums import ProposalState
from awards.proposals.models import Proposal
from blocs.reports.models import Report
from blocs.states import ReportState
from blocs.units.models.seats import standing_of


@dataclass(frozen=True)
class MenuEntry:
    """One line of the menu; `permission` decides whether it is there at all."""

    label: str
    page: str
    icon: str
    permission: str
    badge: str = ""


GROUPS = (
    ("", (MenuEntry("Việc của tôi", "home:tasks", "tasks", "years.list_year"),)),
    (
        "Năm thi đua",
        (
            MenuEntry("Tiến trình của khối, cụm", "years:year_list", "track", "years.list_year"),
            MenuEntry(
                "Báo cáo và điểm", "reports:report_list", "sheet", "reports.list_report", "reports"
            ),
            MenuEntry(
                "Bảng điểm tôi phải chấm",
                "appraisal:assignment_list",
                "appraisal",
                "appraisal.list_assignment",
            ),
            MenuEntry("Trễ hạn, còn thiếu", "home:late_list", "clock", "years.remind_units"),
            MenuEntry("Kho minh chứng", "reports:locker_list", "attach", "reports.list_evidence"),
        ),
    ),
    (
        "Thẩm định",
        (
            MenuEntry(
                "Đề nghị khen thưởng",
                "proposals:proposal_list",
                "award",
                "proposals.list_proposal",
                "proposals",
            ),
            MenuEntry(
                "Quyết định", "decisions:decision_list", "decision", "decisions.list_decision"
            ),
        ),
    ),
    (
        "Tra cứu",
        (
            MenuEntry(
                "Khen thưởng đã công bố", "decisions:public_list", "find", "decisions.list_decision"
            ),
        ),
    ),
    (
        "Danh mục",
        (
            MenuEntry("Đơn vị", "units:unit_list", "unit", "units.list_unit"),
            MenuEntry("Khối, cụm thi đua", "units:bloc_list", "bloc", "units.list_bloc"),
            MenuEntry(
                "Ngày nghỉ, ngày làm bù",
                "holidays:holiday_list",
                "calendar",
                "years.keep_holidays",
            ),
            MenuEntry(
                "Hình thức khen thưởng",
                "proposals:kind_list",
                "catalogue",
                "years.keep_award_kinds",
            ),
            MenuEntry(
                "Văn bản pháp lý",
                "legal:legal_document_list",
                "note",
                "legal.keep_legal_documents",
            ),
        ),
    ),
    (
        "Hệ thống",
        (
            MenuEntry("Người dùng", "units:person_list", "people", "units.manage_people"),
            MenuEntry("Đề nghị về tài khoản", "units:request_list", "check", "units.view_requests"),
            MenuEntry("Tạm dừng đăng nhập", "units:pause_list", "lock", "units.lift_pause"),
            MenuEntry("Mã truy cập", "tokens:token_register", "key", "api.list_tokens"),
            MenuEntry("Xem như", "view_as:view_as_new", "find", "view_as.view_as"),
            MenuEntry("Nhật ký công việc", "log_pages:log_book", "log-book", "units.read_log_book"),
            MenuEntry("Vận hành", "upkeep:health", "system", "upkeep.view_health"),
            MenuEntry("Nhật ký kỹ thuật", "units:log_list", "log-book", "units.view_log"),
        ),
    ),
)


def menu_for(request) -> list[dict]:
    """The groups of the menu with what this person may open; at most one query for badges."""
    user, path = request.user, request.path
    badges = badges_of(user)
    groups = []
    for label, entries in GROUPS:
        shown = [
            entry_for(entry, path, badges) for entry in entries if user.has_perm(entry.permission)
        ]
        if shown:
            groups.append({"label": label, "entries": shown})
    return groups


def entry_for(entry, path, badges):
    url = reverse(entry.page)
    active = path == url or (url != "/" and path.startswith(url))
    return {
        "label": entry.label,
        "url": url,
        "icon": entry.icon,
        "badge": badges.get(entry.badge, 0),
        "active": active,
    }


def badges_of(user) -> dict[str, int]:
    """How much waits: proposals for the office, sheets for the people of a head or deputy."""
    standing = standing_of(user)
    if standing.offices:
        seen = Proposal.objects.visible_to(user)
        waiting = seen.filter(state=ProposalState.SUBMITTED)
        return {"proposals": waiting.count()}
    if not standing.led_years:
        return {}
    waiting = Report.objects.filter(bloc_year__in=standing.led_years, state=ReportState.SUBMITTED)
    return {"reports": waiting.exclude(unit__in=standing.units).count()}
