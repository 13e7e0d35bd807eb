"""Files that rows name, on the disk or wherever `STORAGES` puts them: written, read, found wrong.

Whoever reads a kept file reads it here, whole, and learns when it is not what was kept. Nothing
asks a storage for a path or an address: files are served by pages that ask the right.
"""

import fcntl
import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db.models.fields.files import FieldFile

MISSING, CHANGED = "missing", "changed"
NOT_WRITTEN = (
    "Máy chủ chưa cất được tệp “{name}” (có thể đã hết chỗ). Vui lòng báo người quản trị hệ thống "
    "rồi tải lại; những gì đã có vẫn mở được."
)

logger = logging.getLogger("thidua.files")


class KeptFileError(Exception):
    """A kept file is missing, or its bytes are not those that were kept; `why` says which."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def kept_bytes(file: FieldFile, sha256: str) -> bytes:
    """The bytes of a kept file (at most 20 MB); KeptFileError where they are not what was kept."""
    try:
        with file.storage.open(file.name, "rb") as stored:
            content: bytes = stored.read()
    except OSError as error:
        # The name on the disk is a hash, or a slug of a paper: nobody's words.
        logger.error("stored file is missing: %s", file.name)
        raise KeptFileError(MISSING) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        logger.error("stored file was changed: %s", file.name)
        raise KeptFileError(CHANGED)
    return content


@contextmanager
def files_stay() -> Iterator[None]:
    """While it lasts no file is removed whose row was deleted: a backup copies what rows named.

    Rows go on being written and deleted; only the file of a deleted one waits.
    """
    folder = Path(settings.NOTES_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "files.lock").open("a") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        yield


def remove_kept(file: FieldFile) -> None:
    """Remove the file of a row that is gone for good; call it after the commit."""
    with files_stay():
        file.storage.delete(file.name)


def put_kept(file: FieldFile, stored_name: str, content: File, *, name: str) -> None:
    """Store a file for a row that is saved afterwards; ValidationError where the disk takes none.

    `name` is what people call it.
    """
    try:
        file.save(stored_name, content, save=False)
    except OSError as error:
        logger.error("upload was not stored: %s", error.strerror)
        raise ValidationError(NOT_WRITTEN.format(name=name)) from error
