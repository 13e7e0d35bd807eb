"""What taking back a change of the members would do, in sentences of the page."""

from blocs.states import MemberChangeKind as K
from blocs.years.domain.taking_part import ENDS, JOINING, SETS, Duty
from blocs.years.models.changes import MemberChange
from blocs.years.models.members.holdings import PAPERS_STAY, papers_of

OWED_AGAIN = {
    Duty.REGISTER: "bản đăng ký",
    Duty.SIGN: "chữ ký giao ước",
    Duty.REPORT: "báo cáo năm",
    Duty.SIT: "dự họp, bỏ phiếu",
    Duty.COMPARE: "xếp hạng",
}


def cancel_effects(change: MemberChange) -> list[str]:
    """Sentences that say what taking the change back would do; listed before it is saved."""
    year, unit = change.bloc_year, change.unit
    if change.kind == K.KEPT:
        return [f"Trang của năm lại nhắc là danh sách {year.bloc.word} và năm khác nhau về {unit}."]
    if change.kind == K.RETURNED:
        return [f"{unit} lại thôi tham gia như trước khi tham gia lại; {PAPERS_STAY}"]
    if change.kind in JOINING:
        held = papers_of(year, unit)
        kept = f"; đơn vị đã có {', '.join(held)} nên không hủy được" if held else ""
        return [f"{unit} ra khỏi thành phần của năm{kept}."]
    owed = [words for duty, words in OWED_AGAIN.items() if SETS[change.kind] in ENDS[duty]]
    return [f"{unit} lại được tính như trước thay đổi này: {', '.join(owed)}."]
