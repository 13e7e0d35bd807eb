from django.conf import settings
from django.db import models


class Identity(models.Model):
    """Who a person is at the province's sign-in: two people linked this, nothing is guessed."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="identity",
        verbose_name="người dùng",
    )
    issuer = models.CharField("nơi cấp", max_length=255)
    subject = models.CharField("mã nhận dạng", max_length=255)
    linked_at = models.DateTimeField("gắn lúc", auto_now_add=True)

    class Meta:
        verbose_name = "tài khoản của tỉnh"
        verbose_name_plural = "tài khoản của tỉnh"
        constraints = (
            models.UniqueConstraint(
                fields=("issuer", "subject"),
                name="identity_of_one_person",
                violation_error_message="Mã nhận dạng này đã gắn với người khác.",
            ),
        )

    def __str__(self):
        return self.subject
