"""What a way of scoring answers; each kind is one class in a file of its own.

A new kind is such a file and its line in the registry (`kinds.py`): pages, forms, spreadsheets,
sums and proofs ask the kind and know none by name.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from blocs.domain.scoring.numbers import ZERO
from blocs.domain.scoring.values import Context, Entry, Input, Leaf, Outcome, Part

Rule = Mapping[str, Any]


class Kind(ABC):
    """One way of scoring a leaf, with all its answers.

    `label` names it and `hint` helps to choose it. `needs_answer`: a sheet is not whole without
    it. `is_assigned`: units without an assignment leave it out. `goes_beyond`: its points may
    exceed the maximum, and what does is bonus.
    """

    code: str
    label: str
    hint: str
    part = Part.WORK
    needs_answer = True
    is_assigned = False
    goes_beyond = False

    @abstractmethod
    def inputs(self, rule: Rule) -> tuple[Input, ...]:
        """What the unit is asked, in the order of the row."""

    @abstractmethod
    def points(self, leaf: Leaf, entry: Entry, context: Context) -> Outcome:
        """What becomes of an answer; RuleError for a rule that cannot be applied."""

    @abstractmethod
    def words(self, rule: Rule, max_points: Decimal, measure: str) -> str:
        """The rule as a sentence that officials can lay beside their regulation."""

    def check_rule(self, rule: Rule, max_points: Decimal | None = None) -> list[str]:
        """Sentences why a leaf with this rule cannot be published."""
        return []

    def grid(self, rule: Rule, step: Decimal | None) -> Decimal | None:
        """The step of points by judgement, `step` being that of the table; computed ones: none."""
        return None

    def needed(self, rule: Rule) -> str:
        """The path of another line that must have its full standard score; "" where none must."""
        return ""

    def compares(self, rule: Rule) -> bool:
        """Whether points depend on the figures of the other units; only then they are given."""
        return False

    def stands_alone(self, rule: Rule) -> bool:
        """Whether the points are all that other leaves and sums must know of an answer."""
        return not (self.goes_beyond or self.needed(rule) or self.compares(rule))

    def completed(self, rule: Rule, formula: str) -> Rule:
        """The rule of a file with the formula its reader chose, where it states none."""
        return rule

    def may_be_left_out(self, rule: Rule) -> bool:
        """Whether a unit may say that the leaf was not assigned to it; the table may decide."""
        if self.part is not Part.WORK:
            return False
        return bool(rule.get("may_be_not_applicable", self.is_assigned))

    def share_beyond(self, points: Decimal, maximum: Decimal) -> Decimal:
        """How much of points that people gave counts as bonus."""
        return max(ZERO, points - maximum) if self.goes_beyond else ZERO
