"""Signs that a scoring was a formality: everybody at the top, texts and files alike.

The signs accuse nobody: they tell the provincial office where to look (peers' complaint
«đẹp trên giấy»).
"""

import re
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations

from blocs.scoring.terms.numbers import HUNDRED, half_up, show

WORDS = re.compile(r"\w+")
SHINGLE = 5
# Shorter texts («Đạt», «Có báo cáo kèm theo») are alike without anybody copying.
SHORTEST = 20
ALIKE = Decimal("0.8")
FEWEST_UNITS = 3


@dataclass(frozen=True)
class UnitFacts:
    """What is compared of one unit: its percent of the maximum, its texts by place, its files.

    `changed` is how many leaves the appraisers gave other points than the unit itself.
    """

    unit: Hashable
    percent: Decimal
    texts: Mapping[str, str] = field(default_factory=dict)
    files: Collection[str] = ()
    changed: int = 0


@dataclass(frozen=True)
class Alarm:
    """One sign: what kind, the sentence, the units it concerns."""

    kind: str
    sentence: str
    units: tuple[Hashable, ...]


def alarms(units: Sequence[UnitFacts], width: Decimal) -> tuple[Alarm, ...]:
    """All signs found in one bloc year; `width` in percent of the maximum, from the regulation.

    A bloc of fewer than three scored units gives no sign about its spread.
    """
    return (*_narrow(units, width), *_untouched(units), *_copied(units), *_same_files(units))


def _narrow(units: Sequence[UnitFacts], width: Decimal) -> list[Alarm]:
    if len(units) < FEWEST_UNITS:
        return []
    percents = [unit.percent for unit in units]
    spread = max(percents) - min(percents)
    if spread > width:
        return []
    sentence = (
        f"Điểm của {len(units):02d} đơn vị chỉ chênh nhau {show(spread)}% điểm tối đa "
        f"(từ {show(min(percents))}% đến {show(max(percents))}%)."
    )
    return [Alarm("spread", sentence, tuple(unit.unit for unit in units))]


def _untouched(units: Sequence[UnitFacts]) -> list[Alarm]:
    if len(units) < FEWEST_UNITS or any(unit.changed for unit in units):
        return []
    sentence = "Điểm thẩm định trùng hoàn toàn điểm tự chấm ở tất cả các đơn vị."
    return [Alarm("untouched", sentence, tuple(unit.unit for unit in units))]


def _copied(units: Sequence[UnitFacts]) -> list[Alarm]:
    found = []
    prepared = [
        (unit.unit, {place: _shingles(text) for place, text in unit.texts.items()})
        for unit in units
    ]
    for (one, mine), (other, theirs) in combinations(prepared, 2):
        places = [
            place
            for place, words in mine.items()
            if place in theirs and likeness(words, theirs[place]) >= ALIKE
        ]
        if places:
            sentence = f"Nội dung gần như giống nhau ở: {', '.join(places)}."
            found.append(Alarm("copied", sentence, (one, other)))
    return found


def _same_files(units: Sequence[UnitFacts]) -> list[Alarm]:
    owners: dict[str, list[Hashable]] = {}
    for unit in units:
        for file in sorted(set(unit.files)):
            owners.setdefault(file, []).append(unit.unit)
    groups: dict[tuple[Hashable, ...], int] = {}
    for several in owners.values():
        if len(several) > 1:
            groups[tuple(several)] = groups.get(tuple(several), 0) + 1
    return [
        Alarm("files", f"Dùng chung {count:02d} tệp minh chứng giống hệt nhau.", group)
        for group, count in groups.items()
    ]


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = WORDS.findall(text.casefold())
    if len(words) < SHORTEST:
        return frozenset()
    return frozenset(tuple(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1))


def likeness(one: Collection[object], other: Collection[object]) -> Decimal:
    """How much two sets of word groups have in common, 0 to 1 (Jaccard); 0 where one is empty."""
    if not one or not other:
        return Decimal(0)
    shared = len(set(one) & set(other))
    return Decimal(shared) / Decimal(len(set(one) | set(other)))


def percent_of(total: Decimal, maximum: Decimal) -> Decimal:
    """A total as a percent of the unit's own maximum, two decimals; 0 without a maximum."""
    if not maximum:
        return Decimal(0)
    return half_up(total * HUNDRED / maximum, 2)
