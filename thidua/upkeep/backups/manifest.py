"""The list in a backup: what belongs to it, with sizes, counts and hashes.

It is written last, and its own digest tells when it was cut or changed.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from thidua.upkeep.backups.faults import BackupError

NAME = "manifest.json"
FILES = "files"
FORMAT = 1
CHUNK = 1024 * 1024
MISSING, CHANGED = "missing", "changed"
NO_BACKUP = "“{folder}” không phải một bản sao lưu trọn vẹn: {why}."
NO_LIST = "không có tệp manifest.json"
CUT_LIST = "tệp manifest.json bị cắt hoặc bị sửa"
OTHER_FORMAT = "dạng {format}, phần mềm này chỉ đọc dạng 1"


@dataclass(frozen=True)
class FileContent:
    """What a file holds."""

    size: int
    sha256: str


@dataclass(frozen=True)
class TableContent:
    """What a table holds: the hash is over its rows in the order of their keys."""

    rows: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup holds; `damaged` names files that were missing or changed before."""

    made_at: str
    database: str
    dump: FileContent
    tables: dict[str, TableContent]
    files: dict[str, FileContent]
    damaged: dict[str, str]

    def to_text(self) -> str:
        """The list as it is written, its digest beside it."""
        told = {"format": FORMAT, **asdict(self)}
        return json.dumps({"digest": digest_of(told), "backup": told}, ensure_ascii=False, indent=1)


def digest_of(told: object) -> str:
    """SHA-256 over the list, however it is laid out."""
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def read_manifest(folder: Path) -> Manifest:
    """The list of a backup; BackupError where it is none, or a half of one."""
    try:
        text = (folder / NAME).read_text(encoding="utf-8")
    except OSError as error:
        raise BackupError(NO_BACKUP.format(folder=folder, why=NO_LIST)) from error
    try:
        written = json.loads(text)
        told = written["backup"]
        is_whole = written["digest"] == digest_of(told)
    except (ValueError, KeyError, TypeError) as error:
        raise BackupError(NO_BACKUP.format(folder=folder, why=CUT_LIST)) from error
    if not is_whole:
        raise BackupError(NO_BACKUP.format(folder=folder, why=CUT_LIST))
    if told["format"] != FORMAT:
        why = OTHER_FORMAT.format(format=told["format"])
        raise BackupError(NO_BACKUP.format(folder=folder, why=why))
    return Manifest(
        made_at=told["made_at"],
        database=told["database"],
        dump=FileContent(**told["dump"]),
        tables={name: TableContent(**row) for name, row in told["tables"].items()},
        files={name: FileContent(**row) for name, row in told["files"].items()},
        damaged=told["damaged"],
    )


def content_of(
    chunks: Iterable[bytes], write: Callable[[bytes], object] | None = None
) -> FileContent:
    """Size and hash of what is read; each piece is handed to `write` on the way."""
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        digest.update(chunk)
        size += len(chunk)
        if write:
            write(chunk)
    return FileContent(size, digest.hexdigest())


def content_of_file(path: Path) -> FileContent:
    """Size and hash of a file on this machine."""
    with path.open("rb") as file:
        return content_of(iter(lambda: file.read(CHUNK), b""))
