"""The life of one line of a proposal: one award for one unit."""

from awards.proposals.enums import ItemState, ProposalState
from awards.proposals.workflows.basis import basis_stands
from awards.proposals.workflows.decided_lines import is_not_in_signed_decision
from awards.proposals.workflows.national import (
    council_is_over,
    hold_numbers_of_province,
    is_of_province,
    is_of_state,
    put_forward,
    verdict_stands,
)
from thidua.common.workflow import THE_END, Transition, Workflow

I, P = ItemState, ProposalState  # noqa: E741 – the states of a line
WITH_PROVINCE = (P.RECEIVED, P.BEFORE_COUNCIL, P.CONSIDERED)


def is_in_hands_of_province(item):
    if item.proposal.state in WITH_PROVINCE:
        return []
    return ["Cơ quan thường trực chưa tiếp nhận đề nghị."]


def proposal_stands(item):
    """A line is found eligible only while the proposal it stands in is settled."""
    return basis_stands(item.proposal)


def keep_reason(item, *, actor, note):
    item.reason = note


def clear_reason(item, *, actor, note):
    item.reason = ""


def put_into_decision(item, *, actor, note, decision):
    item.decision = decision


ITEM = Workflow(
    states=I,
    initial=I.PROPOSED,
    ways={
        I.PROPOSED: "Cơ quan thường trực tiếp nhận đề nghị rồi thẩm định điều kiện của dòng này.",
        I.ELIGIBLE: (
            "Cơ quan thường trực đưa dòng này vào dự thảo quyết định, Chủ tịch ký; hình thức cấp "
            "Nhà nước thì Chủ tịch trình, cơ quan thường trực ghi số, ngày tờ trình."
        ),
        I.SUSPENDED: "Cơ quan thường trực xét lại khi có kết luận, hoặc ghi không đề nghị tặng.",
        I.GRANTED: f"{THE_END}: đã được tặng theo quyết định.",
        I.FORWARDED: f"{THE_END}: đã trình cấp Nhà nước xét tặng.",
        I.REFUSED: f"{THE_END}: không được tặng, lý do ghi ở dòng này.",
    },
    transitions=(
        Transition(
            name="find_eligible",
            label="Đủ điều kiện",
            sources={I.PROPOSED},
            target=I.ELIGIBLE,
            permission="board.appraise_item",
            guards=(is_in_hands_of_province, proposal_stands),
        ),
        Transition(
            name="suspend",
            label="Chưa xét",
            sources={I.PROPOSED, I.ELIGIBLE},
            target=I.SUSPENDED,
            permission="board.suspend_item",
            guards=(is_in_hands_of_province, is_not_in_signed_decision),
            effect=keep_reason,
            needs_note=True,
            note_label="Văn bản làm căn cứ (bắt buộc)",
            consequence="Ghi rõ văn bản làm căn cứ (NĐ 152/2025/NĐ-CP, Điều 4).",
        ),
        Transition(
            name="release",
            label="Xét lại",
            sources={I.SUSPENDED},
            target=I.PROPOSED,
            permission="board.suspend_item",
            effect=clear_reason,
            needs_note=True,
            note_label="Kết luận, văn bản (bắt buộc)",
        ),
        Transition(
            name="refuse",
            label="Không đề nghị tặng",
            sources={I.PROPOSED, I.ELIGIBLE, I.SUSPENDED},
            target=I.REFUSED,
            permission="board.appraise_item",
            guards=(is_in_hands_of_province, is_not_in_signed_decision),
            effect=keep_reason,
            needs_note=True,
            tone="danger",
            consequence="Khối và đơn vị thấy lý do này.",
        ),
        Transition(
            name="grant",
            label="Được tặng theo quyết định",
            sources={I.ELIGIBLE},
            target=I.GRANTED,
            permission="decisions.sign_decision",
            guards=(is_of_province,),
            effect=put_into_decision,
            hidden=True,
        ),
        Transition(
            name="forward",
            label="Ghi tờ trình cấp Nhà nước",
            sources={I.ELIGIBLE},
            target=I.FORWARDED,
            permission="board.forward_item",
            guards=(
                is_of_state,
                is_in_hands_of_province,
                is_not_in_signed_decision,
                council_is_over,
                proposal_stands,
                verdict_stands,
            ),
            effect=put_forward,
            holds=hold_numbers_of_province,
            hidden=True,
        ),
    ),
)
