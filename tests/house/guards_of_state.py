"""What the guards say of an award above the province, and of one that is the province's own."""

import datetime as dt

from awards.decisions import workflows as decisions
from awards.decisions.models import Decision
from awards.proposals import workflows as proposals
from awards.proposals.enums import ItemState
from awards.proposals.models import Proposal, ProposalItem
from awards.proposals.workflows import lines
from awards.proposals.workflows.decided_lines import TAKE_OUT
from tests.factories.awards import (
    DecisionFactory,
    ProposalItemFactory,
    flag,
    government_flag,
)
from tests.factories.people import UnitFactory
from tests.house.guards_of_bases import MERIT, judged
from tests.house.guards_of_sheets import only

NATIONAL = (
    "“Cờ thi đua của Chính phủ – Sở Dòng” là hình thức cấp Nhà nước: Chủ tịch UBND tỉnh trình, "
    "không quyết định tặng. Cơ quan thường trực ghi số, ngày tờ trình cấp Nhà nước ở trang của "
    "dòng đề nghị."
)


def line(award, **facts):
    return ProposalItemFactory(award=award(), unit=UnitFactory(name="Sở Dòng"), **facts)


def forwarded(**facts):
    facts |= {"state": ItemState.FORWARDED, "forwarded_number": "15/TTr-UBND"}
    return line(government_flag, forwarded_on=dt.date(2026, 12, 9), **facts).proposal


def drafted(award):
    decision = DecisionFactory()
    line(award, decision=decision, state=ItemState.ELIGIBLE)
    return decision


OF_STATE = {
    lines.is_of_province: [
        (lambda: line(flag), []),
        (lambda: line(government_flag), [NATIONAL]),
    ],
    lines.is_not_in_signed_decision: [
        (ProposalItem, []),
        (
            lambda: ProposalItem(decision=Decision(pk=1)),
            [f"Dòng này đang nằm trong một dự thảo quyết định. {TAKE_OUT}"],
        ),
    ],
    lines.is_of_state: [
        (lambda: line(government_flag), []),
        (
            lambda: line(flag),
            [
                "“Cờ thi đua của UBND tỉnh” do Chủ tịch UBND tỉnh quyết định tặng nên không trình "
                "cấp Nhà nước; cơ quan thường trực đưa dòng này vào dự thảo quyết định."
            ],
        ),
    ],
    lines.council_is_over: [
        (lambda state=state: ProposalItem(proposal=Proposal(state=state)), told)
        for state, told in only(
            lines.P,
            set(lines.P) - {lines.P.BEFORE_COUNCIL},
            lambda state: (
                "Đang lấy ý kiến Hội đồng về đề nghị này. Chủ tịch kết thúc lấy ý kiến rồi mới "
                "trình cấp Nhà nước."
            ),
        )
    ],
    lines.verdict_stands: [
        (lambda: judged().items.get(), []),
        (
            lambda: judged(changed=True).items.get(),
            [
                f"{MERIT[:1].upper()}{MERIT[1:]} Cơ quan thường trực xác nhận có lý do ở trang của "
                "dòng đề nghị."
            ],
        ),
    ],
    proposals.nothing_is_forwarded: [
        (lambda: line(government_flag, state=ItemState.ELIGIBLE).proposal, []),
        (
            forwarded,
            [
                "Dòng “Cờ thi đua của Chính phủ – Sở Dòng” đã trình cấp Nhà nước (Tờ trình số "
                "15/TTr-UBND ngày 09/12/2026) nên đề nghị không trả lại, không lấy ý kiến "
                "Hội đồng nữa; các dòng còn lại được xét tiếp."
            ],
        ),
    ],
    decisions.lines_are_of_province: [
        (lambda: drafted(flag), []),
        (
            lambda: drafted(government_flag),
            [f"{NATIONAL} Cơ quan thường trực bỏ dòng này khỏi dự thảo trước."],
        ),
    ],
}
