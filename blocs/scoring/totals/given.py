"""The total of points that people gave, whatever the rule of each leaf would have computed.

The sums, caps and scales of the table hold for appraised points as they do for the unit's own;
so the same arithmetic runs over the same lines, only their points come from people.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from blocs.scoring.terms.numbers import ZERO, half_up
from blocs.scoring.terms.values import MISSING, Outcome, Part, Points
from blocs.scoring.totals.sheet import not_applicable
from blocs.scoring.totals.summing import Plan, PlanLine, plan_of, share_beyond, summed
from blocs.scoring.totals.totals import COUNTED_ZERO, Adjustment, SheetTotal, TableRules
from blocs.scoring.totals.tree import Node


@dataclass(frozen=True, slots=True)
class GivenTable:
    """A table prepared once for adding up the given points of many sheets."""

    plan: Plan
    rules: TableRules

    def total(
        self,
        points: Mapping[str, Decimal],
        left_out: Collection[str] = (),
        bonus: Mapping[str, Decimal] | None = None,
        adjustments: Sequence[Adjustment] = (),
    ) -> SheetTotal:
        """See `given_total`."""
        shares = bonus or {}
        outcomes = {
            path: self._outcome(line, points.get(path), shares.get(path), path in left_out)
            for path, line in self.plan.lines.items()
        }
        return summed(self.plan, outcomes, self.rules, adjustments)

    def _outcome(
        self, line: PlanLine, points: Decimal | None, share: Decimal | None, is_left_out: bool
    ) -> Outcome:
        if points is None and is_left_out:
            return not_applicable(line.leaf, self.rules)
        if points is None:
            is_zero = self.rules.empty_is_zero and line.needs_answer
            return Points(ZERO, COUNTED_ZERO) if is_zero else MISSING
        if self.rules.decimals is not None:
            points = half_up(points, self.rules.decimals)
        if line.part is not Part.WORK:
            return Points(abs(points) if line.part is Part.BONUS else -abs(points))
        if share is None:
            share = share_beyond(line, points)
        return Points(points, "", share)


def given_table(nodes: Sequence[Node], rules: TableRules) -> GivenTable:
    """The table prepared; its step is no rule for points that people gave."""
    return GivenTable(plan_of(nodes), rules)


def given_total(
    nodes: Sequence[Node],
    points: Mapping[str, Decimal],
    rules: TableRules,
    left_out: Collection[str] = (),
    bonus: Mapping[str, Decimal] | None = None,
    adjustments: Sequence[Adjustment] = (),
) -> SheetTotal:
    """Add up points by the path of their leaf under the rules of the table.

    Deductions are ≤ 0, as they are stored. `bonus` is the known share of a leaf of clauses that
    goes beyond its standard; unknown, it is what exceeds the maximum. Given points stand as they
    are: no step, no leaf waits for another. Points beat `left_out`, the paths that do not concern
    the unit. `adjustments` are points outside the table, such as for late papers. Where the rules
    say so a leaf that needs an answer and has no points counts 0; whether it was left empty, or
    waits for whoever judges it, is asked before (`Sheet.not_appraised`).
    """
    return given_table(nodes, rules).total(points, left_out, bonus, adjustments)
