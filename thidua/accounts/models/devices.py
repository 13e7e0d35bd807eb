"""Devices of django-otp as they are kept here: the secret encrypted, codes for need hashed."""

from django.contrib.auth.hashers import get_hasher, identify_hasher
from django.db import models
from django.utils.crypto import constant_time_compare
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from thidua.accounts.encryption import decrypted, encrypted, is_current

SECRET_BYTES = 20


def about(user_id: int) -> str:
    """What a secret is bound to: copied into the row of another person it opens nothing."""
    return f"totp:{user_id}"


class Authenticator(TOTPDevice):
    """The application of the telephone; `key` holds its secret encrypted for this person."""

    class Meta:
        proxy = True
        verbose_name = "ứng dụng xác thực"
        verbose_name_plural = "ứng dụng xác thực"

    @property
    def bin_key(self):
        return decrypted(self.key, about(self.user_id))

    def clean_fields(self, exclude=None):
        """All but the secret: it is kept encrypted where django-otp asks for hex digits."""
        super().clean_fields({*(exclude or ()), "key"})

    def verify_token(self, token):
        """Whether the code is right; a secret under an earlier key moves to the one of now."""
        is_right = super().verify_token(token)
        if is_right and not is_current(self.key, about(self.user_id)):
            self.key = encrypted(self.bin_key, about(self.user_id))
            self.save(update_fields=("key",))
        return is_right


class SpareCodes(StaticDevice):
    """The codes for need of one person; django-otp slows down who guesses."""

    class Meta:
        proxy = True
        verbose_name = "bộ mã dự phòng"
        verbose_name_plural = "bộ mã dự phòng"

    def keep(self, codes):
        """Keep these codes by their hashes alone; one salt, so that a try costs one hash."""
        hasher = get_hasher()
        salt = hasher.salt()
        SpareCode.objects.bulk_create(
            SpareCode(device=self, hashed=hasher.encode(code, salt)) for code in codes
        )

    def find(self, code):
        """The row of this code, None where it is none of them."""
        rows = list(self.hashed_codes.order_by("pk"))
        wanted = hashed_like(code, rows[0].hashed) if rows else ""
        return next((row for row in rows if constant_time_compare(row.hashed, wanted)), None)

    def verify_token(self, token):
        """Whether the code is one of them; it is used up."""
        if not self.verify_is_allowed()[0]:
            return False
        found = self.find(token)
        if found is None:
            self.throttle_increment()
            return False
        found.delete()
        self.throttle_reset(commit=False)
        self.set_last_used_timestamp(commit=False)
        self.save()
        return True


class SpareCode(models.Model):
    """One code for need, hashed as passwords are."""

    device = models.ForeignKey(
        StaticDevice, models.CASCADE, related_name="hashed_codes", verbose_name="bộ mã"
    )
    hashed = models.CharField("mã đã băm", max_length=128)

    class Meta:
        verbose_name = "mã dự phòng"
        verbose_name_plural = "mã dự phòng"

    def __str__(self):
        return f"mã dự phòng {self.pk}"


def hashed_like(code: str, kept: str) -> str:
    """The code hashed with the salt and the cost of a hash that is kept."""
    hasher = identify_hasher(kept)
    facts = hasher.decode(kept)
    cost = {"iterations": facts["iterations"]} if "iterations" in facts else {}
    return hasher.encode(code, facts["salt"], **cost)
