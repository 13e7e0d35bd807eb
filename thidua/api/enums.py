from django.db.models import TextChoices


class Scope(TextChoices):
    """What a token opens, of what its person may see."""

    UNITS = "units", "Đơn vị"
    BLOCS = "blocs", "Khối, cụm"
    YEARS = "years", "Năm thi đua, thành viên"
    RANKINGS = "rankings", "Xếp hạng"
    DECISIONS = "decisions", "Quyết định khen thưởng"


class TokenState(TextChoices):
    """Where a token stands today."""

    LIVING = "living", "Đang dùng được"
    EXPIRED = "expired", "Hết hạn"
    ENDED = "ended", "Đã kết thúc"
