"""The largest share of a class: who stands beyond it falls to the next one.

Software never chooses between equals: units of one place over the last seat of a class have none
until people decide.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from blocs.scoring.ranking.classification import ClassBand
from blocs.scoring.terms.numbers import show
from blocs.scoring.terms.rounding import ROUNDING_WORDS, rounded

BEYOND = "Đủ điều kiện {label} nhưng vượt tỷ lệ tối đa {share} (tức {most:02d} đơn vị)."
EQUAL = (
    "Các đơn vị cùng hạng {place} chỉ còn {left:02d} suất của mức {label} (tối đa {share}, tức "
    "{most:02d} đơn vị): hội nghị quyết định."
)


@dataclass(frozen=True)
class ClassGiven:
    """What a unit has in the end: a class or a question, and why it is not the one it reached."""

    label: str
    note: str = ""
    question: str = ""


def share_words(band: ClassBand) -> str:
    """«20% số đơn vị, làm tròn xuống»; empty where the class has no limit."""
    if band.share is None:
        return ""
    return f"{show(band.share)}% số đơn vị, {ROUNDING_WORDS[band.rounding]}"


def within_shares(
    reached: Mapping[int, str], places: Mapping[int, int], bands: Sequence[ClassBand]
) -> dict[int, ClassGiven]:
    """The classes of all units once the shares are kept, best class first.

    `reached` is the class by the conditions, "" where none is known; `places` the places of the
    ranked units, equal for equals. The share is taken of all units with a place.
    """
    found = {unit: ClassGiven(label) for unit, label in reached.items()}
    for band, below in pairwise(bands):
        if band.share is None:
            continue
        most = rounded(Fraction(band.share) / 100 * len(places), band.rounding)
        units = sorted(
            (unit for unit in places if found[unit].label == band.label), key=places.__getitem__
        )
        found |= _kept(units, places, band, below, most)
    return found


def _kept(
    units: Sequence[int],
    places: Mapping[int, int],
    band: ClassBand,
    below: ClassBand,
    most: int,
) -> dict[int, ClassGiven]:
    """Whoever of these units does not simply keep the class, best first."""
    if len(units) <= most:
        return {}
    words = {"label": band.label, "share": share_words(band), "most": most}
    edge = places[units[most]]
    equal = [unit for unit in units if places[unit] == edge]
    left = most - sum(places[unit] < edge for unit in units)
    beyond = [unit for unit in units if places[unit] > edge]
    if left:
        question = EQUAL.format(place=edge, left=left, **words)
        found = {unit: ClassGiven("", "", question) for unit in equal}
    else:
        found, beyond = {}, [*equal, *beyond]
    return found | {unit: ClassGiven(below.label, BEYOND.format(**words)) for unit in beyond}
