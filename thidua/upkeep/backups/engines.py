"""The database as it was at one moment: to a file and back, counted and hashed."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from django.db import connections

from thidua.upkeep.backups.manifest import TableContent
from thidua.upkeep.backups.postgresql import Postgresql
from thidua.upkeep.backups.sqlite import Sqlite


class Snapshot(Protocol):
    """One moment of the database, which no later writer changes."""

    def tables(self) -> dict[str, TableContent]:
        """Rows and hash of each table."""

    def files(self) -> Iterator[tuple[str, str]]:
        """Name and hash of each file that a row names."""

    def dump(self) -> object:
        """Have the whole moment in its file; asked last, for it may take long."""


class Engine(Protocol):
    """What a kind of database can do for a backup."""

    name: str
    dump_name: str

    def snapshot(self, target: Path) -> AbstractContextManager[Snapshot]:
        """The database of now, for the file `target`."""

    def live(self) -> AbstractContextManager[Snapshot]:
        """The database as it is while it is asked."""

    def check(self, dump: Path, tables: dict[str, TableContent]) -> str:
        """What is wrong with a dump; nothing when it can be read to its end."""

    def is_empty(self) -> bool:
        """Whether there is no table at all."""

    def load(self, dump: Path) -> None:
        """Bring a dump into the empty database, as a whole or not at all."""


def engine_of(alias: str = "default") -> Engine:
    """The engine of a configured database."""
    return engine_named(connections[alias].vendor, alias)


def engine_named(name: str, alias: str = "default") -> Engine:
    """The engine of a backup made on `name`."""
    return Sqlite(alias) if name == Sqlite.name else Postgresql(alias)
