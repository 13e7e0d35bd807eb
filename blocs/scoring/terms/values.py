"""What goes into a scoring rule and what comes out of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from blocs.scoring.terms.numbers import ZERO


class InputType(StrEnum):
    """What a person is asked for at a leaf; forms choose the widget by it."""

    POINTS = "points"
    TARGET = "target"
    ACTUAL = "actual"
    COUNT = "count"
    PASSED = "passed"
    LEVEL = "level"
    FACT = "fact"


class Part(StrEnum):
    """Where the points of a leaf are counted; the tie rules compare these parts."""

    WORK = "work"
    BONUS = "bonus"
    DEDUCTION = "deduction"


@dataclass(frozen=True)
class Input:
    """One question to the unit: `field` (and `key` for facts) say where the answer is kept.

    `fact_type` is one of number, count, yes_no, date; `choices` are the labels of levels.
    """

    type: InputType
    field: str
    label: str
    key: str = ""
    fact_type: str = ""
    unit: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Leaf:
    """One line of the table that is scored; numbers inside `rule` are decimal strings."""

    code: str
    kind: str
    max_points: Decimal | None
    rule: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """What was entered at one leaf; None and "" are empty, 0 is an answer."""

    value: Decimal | None = None
    target: Decimal | None = None
    choice: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    not_applicable: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was answered (a target alone is no answer)."""
        return self.value is None and not self.choice and not self.facts


@dataclass(frozen=True)
class Context:
    """What a leaf must know beyond its own entry.

    peers: this leaf's entries of all members of the bloc, the unit's own included;
    is_closed: the time for entering is over, so units without figures no longer hold others up;
    step: the grid for typed points; full_paths: items scored in full (None: not known yet).
    """

    peers: tuple[Entry, ...] | None = None
    is_closed: bool = False
    step: Decimal | None = None
    full_paths: frozenset[str] | None = None


@dataclass(frozen=True)
class Points:
    """Points and how they came about; `bonus` is the share that goes beyond the standard."""

    points: Decimal
    note: str = ""
    bonus: Decimal = ZERO


@dataclass(frozen=True)
class Question:
    """The rule does not define a result for this value: a person must decide."""

    sentence: str


@dataclass(frozen=True)
class Missing:
    """Nothing was entered yet."""

    sentence: str = "Chưa nhập."


@dataclass(frozen=True)
class Waiting:
    """The points depend on figures that others have not given yet."""

    sentence: str


@dataclass(frozen=True)
class NotApplicable:
    """The leaf does not concern this unit; `max_points` leaves the unit's denominator."""

    max_points: Decimal


Outcome = Points | Question | Missing | Waiting | NotApplicable
MISSING = Missing()
HERE_ALONE = Context()
