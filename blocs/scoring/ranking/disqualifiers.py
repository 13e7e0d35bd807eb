"""Grounds on which a unit is out, held, limited in its award, or loses points."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from blocs.scoring.terms.numbers import ZERO

# No regulation knows more classes.
MOST_CLASSES = 9


class Effect(StrEnum):
    """What a ground does to the unit; the words are those of criteria-table/1."""

    NOT_CONSIDERED = "not_considered"
    SUSPENDED = "suspended"
    NO_FLAG = "no_flag"
    MINUS_POINTS = "minus_points"
    LOWER_CLASS = "lower_class"


@dataclass(frozen=True)
class Disqualifier:
    """One ground of the table; `points` (> 0) only for minus points.

    `award_cap` names the highest award still open under no_flag; empty means the flag alone is
    closed. `classes` (≥ 1) is by how many classes the unit falls under lower_class.
    """

    code: str
    name: str
    effect: Effect
    points: Decimal | None = None
    award_cap: str = ""
    legal_basis: str = ""
    classes: int = 0


@dataclass(frozen=True)
class Eligibility:
    """Where a unit stands after all its grounds.

    A unit that is held (chưa khen) stays in the list and goes on with the conclusion of the
    inquiry (NĐ 152/2025, Đ.4 k.4); one that is out is neither ranked nor classified.
    """

    is_out: bool = False
    is_held: bool = False
    is_without_flag: bool = False
    award_caps: tuple[str, ...] = ()
    minus_points: Decimal = ZERO
    classes_lower: int = 0
    reasons: tuple[str, ...] = ()


def eligibility(grounds: Sequence[Disqualifier]) -> Eligibility:
    """The joint effect of all grounds that were found for one unit."""
    effects = {ground.effect for ground in grounds}
    capped = [ground for ground in grounds if ground.effect is Effect.NO_FLAG]
    minus = [ground.points or ZERO for ground in grounds if ground.effect is Effect.MINUS_POINTS]
    return Eligibility(
        is_out=Effect.NOT_CONSIDERED in effects,
        is_held=Effect.SUSPENDED in effects,
        is_without_flag=bool(capped),
        award_caps=tuple(dict.fromkeys(ground.award_cap for ground in capped if ground.award_cap)),
        minus_points=sum(minus, ZERO),
        classes_lower=sum(
            max(ground.classes, 1) for ground in grounds if ground.effect is Effect.LOWER_CLASS
        ),
        reasons=tuple(ground.name for ground in grounds),
    )
