"""The total of one unit's sheet: the sum of its leaves under the rules of the table."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from blocs.domain.scoring.kinds import KINDS, leaf_points
from blocs.domain.scoring.numbers import HUNDRED, ZERO, half_up, show, to_step
from blocs.domain.scoring.totals import EXCLUDE, FULL, RESCALE, Adjustment, SheetTotal, TableRules
from blocs.domain.scoring.tree import Node, leaves, walk
from blocs.domain.scoring.values import (
    MISSING,
    Context,
    Entry,
    Leaf,
    Missing,
    NotApplicable,
    Outcome,
    Part,
    Points,
    Question,
    Waiting,
)

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
    by_path = leaves(nodes)
    outcomes = outcomes_of(by_path, entries, rules, peers, is_closed=is_closed)
    work, notes = _work(by_path, outcomes, rules)
    bonus = sum((_bonus_share(by_path[path], outcome) for path, outcome in outcomes.items()), ZERO)
    taken = sum(
        (_deduction_share(by_path[path], outcome) for path, outcome in outcomes.items()), ZERO
    )
    bonus += sum((item.points for item in adjustments if item.points > 0), ZERO)
    taken += sum((item.points for item in adjustments if item.points < 0), ZERO)
    bonus, taken, total = _limited(work, bonus, taken, rules, notes)
    return _result(
        nodes, by_path, outcomes, rules, parts=(total, work, bonus, taken), notes=tuple(notes)
    )


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
    dependent = {path for path, leaf in by_path.items() if leaf.rule.get("needs_full")}
    for path, leaf in sorted(by_path.items(), key=lambda item: item[0] in dependent):
        others = None if peers is None else peers.get(path)
        full = _full_paths(leaf.rule["needs_full"], by_path, found) if path in dependent else None
        context = Context(None if others is None else tuple(others), is_closed, rules.step, full)
        found[path] = _outcome(leaf, entries.get(path, EMPTY), context, rules)
    return {path: found[path] for path in by_path}


def _outcome(leaf: Leaf, entry: Entry, context: Context, rules: TableRules) -> Outcome:
    if entry.not_applicable:
        return _not_applicable(leaf, rules)
    outcome = leaf_points(leaf, entry, context)
    if not isinstance(outcome, Points):
        return outcome
    points = _rounded(outcome.points, rules)
    return outcome if points == outcome.points else replace(outcome, points=points)


def _not_applicable(leaf: Leaf, rules: TableRules) -> Outcome:
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


def _bonus_share(leaf: Leaf, outcome: Outcome) -> Decimal:
    if not isinstance(outcome, Points) or _part(leaf) is Part.DEDUCTION:
        return ZERO
    return outcome.points if _part(leaf) is Part.BONUS else outcome.bonus


def _deduction_share(leaf: Leaf, outcome: Outcome) -> Decimal:
    is_taken = isinstance(outcome, Points) and _part(leaf) is Part.DEDUCTION
    return outcome.points if is_taken else ZERO


def _full_paths(
    needed: str, by_path: Mapping[str, Leaf], found: Mapping[str, Outcome]
) -> frozenset[str] | None:
    """The needed path if all its work leaves have their maximum; None while one is undecided."""
    below = [
        leaf
        for path, leaf in by_path.items()
        if _part(leaf) is Part.WORK and (path == needed or path.startswith(f"{needed}/"))
    ]
    outcomes = [found.get(leaf.code, MISSING) for leaf in below]
    if not all(isinstance(outcome, Points | NotApplicable) for outcome in outcomes):
        return None
    full = bool(below) and all(
        isinstance(outcome, NotApplicable)
        or _work_share(leaf, outcome) >= (leaf.max_points or ZERO)
        for leaf, outcome in zip(below, outcomes, strict=True)
    )
    return frozenset({needed}) if full else frozenset()


def _maxima(
    by_path: Mapping[str, Leaf], outcomes: Mapping[str, Outcome]
) -> tuple[Decimal, Decimal]:
    """The maximum of all work leaves, and of those that concern this unit."""
    work = {
        path: leaf.max_points or ZERO for path, leaf in by_path.items() if _part(leaf) is Part.WORK
    }
    assigned = sum(
        (points for path, points in work.items() if not isinstance(outcomes[path], NotApplicable)),
        ZERO,
    )
    return sum(work.values(), ZERO), assigned


def _work(
    by_path: Mapping[str, Leaf], outcomes: Mapping[str, Outcome], rules: TableRules
) -> tuple[Decimal, list[str]]:
    work = sum((_work_share(by_path[path], outcome) for path, outcome in outcomes.items()), ZERO)
    whole, assigned = _maxima(by_path, outcomes)
    if rules.not_applicable != RESCALE or assigned in (ZERO, whole):
        return work, []
    scaled = work * whole / assigned
    if rules.decimals is not None:
        scaled = half_up(scaled, rules.decimals)
    return scaled, [f"Quy đổi {show(work)}/{show(assigned)} thành {show(scaled)}/{show(whole)}."]


def _limited(
    work: Decimal, bonus: Decimal, taken: Decimal, rules: TableRules, notes: list[str]
) -> tuple[Decimal, Decimal, Decimal]:
    if rules.bonus_cap is not None and bonus > rules.bonus_cap:
        notes.append(f"Điểm thưởng {show(bonus)}, được tính tối đa {show(rules.bonus_cap)}.")
        bonus = rules.bonus_cap
    if rules.deduction_floor is not None and taken < rules.deduction_floor:
        notes.append(f"Điểm trừ {show(-taken)}, chỉ trừ tối đa {show(-rules.deduction_floor)}.")
        taken = rules.deduction_floor
    total = work + bonus + taken
    if not rules.may_exceed_total and rules.total_max is not None and total > rules.total_max:
        notes.append(f"Tổng điểm {show(total)}, được tính tối đa {show(rules.total_max)}.")
        total = rules.total_max
    if rules.total_floor is not None and total < rules.total_floor:
        notes.append(f"Tổng điểm {show(total)}, được tính tối thiểu {show(rules.total_floor)}.")
        total = rules.total_floor
    return bonus, taken, total


def _result(
    nodes: Sequence[Node],
    by_path: Mapping[str, Leaf],
    outcomes: Mapping[str, Outcome],
    rules: TableRules,
    *,
    parts: tuple[Decimal, Decimal, Decimal, Decimal],
    notes: tuple[str, ...],
) -> SheetTotal:
    total, work, bonus, deduction = parts
    whole, assigned = _maxima(by_path, outcomes)
    common = assigned if rules.not_applicable == EXCLUDE else whole
    percent = total * HUNDRED / common if common else None
    if percent is not None and rules.percent_decimals is not None:
        percent = half_up(percent, rules.percent_decimals)
    return SheetTotal(
        total=total,
        work=work,
        bonus=bonus,
        deduction=deduction,
        assigned_max=assigned,
        percent=percent,
        groups=group_sums(nodes, outcomes),
        outcomes=outcomes,
        missing=tuple(
            path
            for path, outcome in outcomes.items()
            if isinstance(outcome, Missing) and KINDS[by_path[path].kind].needs_answer
        ),
        waiting=tuple(path for path, outcome in outcomes.items() if isinstance(outcome, Waiting)),
        questions=tuple(
            (path, outcome.sentence)
            for path, outcome in outcomes.items()
            if isinstance(outcome, Question)
        ),
        notes=notes,
        is_compared_by_percent=rules.not_applicable == EXCLUDE,
    )


def group_sums(nodes: Sequence[Node], outcomes: Mapping[str, Outcome]) -> dict[str, Decimal]:
    """The sum of the points of all leaves under each group, by the path of the group."""
    sums = {path: ZERO for path, node in walk(nodes) if node.is_group}
    for path, outcome in outcomes.items():
        if isinstance(outcome, Points):
            above = path
            while "/" in above:
                above = above.rpartition("/")[0]
                sums[above] += outcome.points
    return sums
