"""What is asked of a proposal that the office gave back."""

from awards.proposals import workflows as proposals
from awards.proposals.models.contents import content_stamp
from tests.factories.awards import ProposalFactory, ProposalItemFactory


def given_back(**changed):
    """A proposal that the office returned, and what was written since."""
    proposal = ProposalItemFactory().proposal
    proposal.keep_return("Thiếu nhận xét.", content_stamp(proposal))
    for name, value in changed.items():
        setattr(proposal, name, value)
    return proposal


OF_RETURNS = {
    proposals.is_sent_unchanged: [
        (ProposalFactory, []),
        (lambda: given_back(summary="Đã sửa."), []),
        (
            given_back,
            ["Đề nghị chưa thay đổi gì so với lần trả lại lúc 12:00 23/11/2026. Vẫn gửi lại?"],
        ),
    ],
}
