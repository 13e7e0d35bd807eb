"""The accounts one may sign in with; everybody else of the demo has no password."""

from collections.abc import Iterable
from dataclasses import dataclass

from blocs.states import SeatRole


@dataclass(frozen=True)
class Account:
    """A demo account: `unit` is a unit code, empty for a seat at the province."""

    username: str
    password: str
    role: SeatRole
    unit: str
    who: str
    must_change_password: bool = False


EDITOR, LEADER = SeatRole.EDITOR, SeatRole.LEADER
ACCOUNTS = (
    Account(
        "sct.canbo",
        "HoaSen-2026",
        EDITOR,
        "SCT",
        "Sở Công thương – cán bộ đầu mối (đơn vị thành viên Khối 5)",
    ),
    Account("sct.lanhdao", "HoaMai-2026", LEADER, "SCT", "Sở Công thương – Giám đốc"),
    Account(
        "sxd.canbo",
        "CayTre-2026",
        EDITOR,
        "SXD",
        "Sở Xây dựng – cán bộ đầu mối (khối trưởng Khối 5 năm 2026, thư ký khối)",
    ),
    Account("sxd.lanhdao", "CayDa-2026", LEADER, "SXD", "Sở Xây dựng – Giám đốc (khối trưởng)"),
    Account(
        "bqlkcn.canbo",
        "LuaVang-2026",
        EDITOR,
        "BQLKCN",
        "BQL các Khu công nghiệp – cán bộ đầu mối (khối trưởng 2021, khối phó 2026)",
    ),
    Account(
        "bqlkcn.lanhdao",
        "CaPhe-2026",
        LEADER,
        "BQLKCN",
        "BQL các Khu công nghiệp – Trưởng ban (khối trưởng 2021, khối phó 2026)",
    ),
    Account(
        "stc.canbo",
        "MatKhauTam-2026",
        EDITOR,
        "STC",
        "Sở Tài chính – cán bộ đầu mối (phải đổi mật khẩu khi đăng nhập lần đầu)",
        must_change_password=True,
    ),
    Account("stc.lanhdao", "HoTieu-2026", LEADER, "STC", "Sở Tài chính – Giám đốc"),
    Account(
        "snnmt.lanhdao", "CaoSu-2026", LEADER, "SNNMT", "Sở Nông nghiệp và Môi trường – Giám đốc"
    ),
    Account("skhcn.lanhdao", "SaoMai-2026", LEADER, "SKHCN", "Sở Khoa học và Công nghệ – Giám đốc"),
    Account(
        "bqldagtnn.lanhdao",
        "CauTreo-2026",
        LEADER,
        "BQLDAGTNN",
        "BQLDA Giao thông và Nông nghiệp – Giám đốc",
    ),
    Account(
        "bqldaddcn.lanhdao",
        "NhaRong-2026",
        LEADER,
        "BQLDADDCN",
        "BQLDA Dân dụng và Công nghiệp – Giám đốc",
    ),
    Account(
        "sgtvt.canbo",
        "BenXe-2020",
        EDITOR,
        "SGTVT",
        "Sở Giao thông Vận tải – cán bộ đầu mối (Khối 5 năm 2020, 2021)",
    ),
    Account(
        "sgtvt.lanhdao",
        "ConDuong-2020",
        LEADER,
        "SGTVT",
        "Sở Giao thông Vận tải – Giám đốc (khối trưởng năm 2020, minh họa)",
    ),
    Account(
        "tinh.tdkt",
        "VanThu-2026",
        SeatRole.OFFICE,
        "",
        "Cơ quan thường trực – Phòng TĐKT, Sở Nội vụ",
    ),
    Account("tinh.hoidong", "CongTam-2026", SeatRole.COUNCIL, "", "Thành viên Hội đồng TĐKT tỉnh"),
    Account("tinh.chutich", "QuyetDinh-2026", SeatRole.CHAIR, "", "Chủ tịch UBND tỉnh"),
    Account("tinh.quantri", "MayChu-2026", SeatRole.SYSADMIN, "", "Quản trị hệ thống"),
)


def account_table(accounts: Iterable[Account] = ACCOUNTS) -> str:
    """The accounts as a table of plain text: user name, password, who it is."""
    rows = [("Tài khoản", "Mật khẩu", "Người dùng")]
    rows += [(account.username, account.password, account.who) for account in accounts]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    return "\n".join(
        f"{name:<{widths[0]}}  {password:<{widths[1]}}  {who}" for name, password, who in rows
    )
