"""Phiếu mật khẩu: one slip for each new account, printed once and kept nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from thidua.papers.papers import Letterhead, PrintedPaper

NOTE = (
    "Mật khẩu chỉ dùng cho lần đăng nhập đầu tiên; phần mềm yêu cầu đổi ngay. Không đưa phiếu này "
    "cho người khác; đổi xong thì hủy phiếu."
)


@dataclass(frozen=True)
class AccountSlip:
    """What one person needs for the first sign-in."""

    name: str
    place: str
    username: str
    password: str


@dataclass(frozen=True, kw_only=True)
class HandOut(PrintedPaper):
    """Slips to be cut apart; never stored, for it shows passwords."""

    template: ClassVar[str] = "documents/hand_out.html"
    version: ClassVar[str] = "1"

    address: str
    slips: tuple[AccountSlip, ...]
    note: str = NOTE


def hand_out(slips: Sequence[AccountSlip], address: str) -> HandOut:
    """The slips of these accounts for the site at `address`."""
    head = Letterhead(superior_lines=(), body_lines=())
    return HandOut(
        title="Phiếu tài khoản và mật khẩu dùng một lần",
        letterhead=head,
        address=address,
        slips=tuple(slips),
    )
