"""The total of one unit's sheet: the sum of its leaves under the rules of the table."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from blocs.scoring.kinds.kinds import KINDS, compares, leaf_points, needed_by
from blocs.scoring.terms.numbers import ZERO, half_up, to_step
from blocs.scoring.terms.values import (
    MISSING,
    Context,
    Entry,
    Leaf,
    NotApplicable,
    Outcome,
    Part,
    Points,
    Question,
)
from blocs.scoring.totals.summing import Plan, plan_of, summed
from blocs.scoring.totals.totals import FULL, Adjustment, SheetTotal, TableRules
from blocs.scoring.totals.tree import Node

EMPTY = Entry()
FOR_EVERYBODY = Question(
    "Tiêu chí này áp dụng cho mọi đơn vị, không được chọn “Không giao chỉ tiêu”."
)


def sheet_total(
    nodes: Sequence[Node],
    entries: Mapping[str, Entry],
    rules: TableRules,
    peers: Mapping[str, Sequence[Entry]] | None = None,
    *,
    is_closed: bool = False,
    adjustments: Sequence[Adjustment] = (),
) -> SheetTotal:
    """Score every leaf and add up; nothing is rounded or cut unless `rules` say so.

    `entries` and `peers` are keyed by the path of the leaf (“I/1/1.2”); `peers` holds the same
    leaf's entries of all members of the bloc, for the relative kinds.
    """
    plan = plan_of(nodes)
    return planned_total(plan, entries, rules, peers, is_closed=is_closed, adjustments=adjustments)


def planned_total(
    plan: Plan,
    entries: Mapping[str, Entry],
    rules: TableRules,
    peers: Mapping[str, Sequence[Entry]] | None = None,
    *,
    is_closed: bool = False,
    adjustments: Sequence[Adjustment] = (),
) -> SheetTotal:
    """See `sheet_total`; for who has the plan of the table at hand."""
    by_path = {path: line.leaf for path, line in plan.lines.items()}
    outcomes = outcomes_of(by_path, entries, rules, peers, is_closed=is_closed)
    return summed(plan, outcomes, rules, adjustments)


def outcomes_of(
    by_path: Mapping[str, Leaf],
    entries: Mapping[str, Entry],
    rules: TableRules,
    peers: Mapping[str, Sequence[Entry]] | None = None,
    *,
    is_closed: bool = False,
) -> dict[str, Outcome]:
    """The outcome of each leaf, those that depend on other leaves last."""
    found: dict[str, Outcome] = {}
    needed = {path: needed_by(leaf.kind, leaf.rule) for path, leaf in by_path.items()}
    for path, leaf in sorted(by_path.items(), key=lambda item: bool(needed[item[0]])):
        others = (peers or {}).get(path) if compares(leaf.kind, leaf.rule) else None
        full = _full_paths(needed[path], by_path, found, rules) if needed[path] else None
        context = Context(None if others is None else tuple(others), is_closed, rules.step, full)
        found[path] = _outcome(leaf, entries.get(path, EMPTY), context, rules)
    return {path: found[path] for path in by_path}


def _outcome(leaf: Leaf, entry: Entry, context: Context, rules: TableRules) -> Outcome:
    if entry.not_applicable:
        return not_applicable(leaf, rules)
    outcome = leaf_points(leaf, entry, context)
    if not isinstance(outcome, Points):
        return outcome
    points = _rounded(outcome.points, rules)
    return outcome if points == outcome.points else replace(outcome, points=points)


def not_applicable(leaf: Leaf, rules: TableRules) -> Outcome:
    """What becomes of a leaf that was not assigned to the unit, by the mode of the table."""
    if leaf.rule.get("may_be_not_applicable") is False:
        return FOR_EVERYBODY
    if rules.not_applicable == FULL and _part(leaf) is Part.WORK:
        return Points(leaf.max_points or ZERO, "Không giao chỉ tiêu: tính đủ điểm")
    return NotApplicable(leaf.max_points or ZERO)


def _rounded(value: Decimal, rules: TableRules) -> Decimal:
    if rules.round_to_step and rules.step:
        value = to_step(value, rules.step)
    return value if rules.decimals is None else half_up(value, rules.decimals)


def _part(leaf: Leaf) -> Part:
    kind = KINDS.get(leaf.kind)
    return kind.part if kind else Part.WORK


def _work_share(leaf: Leaf, outcome: Outcome) -> Decimal:
    if isinstance(outcome, Points) and _part(leaf) is Part.WORK:
        return outcome.points - outcome.bonus
    return ZERO


def _full_paths(
    needed: str, by_path: Mapping[str, Leaf], found: Mapping[str, Outcome], rules: TableRules
) -> frozenset[str] | None:
    """The needed path if all its work leaves have their maximum; None while one is undecided.

    A leaf left empty is decided where the rules count it 0.
    """
    below = [
        leaf
        for path, leaf in by_path.items()
        if _part(leaf) is Part.WORK and (path == needed or path.startswith(f"{needed}/"))
    ]
    outcomes = [found.get(leaf.code, MISSING) for leaf in below]
    decided = [outcome for outcome in outcomes if isinstance(outcome, Points | NotApplicable)]
    if len(decided) < sum(not (rules.empty_is_zero and one == MISSING) for one in outcomes):
        return None
    full = bool(below) and all(
        isinstance(outcome, NotApplicable)
        or _work_share(leaf, outcome) >= (leaf.max_points or ZERO)
        for leaf, outcome in zip(below, outcomes, strict=True)
    )
    return frozenset({needed}) if full else frozenset()
