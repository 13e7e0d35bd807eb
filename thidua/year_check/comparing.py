"""Whether an artefact tells the facts of the database, and what it tells instead."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from thidua.common.vietnamese.numbers import format_decimal
from thidua.papers.told import Artefact, Fact, ToldRow
from thidua.year_check.reading import Cell, Content

FIGURE = re.compile(r"[-−+]?[\d.]+(?:,\d+)?")
SHOWN = 300  # letters in which the words that stand instead of a fact are looked for


@dataclass(frozen=True)
class Difference:
    """One fact that an artefact tells otherwise: `expected` is what the database says."""

    artefact: str
    subject: str
    fact: str
    expected: str
    found: str

    @property
    def sentence(self) -> str:
        """For the person at the keyboard."""
        found = f"“{self.found}”" if self.found else "không có"
        return (
            f"{self.artefact}; {self.subject}; {self.fact}: "
            f"cơ sở dữ liệu “{self.expected}”, ở đây {found}."
        )


def differences(artefact: Artefact, content: Content) -> Iterator[Difference]:
    """Every fact that stands otherwise, or nowhere, in the artefact."""
    for row in artefact.rows:
        found = in_text(row, content.text) if content.text else in_rows(row, content.rows)
        for fact, shown in found:
            yield Difference(artefact.name, row.subject, fact.name, fact.text, shown)


def in_text(row: ToldRow, text: str) -> Iterator[tuple[Fact, str]]:
    """The first fact that does not follow the name anywhere, with what stands there.

    A name stands in several tables: the place that tells most and looks most alike is meant.
    """
    told = []
    for found in re.finditer(bounded(row.subject), text):
        count, rest = following(row.facts, text[found.end() :])
        if count == len(row.facts):
            return
        expected = row.facts[count].text
        shown = " ".join(rest[:SHOWN].split()[: len(expected.split())])
        told.append((count, SequenceMatcher(None, expected, shown).ratio(), shown))
    count, _, shown = max(told, default=(0, 0, ""))
    yield row.facts[count], shown


def following(facts: tuple[Fact, ...], text: str) -> tuple[int, str]:
    """How many of the facts follow one after the other, and what stands then."""
    for count, fact in enumerate(facts):
        found = re.match(rf"\s*{bounded(fact.text)}", text)
        if not found:
            return count, text
        text = text[found.end() :]
    return len(facts), text


def bounded(text: str) -> str:
    """The text where it is no part of a longer number or word."""
    words = r"\s*".join(re.escape(word) for word in text.split())
    return rf"(?<!\w)(?<!\d[.,]){words}(?!\w)(?![.,]\d)"


def in_rows(row: ToldRow, rows: tuple[tuple[Cell, ...], ...]) -> Iterator[tuple[Fact, str]]:
    """The facts that do not stand behind the name in the one row that tells most of them."""
    candidates = [cells[place + 1 :] for cells in rows for place in places_of(row.subject, cells)]
    told = [missing(row, cells) for cells in candidates]
    if not told:
        yield from ((fact, "") for fact in row.facts)
    elif all(told):
        yield from min(told, key=len)


def places_of(subject: str, cells: tuple[Cell, ...]) -> Iterator[int]:
    return (place for place, cell in enumerate(cells) if agrees(subject, cell))


def missing(row: ToldRow, cells: tuple[Cell, ...]) -> list[tuple[Fact, str]]:
    """The facts not told by these cells, each with what stands in its place."""
    left, found = list(cells), []
    for fact in row.facts:
        places = [place for place, cell in enumerate(left) if agrees(fact.text, cell)]
        place = places[0] if places and (row.skips or places[0] == 0) else None
        if place is None:
            found.append((fact, "; ".join(str(cell) for cell in left[: 9 if row.skips else 1])))
        left = left[(place or 0) + 1 :] if place is not None or not row.skips else left
    return found


def agrees(text: str, cell: Cell) -> bool:
    """Whether a cell tells this; a number where it is printed alike with as many decimals."""
    if isinstance(cell, str):
        return re.search(bounded(text), cell) is not None if text else not cell
    if not FIGURE.fullmatch(text):
        return False
    decimals = len(text.partition(",")[2])
    return format_decimal(cell, decimals) == text
