"""A pattern as text with holes: whatever is its own in each copy is a number that nothing else has.

While a pattern is written, every table numbers its rows from a range of its own (`Keys`), and
names are such numbers, too. So a reference is found wherever it stands: in a key, in a JSON, in a
sentence.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.apps import apps
from django.db import models

from awards.decisions.models import Decision
from blocs.units.models import Bloc, Unit
from thidua.accounts.models import User
from thidua.demo.scale.copying import last_key, read_lines, set_next_key, write_lines
from thidua.demo.scale.shape import LAST_YEAR

RANGE, FIRST = 10_000_000, 9_000_000_000
# Names of a unit, its people and its bloc: ranges beside those of the tables.
NAMES_FROM = 90
TEXTS = ("unit", "short", "code", "leader", "editor", "bloc", "bloc_code")
HALLS = ("blocs.", "awards.", "agreements.", "thidua.common", "thidua.accounts")
YEAR_WORDS = (str(LAST_YEAR), str(LAST_YEAR + 1))
# A year inside a fingerprint is none.
HOLE = re.compile(rf"(?<!\d)(9\d{{9}})(?!\d)|(?<![0-9a-f])({'|'.join(YEAR_WORDS)})(?![0-9a-f])")
# Written once for all copies, or for a whole province.
APART = (Unit, User, Bloc, Decision)


def tables() -> list[type[models.Model]]:
    """Every table of the house that numbers its rows."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith(HALLS)
        and model._meta.managed
        and not model._meta.proxy
        and isinstance(model._meta.pk, models.AutoField)
    ]


def first_of(place: int) -> int:
    return FIRST + place * RANGE


def word(kind: str, number: int) -> str:
    """The name that stands for the name of this kind of the unit (or bloc) of this number."""
    return str(first_of(NAMES_FROM + TEXTS.index(kind)) + number)


@dataclass(frozen=True)
class Keys:
    """Where each table numbers from while patterns are written."""

    tables: list[type[models.Model]] = field(default_factory=tables)

    def lend(self) -> None:
        for place, model in enumerate(self.tables):
            set_next_key(model, first_of(place) + 1)

    def give_back(self) -> None:
        for model in self.tables:
            set_next_key(model, last_key(model) + 1)

    def used(self) -> dict[type[models.Model], int]:
        """The last key of each range so far."""
        found = {}
        for place, model in enumerate(self.tables):
            key = model._base_manager.filter(pk__lt=first_of(place + 1)).aggregate(
                last=models.Max("pk")
            )["last"]
            found[model] = max(key or 0, first_of(place))
        return found


@dataclass(frozen=True)
class Block:
    """The rows of one table of a pattern: text, hole, text, hole, … text."""

    model: type[models.Model]
    first: int
    count: int
    pieces: list[str]


class Stamp:
    """One pattern, read back from its tables, to be written again and again."""

    def __init__(self, before: Mapping, after: Mapping):
        self.blocks = [
            block_of(model, before[model], last)
            for model, last in after.items()
            if last > before[model] and model not in APART
        ]

    def lines(self, given: Mapping[str, str], keys: dict) -> Iterable[tuple[type, str]]:
        """The rows of a copy: `given` are its names, `keys` the last key of each table so far."""
        values = dict(given)
        for block in self.blocks:
            start = keys[block.model] + 1
            keys[block.model] += block.count
            numbers = range(block.first, block.first + block.count)
            values.update((str(own), str(start + n)) for n, own in enumerate(numbers))
        for block in self.blocks:
            pieces = block.pieces[:]
            pieces[1::2] = [values.get(hole, hole) for hole in pieces[1::2]]
            yield block.model, "".join(pieces)


def block_of(model: type[models.Model], before: int, last: int) -> Block:
    pk = model._meta.pk.column
    condition = f'"{pk}" > {before} AND "{pk}" <= {last}'
    return Block(model, before + 1, last - before, pieces_of(read_lines(model, condition)))


def pieces_of(text: str) -> list[str]:
    """Text and holes in turn."""
    pieces, end = [], 0
    for found in HOLE.finditer(text):
        pieces += [text[end : found.start()], found[0]]
        end = found.end()
    return [*pieces, text[end:]]


def write_copies(copies: Iterable[tuple[type, str]]) -> None:
    """Write copies of many patterns, a statement for each table."""
    found: dict[type[models.Model], list[str]] = {}
    for model, text in copies:
        found.setdefault(model, []).append(text)
    for model, lines in found.items():
        write_lines(model, lines)
