"""Reads the faults and refuses data that cannot be right."""

import tomllib
from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

DATA = Path(__file__).parent / "data"
ROOMS = (
    "permissions",
    "models",
    "constraints",
    "common",
    "workflows",
    "actions",
    "forms",
    "views",
    "documents",
    "templates",
    "js",
    "settings",
    "limits",
    "readers",
    "signing_in",
    "log_book",
    "files",
    "hidden",
    "backup",
    "jobs",
    "api",
    "domain",
)
DATABASES = ("sqlite", "postgresql")


class BadDataError(Exception):
    """The faults as they are written cannot be run; the message says which and why."""


@dataclass(frozen=True)
class PlantedFault:
    """One change of one file that somebody could make by mistake."""

    room: str
    id: str
    what: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]
    known: bool = False
    database: str = "sqlite"
    journey: bool = False
    old_file: str = ""
    old_text: str = ""
    old_new: str = ""
    old_tests: tuple[str, ...] = ()

    @property
    def fingerprint(self):
        """Changes with all that decides the outcome, so that a stored one is not believed."""
        parts = (self.file, self.old, self.new, self.database, self.old_file, self.old_text)
        return sha256(repr((*parts, self.old_new)).encode()).hexdigest()[:12]


def read_faults(folder=DATA):
    """All faults, room by room in the order of `ROOMS`."""
    faults = []
    for file in sorted(folder.glob("*.toml"), key=lambda file: place_of(file.stem)):
        for row in tomllib.loads(file.read_text(encoding="utf-8")).pop("fault"):
            faults.append(fault_of(file.stem, row))
    if twice := [name for name, count in Counter(f.id for f in faults).items() if count > 1]:
        raise BadDataError(f"ids that stand twice: {twice}")
    return faults


def place_of(room):
    if room not in ROOMS:
        raise BadDataError(f"unknown room: {room}")
    return ROOMS.index(room)


def fault_of(room, row):
    lists = {name: tuple(row[name]) for name in ("tests", "old_tests") if name in row}
    try:
        fault = PlantedFault(room=room, **{**row, **lists})
    except TypeError as error:
        raise BadDataError(f"{room}: {row.get('id', row)}: {error}") from error
    if not all((fault.id, fault.what, fault.file, fault.old, fault.tests)):
        raise BadDataError(f"{room}: {fault.id}: an empty field")
    if fault.old == fault.new or fault.database not in DATABASES:
        raise BadDataError(f"{room}: {fault.id}: changes nothing, or names an unknown database")
    return fault


def chosen(faults, names):
    """The faults of these rooms and ids, all of them without a name; an unknown name is refused."""
    unknown = set(names) - {f.room for f in faults} - {f.id for f in faults}
    if unknown:
        raise BadDataError(f"no such room or fault: {sorted(unknown)}")
    return [f for f in faults if not names or f.room in names or f.id in names]
