"""How a table of rights is written and asked, the same in every app."""

from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction

from tests.house.people import COLUMNS, NOBODIES, UNIT_KINDS, build_cast, holds

# x: as the document says. +: more than it says; the comment above the line tells why.
HELD = "x+"


@dataclass(frozen=True)
class Line:
    """A right over an object, and for each column whether it is held."""

    row: str
    right: str
    subject: str
    cells: str

    def __str__(self):
        return f"{self.row}: {self.right} over {self.subject or 'nothing'}"

    def says(self, kind) -> bool:
        return self.cells.split()[COLUMNS.index(kind)] in HELD

    def says_of_stranger(self, kind) -> bool:
        """Without an object nobody is a stranger; what the public may, everybody may."""
        if self.says("public"):
            return True
        return not self.subject and self.says(kind)


def lines(*rows) -> tuple[Line, ...]:
    """The table from rows (row of the document, right, subject, cells)."""
    return tuple(Line(*row) for row in rows)


def cells(table):
    """Every cell of the table, ready for parametrize."""
    return [(line, kind) for line in table for kind in COLUMNS]


@contextmanager
def lent_cast(blocker):
    """The cast for all tests of a module; nothing of it stays in the database."""
    with blocker.unblock(), transaction.atomic():
        yield build_cast()
        transaction.set_rollback(True)


def subject_of(find, line, side):
    return find(side, line.subject) if line.subject else None


def answer(cast, line, kind, find):
    """(own object, object of the other bloc, stranger with the same role over the own object)."""
    own, other = (subject_of(find, line, side) for side in (cast.own, cast.other))
    person = cast.person(kind)
    stranger = cast.person(f"other_{kind}") if kind in UNIT_KINDS else None
    return (
        holds(person, line.right, own),
        stranger and holds(stranger, line.right, other),
        stranger and holds(stranger, line.right, own),
    )


def expected(line, kind):
    """What `answer` must be: a stranger holds in the own bloc what the person holds here."""
    if kind not in UNIT_KINDS:
        return (line.says(kind), None, None)
    return (line.says(kind), line.says(kind), line.says_of_stranger(kind))


def held_by_nobodies(cast, line, find):
    """Which accounts without a seat hold the right."""
    own = subject_of(find, line, cast.own)
    return [kind for kind in NOBODIES if holds(cast.person(kind), line.right, own)]


def expected_of_nobodies(line):
    """What everybody may read, whoever signs in may read; a stopped account cannot sign in."""
    if not line.says("public"):
        return []
    return [kind for kind in NOBODIES if kind != "stopped"]
