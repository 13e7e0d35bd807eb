"""What a line that stands in a decision, drafted or signed, lets nobody do with its proposal."""

from awards.proposals.enums import ItemState as I

TAKE_OUT = (
    "Cơ quan thường trực bỏ dòng khỏi dự thảo, hoặc bỏ dự thảo quyết định, trước; dòng của quyết "
    "định đã ký chỉ thay đổi bằng quyết định sau."
)


def lines_are_in_no_decision(proposal):
    """A line that stands in a decision cannot go back to the bloc with its proposal."""
    found = proposal.items.exclude(decision=None).select_related("award", "unit", "decision")
    return [f"Dòng “{item}” đang nằm trong “{item.decision}”. {TAKE_OUT}" for item in found]


def council_comes_before_decisions(proposal):
    """The council is asked before a decision is drafted, else it would speak on what is settled."""
    found = proposal.items.exclude(decision=None).select_related("award", "unit", "decision")
    return [
        f"Dòng “{item}” đã được tặng theo “{item.decision}” nên không lấy ý kiến Hội đồng được "
        "nữa; các dòng còn lại được xét không qua Hội đồng."
        if item.state == I.GRANTED
        else f"Dòng “{item}” đang nằm trong dự thảo “{item.decision}”. Cơ quan thường trực bỏ dòng "
        "khỏi dự thảo, hoặc bỏ dự thảo quyết định, rồi mới lấy ý kiến Hội đồng."
        for item in found
    ]


def is_not_in_signed_decision(item):
    if not item.decision_id:
        return []
    return [f"Dòng này đang nằm trong một dự thảo quyết định. {TAKE_OUT}"]
