"""SQLite: its own backup API copies a file that others write to."""

import contextlib
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import connections

from thidua.common.vietnamese.collation import teach
from thidua.upkeep.backups.disk import OWN_FILE, keep_on_disk, put_copy
from thidua.upkeep.backups.faults import BackupError
from thidua.upkeep.backups.manifest import TableContent
from thidua.upkeep.backups.rows import LEFT_OUT, file_columns, kept_tables

PATIENCE = 60
TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
BROKEN = "tệp cơ sở dữ liệu hỏng ({why})"
NO_FILE = "Không có cơ sở dữ liệu ở “{file}”. Hãy đặt VAR_DIR hoặc DATABASE_URL đúng chỗ."
OTHER_ROWS = "số dòng hoặc nội dung của bảng không như lúc sao lưu"


@dataclass(frozen=True)
class Sqlite:
    """The database in one file; see `Engine`."""

    alias: str = "default"
    name = "sqlite"
    dump_name = "database.sqlite3"

    @property
    def file(self) -> Path:
        """Where the settings say the database is."""
        return Path(connections[self.alias].settings_dict["NAME"])

    @contextlib.contextmanager
    def snapshot(self, target: Path) -> Iterator["SqliteMoment"]:
        """All pages in one step: in WAL mode nobody who writes waits for it."""
        os.close(os.open(target, OWN_FILE, 0o600))
        with opened(self.file, is_read_only=True) as source, opened(target) as copy:
            source.backup(copy)
            # One file, without sessions even in its unused pages.
            copy.execute("PRAGMA journal_mode=DELETE")
            copy.execute("PRAGMA secure_delete=ON")
            for table in set(LEFT_OUT) & names_of(copy):
                copy.execute(f'DELETE FROM "{table}"')
            copy.commit()
        keep_on_disk(target)
        with opened(target, is_read_only=True) as copy:
            yield SqliteMoment(copy)

    @contextlib.contextmanager
    def live(self) -> Iterator["SqliteMoment"]:
        """The file as it is."""
        if not self.file.is_file():
            raise BackupError(NO_FILE.format(file=self.file))
        with opened(self.file, is_read_only=True) as line:
            yield SqliteMoment(line)

    def check(self, dump: Path, tables: dict[str, TableContent]) -> str:
        """SQLite's own check of every page, and every row once more."""
        try:
            with opened(dump, is_read_only=True) as copy:
                said = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
                if said != "ok":
                    return BROKEN.format(why=said)
                return "" if SqliteMoment(copy).tables() == tables else OTHER_ROWS
        except sqlite3.Error as error:
            return BROKEN.format(why=error)

    def is_empty(self) -> bool:
        """Whether the file is missing or has no table."""
        if not self.file.exists():
            return True
        with opened(self.file, is_read_only=True) as line:
            return not names_of(line)

    def load(self, dump: Path) -> None:
        """Copy beside the place, then rename: the database is the whole copy or what it was."""
        connections[self.alias].close()
        self.file.parent.mkdir(parents=True, exist_ok=True)
        for rest in ("-wal", "-shm"):
            # Of an empty database; beside another file they would be played into it.
            self.file.with_name(self.file.name + rest).unlink(missing_ok=True)
        put_copy(dump, self.file)


class SqliteMoment:
    """What an open file says; see `Snapshot`."""

    def __init__(self, line: sqlite3.Connection) -> None:
        self.line = line

    def tables(self) -> dict[str, TableContent]:
        return {name: self._table(name) for name in kept_tables(names_of(self.line))}

    def _table(self, name: str) -> TableContent:
        columns = self.line.execute(f'PRAGMA table_info("{name}")').fetchall()
        keys = [f'CAST("{row[1]}" AS TEXT)' for row in columns if row[5]] or ["rowid"]
        digest, count = hashlib.sha256(), 0
        for row in self.line.execute(f'SELECT * FROM "{name}" ORDER BY {", ".join(keys)}'):
            digest.update(repr(row).encode())
            count += 1
        return TableContent(count, digest.hexdigest())

    def dump(self) -> None:
        """The file was copied when the moment began."""

    def files(self) -> Iterator[tuple[str, str]]:
        for column in file_columns():
            yield from self.line.execute(column.query)


def names_of(line: sqlite3.Connection) -> set[str]:
    """The tables of the file."""
    return {name for (name,) in line.execute(TABLES)}


@contextlib.contextmanager
def opened(file: Path, *, is_read_only: bool = False) -> Iterator[sqlite3.Connection]:
    """The file without Django's options: a copy keeps the journal mode that it was given."""
    mode = "ro" if is_read_only else "rw"
    address = f"{file.absolute().as_uri()}?mode={mode}"
    with contextlib.closing(sqlite3.connect(address, uri=True, timeout=PATIENCE)) as line:
        teach(line)
        yield line
