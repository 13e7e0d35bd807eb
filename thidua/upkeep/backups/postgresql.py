"""PostgreSQL: pg_dump and our own questions share one exported snapshot."""

import contextlib
import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from thidua.upkeep.backups.disk import OWN_FILE, keep_on_disk
from thidua.upkeep.backups.faults import BackupError
from thidua.upkeep.backups.manifest import TableContent
from thidua.upkeep.backups.rows import LEFT_OUT, file_columns, kept_tables

# What a connection says to libpq, by the name of its variable: never on a command line, which
# every account of the machine can read.
VARIABLES = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD"}
OPTIONS = ("sslmode", "sslrootcert", "sslcert", "sslkey", "passfile", "service")
NO_PROGRAM = "Máy này thiếu {name}. Hãy cài gói postgresql-client rồi chạy lại."
FAILED = "{name} không làm được: {why}"
# The same words for the same value on every server.
PLAIN = (
    "SET TIME ZONE 'UTC'; SET datestyle TO ISO, YMD; SET intervalstyle TO iso_8601; "
    "SET extra_float_digits TO 1; SET bytea_output TO hex; SET client_encoding TO 'UTF8'"
)


@dataclass(frozen=True)
class Postgresql:
    """A server; see `Engine`."""

    alias: str = "default"
    name = "postgresql"
    dump_name = "database.dump"

    @contextlib.contextmanager
    def snapshot(self, target: Path) -> Iterator["PostgresqlMoment"]:
        """One snapshot for pg_dump, for the counts and for the files that rows name."""
        with self._reader("REPEATABLE READ") as reader:
            (snapshot,) = reader.one("SELECT pg_export_snapshot()")
            reader.dump = partial(self.dump, snapshot, target)
            yield reader

    def dump(self, snapshot: str, target: Path) -> None:
        """What pg_dump writes of an exported snapshot."""
        os.close(os.open(target, OWN_FILE, 0o600))
        left_out = [f"--exclude-table-data={table}" for table in LEFT_OUT]
        self.run("pg_dump", "--format=custom", f"--snapshot={snapshot}", "--no-owner",
                 "--no-privileges", *left_out, f"--file={target}")  # fmt: skip
        keep_on_disk(target)

    @contextlib.contextmanager
    def live(self) -> Iterator["PostgresqlMoment"]:
        """Each question is answered as of its own moment."""
        with self._reader("READ COMMITTED") as reader:
            yield reader

    def check(self, dump: Path, tables: dict[str, TableContent]) -> str:
        """The archive is unpacked to its end; what its rows are is compared after a restore."""
        try:
            self.run("pg_restore", f"--file={os.devnull}", str(dump))
        except BackupError as error:
            return str(error)
        return ""

    def is_empty(self) -> bool:
        """Whether the schema has no table."""
        with self._reader("READ COMMITTED") as reader:
            return not reader.names()

    def load(self, dump: Path) -> None:
        """One transaction: whoever is stopped on the way leaves the database empty.

        Then the rows are counted for the planner, or the first pages are planned for empty tables.
        """
        name = connections[self.alias].settings_dict["NAME"]
        connections[self.alias].close()
        self.run("pg_restore", "--single-transaction", "--exit-on-error", "--no-owner",
                 "--no-privileges", f"--dbname={name}", str(dump))  # fmt: skip
        self.run("vacuumdb", "--analyze-only", "--quiet")

    def run(self, name: str, *arguments: str) -> None:
        """Run a program of PostgreSQL, reached as the settings say; BackupError with its reason."""
        done = subprocess.run(
            [program(name), *arguments],
            env=os.environ | self.environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise BackupError(FAILED.format(name=name, why=done.stderr.strip()))

    def environment(self) -> dict[str, str]:
        """The connection as variables of libpq."""
        settings = connections[self.alias].settings_dict
        options = {f"PG{key.upper()}": settings["OPTIONS"].get(key) for key in OPTIONS}
        values = {name: settings[key] for key, name in VARIABLES.items()} | options
        values["PGDATABASE"] = settings["NAME"]
        return {name: str(value) for name, value in values.items() if value}

    @contextlib.contextmanager
    def _reader(self, isolation: str) -> Iterator["PostgresqlMoment"]:
        own = connections[self.alias].copy()
        with contextlib.closing(own):
            own.connect()
            with own.cursor() as cursor:
                cursor.execute(PLAIN)
                cursor.execute(f"BEGIN TRANSACTION ISOLATION LEVEL {isolation} READ ONLY")
            yield PostgresqlMoment(own)


class PostgresqlMoment:
    """What a reading transaction says; see `Snapshot`."""

    def __init__(self, line: BaseDatabaseWrapper) -> None:
        self.line = line
        self.dump: Callable[[], object] = bool

    def names(self) -> list[str]:
        with self.line.cursor() as cursor:
            return self.line.introspection.table_names(cursor)

    def tables(self) -> dict[str, TableContent]:
        return {name: self._table(name) for name in kept_tables(self.names())}

    def _table(self, name: str) -> TableContent:
        with self.line.cursor() as cursor:
            key = self.line.introspection.get_primary_key_column(cursor, name)
            order = f'"{key}"::text' if key else "t::text"
            digest = Digest()
            # By bytes, and not as some locale sorts: it may be another where it is restored.
            rows = f'SELECT * FROM "{name}" AS t ORDER BY {order} COLLATE "C"'
            cursor.copy_expert(f"COPY ({rows}) TO STDOUT", digest)
        return TableContent(digest.rows, digest.hexdigest())

    def files(self) -> Iterator[tuple[str, str]]:
        for column in file_columns():
            with self.line.cursor() as cursor:
                cursor.execute(column.query)
                yield from cursor.fetchall()

    def one(self, query: str) -> tuple[Any, ...]:
        with self.line.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchone()


class Digest:
    """A file that keeps only the hash of what is written, and the number of lines."""

    def __init__(self) -> None:
        self.rows = 0
        self._hash = hashlib.sha256()

    def write(self, chunk: bytes | str) -> None:
        data = chunk.encode() if isinstance(chunk, str) else chunk
        self.rows += data.count(b"\n")
        self._hash.update(data)

    def hexdigest(self) -> str:
        return self._hash.hexdigest()


def program(name: str) -> str:
    """The newest of the machine: an older pg_dump refuses a newer server."""
    versions = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    newest = max(versions, key=lambda path: float(path.parts[-3]), default=None)
    found = str(newest) if newest else shutil.which(name)
    if not found:
        raise BackupError(NO_PROGRAM.format(name=name))
    return found
