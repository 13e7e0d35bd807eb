"""Files of a backup: written whole, for their owner alone, and on the disk when we say so."""

import contextlib
import fcntl
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from thidua.upkeep.backups.faults import BackupError
from thidua.upkeep.backups.manifest import CHUNK, FileContent, content_of

OWN_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL
OWN_FOLDER = 0o700
LOCK = ".lock"
BUSY = "Đang có một lượt sao lưu khác vào “{folder}”. Hãy đợi lượt ấy xong rồi chạy lại."


def write_new(path: Path, chunks: Iterable[bytes]) -> FileContent:
    """Write a file that is not there yet; its size and hash."""
    path.parent.mkdir(mode=OWN_FOLDER, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, OWN_FILE, 0o600), "wb") as file:
        content = content_of(chunks, file.write)
        file.flush()
        os.fsync(file.fileno())
    return content


def put_copy(source: Path, target: Path) -> None:
    """Make `target` the whole copy of `source`, at once."""
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    with source.open("rb") as file:
        write_new(part, iter(lambda: file.read(CHUNK), b""))
    os.replace(part, target)
    keep_on_disk(target.parent)


def keep_on_disk(path: Path) -> None:
    """Return when the content of a file, or the names in a folder, would outlive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Nobody else writes backups into the folder meanwhile; the lock ends with the process."""
    folder.mkdir(mode=OWN_FOLDER, parents=True, exist_ok=True)
    descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BackupError(BUSY.format(folder=folder)) from error
        yield
    finally:
        os.close(descriptor)
