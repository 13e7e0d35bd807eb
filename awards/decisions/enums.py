from django.db.models import TextChoices


class DecisionState(TextChoices):
    """A decision: drafted by the office, signed by the Chairman, published for everyone."""

    DRAFT = "draft", "Dự thảo"
    SIGNED = "signed", "Đã ký"
    PUBLISHED = "published", "Đã công bố"
