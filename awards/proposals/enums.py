from django.db.models import TextChoices


class ProposalState(TextChoices):
    """The bloc's proposal: drafted, sent by the head, received or returned by the office,
    put before the council, closed by its chair, decided."""

    DRAFT = "draft", "Dự thảo"
    SUBMITTED = "submitted", "Đã gửi tỉnh"
    RETURNED = "returned", "Bị trả lại"
    RECEIVED = "received", "Đã tiếp nhận"
    BEFORE_COUNCIL = "before_council", "Đang lấy ý kiến Hội đồng"
    CONSIDERED = "considered", "Hội đồng đã cho ý kiến"
    DECIDED = "decided", "Đã xét xong"


INNER_STATES = (ProposalState.DRAFT, ProposalState.RETURNED)
# Lines of such proposals may go into a decision.
READY_STATES = (ProposalState.RECEIVED, ProposalState.CONSIDERED)


class ItemState(TextChoices):
    """One award for one unit: proposed, found eligible, or held, then granted or refused.

    What the province does not grant itself ends with its submission to the State.
    """

    PROPOSED = "proposed", "Đề nghị"
    ELIGIBLE = "eligible", "Đủ điều kiện"
    SUSPENDED = "suspended", "Chưa xét"
    GRANTED = "granted", "Được tặng"
    FORWARDED = "forwarded", "Đã trình cấp Nhà nước"
    REFUSED = "refused", "Không được tặng"


TONES = {
    "draft": "draft",
    "submitted": "submitted",
    "returned": "returned",
    "received": "working",
    "before_council": "working",
    "considered": "working",
    "decided": "published",
    "proposed": "submitted",
    "eligible": "done",
    "suspended": "returned",
    "granted": "published",
    "forwarded": "submitted",
    "refused": "refused",
    "signed": "done",
    "published": "published",
}
