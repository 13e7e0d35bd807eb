"""Passwords: the rule of their length, and those that the program makes for one sign-in."""

import secrets

from django.contrib.auth.hashers import get_hasher, make_password
from django.contrib.auth.password_validation import MinimumLengthValidator

# No sign in it is taken for another one on paper.
CLEAR = "abcdefghjkmnpqrstuvwxyz23456789"
PARTS, LETTERS = 3, 4
# Hashing again and again slows down who guesses words. Nobody guesses one of 10^17, and hundreds
# of accounts are opened at once; the password of the person's own choice is hashed in full.
ROUNDS_OF_RANDOM = 20_000


def one_time_password() -> str:
    """«k7mw-3hqd-x9ta»: made by chance, to be typed once from paper."""
    parts = ("".join(secrets.choice(CLEAR) for _ in range(LETTERS)) for _ in range(PARTS))
    return "-".join(parts)


def hash_of_random(password: str) -> str:
    """The hash of a password that was made by chance; of any other use `make_password`."""
    hasher = get_hasher()
    if not hasattr(hasher, "iterations"):
        return make_password(password)
    return hasher.encode(password, hasher.salt(), iterations=ROUNDS_OF_RANDOM)


class LongEnough(MinimumLengthValidator):
    """Django's rule in words that its own translation lacks."""

    def get_error_message(self):
        return f"Mật khẩu quá ngắn; phải có ít nhất {self.min_length} ký tự."
