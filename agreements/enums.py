from django.db.models import TextChoices


class AgreementState(TextChoices):
    """The agreement: drafted, sent round, signed by all members, or by as many as the year
    asks for, and so in effect, then closed.

    A change of text after the first signature voids the signatures already given. Who signs later
    is added to the paper that was kept.
    """

    DRAFT = "draft", "Dự thảo"
    SIGNING = "signing", "Đang ký"
    EFFECTIVE = "effective", "Có hiệu lực"
    CLOSED = "closed", "Đã kết thúc"


class Capacity(TextChoices):
    HEAD = "", "thủ trưởng ký"
    DEPUTY = "KT.", "KT. (ký thay)"
    AUTHORISED = "TUQ.", "TUQ. (thừa ủy quyền)"


TONES = {"draft": "draft", "signing": "working", "effective": "done", "closed": "locked"}
