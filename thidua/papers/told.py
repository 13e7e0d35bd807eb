"""What pages, papers and files tell of a bloc year, said beside their builders.

`manage.py check_year` opens every artefact and looks for each fact of the database in it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from thidua.common.registry import Registry


@dataclass(frozen=True)
class Fact:
    """A figure or word as it is printed, with what people call it."""

    name: str
    text: str


@dataclass(frozen=True)
class ToldRow:
    """One row of an artefact: whom it is about, and what stands behind that name, in this order.

    `skips`: cells of other things may stand between (not in a PDF, which has no cells).
    """

    subject: str
    facts: tuple[Fact, ...]
    skips: bool = False


@dataclass(frozen=True)
class Artefact:
    """A page, paper or file by its address, and the rows it must hold."""

    name: str
    url: str
    rows: tuple[ToldRow, ...]


# Each takes a bloc year and gives the artefacts of its app that exist now.
TELLERS: Registry[Callable[[Any], Iterable[Artefact]]] = Registry()
