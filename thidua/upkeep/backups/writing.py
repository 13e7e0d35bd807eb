"""Making a backup: beside its place, checked, then renamed; half of one never has its name."""

import contextlib
import os
import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.core.files.storage import Storage

from thidua.common.files.kept import files_stay
from thidua.upkeep.backups.disk import OWN_FOLDER, keep_on_disk, only_one, write_new
from thidua.upkeep.backups.engines import Engine
from thidua.upkeep.backups.faults import BackupError
from thidua.upkeep.backups.manifest import (
    CHANGED,
    FILES,
    MISSING,
    NAME,
    FileContent,
    Manifest,
    TableContent,
    content_of_file,
)
from thidua.upkeep.backups.reading import check_backup

PREFIX, HALF = "thidua-", ".part"
# How often a file may vanish between the snapshot and its copy: somebody deletes at that moment.
TRIES = 5
TOO_BUSY = "Tệp liên tục bị xóa trong lúc sao lưu nên chưa sao lưu được. Hãy chạy lại."
NO_ROOM = "Không ghi được bản sao lưu vào “{folder}”: {why}."


def write_backup(folder: Path, *, engine: Engine, storage: Storage, at: datetime) -> Path:
    """A whole, checked backup in `folder`, named by the moment; what was there before stays.

    Raises BackupError, and then nothing was added. Whoever writes to the database meanwhile does
    not wait.
    """
    with engine.live():
        pass  # there is a database, before a folder is made for its backup
    try:
        with only_one(folder):
            drop_halves(folder)
            final = free_name(folder, at)
            half = final.with_name(final.name + HALF)
            try:
                half.mkdir(mode=OWN_FOLDER)
                fill(half, previous=newest(folder), engine=engine, storage=storage, at=at)
                check_backup(half)
                os.rename(half, final)
                keep_on_disk(folder)
            except BaseException:
                shutil.rmtree(half, ignore_errors=True)
                raise
    except OSError as error:
        raise BackupError(NO_ROOM.format(folder=folder, why=error.strerror)) from error
    return final


def fill(
    half: Path, *, previous: Path | None, engine: Engine, storage: Storage, at: datetime
) -> None:
    """Write files, database and list.

    Most files are copied before the snapshot, so that little can vanish after it: a file whose
    row went meanwhile asks for another snapshot, a file that was lost before is told as damaged.
    """
    files = CopiedFiles(half / FILES, storage, previous)
    with engine.live() as now:
        names = list(now.files())
    files.copy(names)
    tables, named = taken(half / engine.dump_name, files, engine)
    files.keep_only(named)
    manifest = Manifest(
        made_at=at.isoformat(timespec="seconds"),
        database=engine.name,
        dump=content_of_file(half / engine.dump_name),
        tables=tables,
        files=files.copied,
        damaged=files.damaged,
    )
    write_new(half / NAME, [manifest.to_text().encode()])
    for inner, _, _ in os.walk(half):
        keep_on_disk(Path(inner))


def taken(
    dump: Path, files: "CopiedFiles", engine: Engine
) -> tuple[dict[str, TableContent], dict[str, str]]:
    """Write the snapshot that goes with the files; its tables, and the files that it names."""
    for _ in range(TRIES):
        dump.unlink(missing_ok=True)
        with contextlib.ExitStack() as held:
            # Files of rows deleted from here on wait until they are copied.
            with files_stay():
                moment = held.enter_context(engine.snapshot(dump))
                named = dict(moment.files())
                files.copy(named.items())
                with engine.live() as now:
                    still = {name for name, _ in now.files()}
            if set(files.damaged) & set(named) <= still:
                tables = moment.tables()
                moment.dump()
                return tables, named
    raise BackupError(TOO_BUSY)


class CopiedFiles:
    """The files of a backup that is being made."""

    def __init__(self, folder: Path, storage: Storage, previous: Path | None) -> None:
        self.folder, self.storage = folder, storage
        self.previous = previous / FILES if previous else None
        self.copied: dict[str, FileContent] = {}
        self.damaged: dict[str, str] = {}

    def copy(self, named: Iterable[tuple[str, str]]) -> None:
        """Copy what is not there yet, and note what is missing or has another hash."""
        for name, sha256 in named:
            if name in self.copied:
                continue
            self.damaged.pop(name, None)
            try:
                content = self._linked(name, sha256) or self._written(name)
            except FileNotFoundError:
                self.damaged[name] = MISSING
                continue
            self.copied[name] = content
            if content.sha256 != sha256:
                self.damaged[name] = CHANGED

    def _linked(self, name: str, sha256: str) -> FileContent | None:
        """The same file of the backup before, if it is still what it was: it takes no more room."""
        if self.previous is None:
            return None
        kept, target = self.previous / name, self.folder / name
        with contextlib.suppress(OSError):
            content = content_of_file(kept)
            if content.sha256 == sha256:
                target.parent.mkdir(mode=OWN_FOLDER, parents=True, exist_ok=True)
                os.link(kept, target)
                return content
        return None

    def _written(self, name: str) -> FileContent:
        with self.storage.open(name) as file:
            return write_new(self.folder / name, file.chunks())

    def keep_only(self, named: Iterable[str]) -> None:
        """Leave out what no row of the snapshot names."""
        for name in set(self.copied) - set(named):
            (self.folder / name).unlink()
            del self.copied[name]
        self.damaged = {name: why for name, why in self.damaged.items() if name in set(named)}


def free_name(folder: Path, at: datetime) -> Path:
    """A name of this second that nobody has."""
    first = folder / f"{PREFIX}{at:%Y%m%d-%H%M%S}"
    name, count = first, 1
    while name.exists():
        count += 1
        name = first.with_name(f"{first.name}-{count}")
    return name


def whole_backups(folder: Path) -> list[Path]:
    """The backups of a folder, the newest last; what is half written is none."""
    found = folder.glob(f"{PREFIX}*") if folder.is_dir() else ()
    return sorted(path for path in found if path.suffix != HALF and (path / NAME).is_file())


def newest(folder: Path) -> Path | None:
    """The last backup of the folder."""
    found = whole_backups(folder)
    return found[-1] if found else None


def drop_halves(folder: Path) -> None:
    """Remove what a backup that was stopped has left."""
    for half in folder.glob(f"{PREFIX}*{HALF}"):
        shutil.rmtree(half)


def keep_newest(folder: Path, count: int) -> list[Path]:
    """Remove all backups but the newest `count`; the removed ones.

    Renamed first: a removal that is stopped leaves a half, never a backup without its files.
    """
    with only_one(folder):
        old = whole_backups(folder)[:-count]
        for path in old:
            half = path.with_name(path.name + HALF)
            os.rename(path, half)
            shutil.rmtree(half)
    return old
