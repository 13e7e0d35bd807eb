"""What the guards of a vote, a sealing and a further sitting say, at the edge and beyond it."""

import datetime as dt

from blocs.conferences import workflows as conferences
from blocs.conferences.models import BallotLine
from blocs.states import BallotKind
from blocs.units.models import Unit
from tests.house.guards_of_papers import counted, meeting
from tests.house.guards_of_sheets import NOW


def warned(kind=BallotKind.AWARD, reason="", award="certificate"):
    """A vote on a unit that is no more since June."""
    conference = meeting(starts_at=NOW)
    counted(kind, 3, chosen=(0,), conference=conference)
    unit = BallotLine.objects.get().unit
    Unit.objects.filter(pk=unit.pk).update(dissolved_on=dt.date(2026, 6, 1))
    BallotLine.objects.update(reason=reason, award=award)
    return type(conference).objects.get()


EXPLAIN = "Thư ký ghi lý do vẫn bỏ phiếu ở trang kiểm phiếu, hoặc bỏ dòng của đơn vị này."
OF_SITTINGS = {
    conferences.warned_lines_are_explained: [
        (lambda: counted(BallotKind.AWARD, 3), []),
        (lambda: warned(reason="Theo đề nghị."), []),
        (
            warned,
            [
                "Phiếu suy tôn, đề nghị khen thưởng: Sở 0: thôi hoạt động từ 01/06/2026. Chỉ đơn "
                "vị đang hoạt động và tham gia đến khi bình xét mới được đề nghị khen thưởng. "
                + EXPLAIN
            ],
        ),
        (
            lambda: warned(BallotKind.HEAD, award=""),
            [
                "Phiếu bầu khối trưởng: Sở 0: thôi hoạt động từ 01/06/2026. Đơn vị không còn thì "
                "không giữ nhiệm vụ của khối năm sau được. " + EXPLAIN
            ],
        ),
    ],
}
