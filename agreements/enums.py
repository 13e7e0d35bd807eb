from django.db.models import TextChoices


class AgreementState(TextChoices):
    """The agreement: drafted, sent round, signed by all members and so in effect, then closed.

    A change of text after the first signature voids the signatures already given.
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
