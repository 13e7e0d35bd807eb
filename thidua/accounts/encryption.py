"""Words that must be read again and that nobody who holds the database alone may read.

AES-256-GCM under a key derived from `SECRET_KEY`; what was encrypted under one of
`SECRET_KEY_FALLBACKS` is still read. Without any of them nothing opens it.
"""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

# Says how the rest is to be read, should that ever change.
MARK = "a1:"
NONCE_BYTES = 12
PURPOSE = b"thidua.accounts.encryption"


class KeyLostError(Exception):
    """What is kept was encrypted under a key that this machine does not have."""


@lru_cache
def cipher(secret: str) -> AESGCM:
    """The cipher that belongs to one secret key of Django."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE)
    return AESGCM(derived.derive(secret.encode()))


def encrypted(content: bytes, about: str) -> str:
    """The content as text for a column; it opens only together with the same `about`."""
    nonce = os.urandom(NONCE_BYTES)
    closed = cipher(settings.SECRET_KEY).encrypt(nonce, content, about.encode())
    return MARK + urlsafe_b64encode(nonce + closed).decode()


def decrypted(text: str, about: str) -> bytes:
    """The content again; KeyLostError where no key of now or before opens it."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        content = opened(text, about, secret)
        if content is not None:
            return content
    raise KeyLostError


def is_current(text: str, about: str) -> bool:
    """Whether the key of now opens it, so that earlier ones are not needed for it."""
    return opened(text, about, settings.SECRET_KEY) is not None


def opened(text: str, about: str, secret: str) -> bytes | None:
    """The content under this one key; None where it does not open."""
    try:
        closed = urlsafe_b64decode(text.removeprefix(MARK))
        nonce, rest = closed[:NONCE_BYTES], closed[NONCE_BYTES:]
        return cipher(secret).decrypt(nonce, rest, about.encode())
    except (InvalidTag, ValueError):
        return None
