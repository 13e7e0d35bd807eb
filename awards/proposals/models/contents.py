"""What a proposal says, in words: to compare two writers, and before and after a return."""

from collections.abc import Iterable

from awards.proposals.models.proposals import Proposal, ProposalItem
from thidua.common.changes import all_words
from thidua.common.models import came_back
from thidua.common.stamps import stamp_of_words

HEADER = ("number", "dated_on", "legal_bases", "summary", "quota_reason", "left_out_reason")


def proposal_words(proposal: Proposal) -> dict[str, str]:
    """What the proposal says now: its header by field, and all lines as one value."""
    items = proposal.items.select_related("award", "unit")
    return all_words(proposal, HEADER) | {"items": item_words(items)}


def item_words(items: Iterable[ProposalItem]) -> str:
    """«Cờ thi đua – Sở A: merit; …», in an order that the order of typing does not change."""
    return "; ".join(sorted(map(line_words, items)))


def line_words(item: ProposalItem) -> str:
    """One line with its merit and the reason for which it stands against a warning."""
    words = f"{item}: {item.merit}" if item.merit else str(item)
    return f"{words} (lý do vẫn đề nghị: {item.warned_reason})" if item.warned_reason else words


def count_words(*, flags: int, titles: int, others: int) -> str:
    """«Cờ 1 · BK 2 · DH 1»: how many flags, certificates and titles; nothing of what is none."""
    counts = (("Cờ", flags), ("BK", others), ("DH", titles))
    return " · ".join(f"{word} {count}" for word, count in counts if count) or "chưa có"


def content_stamp(proposal: Proposal) -> str:
    """A stamp of all that the bloc can change."""
    return stamp_of_words(proposal_words(proposal))


def is_sent_unchanged(proposal: Proposal) -> list[str]:
    """Asked of a proposal that comes back as the office returned it."""
    content = content_stamp(proposal) if came_back(proposal) else ""
    return [f"{words} Vẫn gửi lại?" for words in proposal.unchanged_words("Đề nghị", content)]
