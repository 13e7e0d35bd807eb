"""The accounts one may sign in with; everybody else of the demo has no password."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from blocs.states import SeatRole
from thidua.demo.data import read_data


@dataclass(frozen=True)
class Account:
    """A demo account: `unit` is a unit code, empty for a seat at the province.

    `only` are the codes of the blocs to which the seat is limited; `until` is its last day.
    """

    username: str
    password: str
    role: SeatRole
    who: str
    unit: str = ""
    must_change_password: bool = False
    only: tuple[str, ...] = ()
    until: date | None = None


ACCOUNTS = tuple(
    Account(**row | {"role": SeatRole(row["role"])}) for row in read_data("accounts")["accounts"]
)


# Why a name on a page of the demo may be none of the table.
NO_PASSWORD = (
    "Những người khác của dữ liệu mẫu (tên đăng nhập dạng skhcn.canbo) chỉ đứng tên trong hồ sơ, "
    "nhật ký và chưa có mật khẩu; tinh.quantri đặt mật khẩu ở trang Người dùng thì vào được."
)


def account_table(accounts: Iterable[Account] = ACCOUNTS) -> str:
    """The accounts as a table of plain text: user name, password, who it is."""
    rows = [("Tài khoản", "Mật khẩu", "Người dùng")]
    rows += [(account.username, account.password, account.who) for account in accounts]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    lines = [f"{name:<{widths[0]}}  {password:<{widths[1]}}  {who}" for name, password, who in rows]
    return "\n".join([*lines, "", NO_PASSWORD])
