"""What a way of scoring answers; each kind is one class in a file of its own.

A new kind is such a file and its line in the registry (`kinds.py`): pages, forms, spreadsheets,
sums and proofs ask the kind and know none by name.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from blocs.scoring.terms.numbers import ZERO
from blocs.scoring.terms.parameters import Parameter, RowsParameter, Section
from blocs.scoring.terms.values import Context, Entry, Input, Leaf, Outcome, Part

Rule = Mapping[str, Any]


class Kind(ABC):
    """One way of scoring a leaf, with all its answers.

    `label` names it and `hint` helps to choose it. `needs_answer`: a sheet is not whole without
    it. `is_assigned`: units without an assignment leave it out. `goes_beyond`: its points may
    exceed the maximum, and what does is bonus. `ceiling` is the parameter that serves as maximum
    where the leaf lies outside the sum of its table.
    """

    code: str
    label: str
    hint: str
    parameters: tuple[Parameter, ...] = ()
    part = Part.WORK
    needs_answer = True
    is_assigned = False
    goes_beyond = False
    ceiling = ""

    @property
    def layout(self) -> tuple[tuple[str, ...] | Section, ...]:
        """How the fields stand in the form: keys side by side, or a section for one choice."""
        return tuple((one.key,) for one in self.parameters)

    def fields_of(self, rule: Rule) -> dict[str, Any]:
        """The stored rule as values of the form's fields, by key."""
        return {one.key: one.shown(rule) for one in self.parameters}

    def rule_of(self, values: Mapping[str, Any], stored: Rule) -> dict[str, Any]:
        """The parameters that typed values state; RuleError for values that make no rule.

        `stored` is the rule before: what need not be said is kept where it was said.
        """
        sections = [one for one in self.layout if isinstance(one, Section)]
        out = {key for one in sections if values.get(one.by) not in one.values for key in one.keys}
        found = {
            one.key: one.stated(values.get(one.key), stored)
            for one in self.parameters
            if one.key not in out
        }
        return {key: value for key, value in found.items() if value is not None}

    def faults_of(self, values: Mapping[str, Any]) -> dict[str, str]:
        """What several typed values lack together, by key."""
        return {}

    def is_ordinary(self, rule: Rule) -> bool:
        """Whether the fields can show this rule whole; a rule from a file may have any shape."""
        try:
            shown = self.fields_of(rule)
        except (AttributeError, IndexError, KeyError, TypeError, ValueError):
            return False
        rows = (shown[one.key] for one in self.parameters if isinstance(one, RowsParameter))
        return all(
            isinstance(found, list) and all(isinstance(row, Mapping) for row in found)
            for found in rows
        )

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

    def lowest(self, rule: Rule) -> Decimal:
        """The least that people may give; below 0 only where the rule says so."""
        return ZERO

    def scale(self, leaf: Leaf) -> Mapping[str, Decimal]:
        """All points the rule can give, by what gives them; empty where it gives any number."""
        return {}

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
