"""One pass over the outcomes of a sheet: its parts, its groups, the limits of groups and table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from blocs.scoring.kinds.kinds import KINDS
from blocs.scoring.terms.numbers import HUNDRED, ONE, ZERO, half_up, show
from blocs.scoring.terms.values import (
    Leaf,
    Missing,
    NotApplicable,
    Outcome,
    Part,
    Points,
    Question,
    Waiting,
)
from blocs.scoring.totals.group_limits import (
    BONUS,
    DEDUCTION,
    PLACE,
    WORK,
    GroupLimit,
    coefficients,
    group_limits,
    is_with_loss,
)
from blocs.scoring.totals.totals import EXCLUDE, RESCALE, Adjustment, SheetTotal, TableRules
from blocs.scoring.totals.tree import Node, leaves, walk


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A leaf as the sums see it; `group` is the path of the group right above it, if any.

    `place` is that of its part in the sums of a group, `counted` its maximum in points of the
    total: the same unless a group above has a coefficient.
    """

    leaf: Leaf
    part: Part
    place: int
    maximum: Decimal
    counted: Decimal
    group: str
    needs_answer: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """A table prepared for adding up: lines and groups by path, the maximum of all work.

    `mixed` names the groups, by path, in which deductions stand beside work; `names` are those of
    all lines.
    """

    lines: Mapping[str, PlanLine]
    groups: tuple[str, ...]
    limits: Mapping[str, GroupLimit]
    whole: Decimal
    mixed: Mapping[str, str]
    names: Mapping[str, str]


def plan_of(nodes: Sequence[Node]) -> Plan:
    """The plan of a table, worth keeping where many sheets of it are added up."""
    factors = coefficients(nodes)
    lines = {
        path: _line(path, leaf, factors.get(path, ONE)) for path, leaf in leaves(nodes).items()
    }
    work = (line.counted for line in lines.values() if line.part is Part.WORK)
    groups = tuple(path for path, node in walk(nodes) if node.is_group)
    mixed = {path: node.name for path, node in walk(nodes) if node.is_group and is_with_loss(node)}
    names = {path: node.name for path, node in walk(nodes)}
    return Plan(lines, groups, group_limits(nodes), sum(work, ZERO), mixed, names)


def _line(path: str, leaf: Leaf, factor: Decimal) -> PlanLine:
    kind = KINDS.get(leaf.kind)
    part, maximum = kind.part if kind else Part.WORK, leaf.max_points or ZERO
    return PlanLine(
        leaf,
        part,
        PLACE[part],
        maximum,
        maximum * factor,
        path.rpartition("/")[0],
        kind is not None and kind.needs_answer,
    )


def share_beyond(line: PlanLine, points: Decimal) -> Decimal:
    """How much of points that people gave counts as bonus, as the kind of the leaf says."""
    kind = KINDS.get(line.leaf.kind)
    return kind.share_beyond(points, line.maximum) if kind else ZERO


def summed(
    plan: Plan,
    outcomes: Mapping[str, Outcome],
    rules: TableRules,
    adjustments: Sequence[Adjustment] = (),
) -> SheetTotal:
    """The total of a sheet from what became of each leaf, in the order of the table."""
    sums, assigned = _parts(plan, outcomes)
    cuts, weights, asked = _gathered(plan, sums, rules)
    work, bonus, taken = sums[""]
    told = _named(plan, cuts)
    notes = [*_named(plan, weights), *told, *asked, *_left_out_notes(plan, assigned, rules)]
    work = _scaled(work, plan.whole, assigned, rules, notes)
    bonus += sum((item.points for item in adjustments if item.points > 0), ZERO)
    taken += sum((item.points for item in adjustments if item.points < 0), ZERO)
    bonus, taken, total = _limited(work, bonus, taken, rules, notes)
    common = assigned if rules.not_applicable == EXCLUDE else plan.whole
    percent = _percent(total, common, rules)
    open_ones = [item for item in outcomes.items() if not isinstance(item[1], Points)]
    return SheetTotal(
        total=total,
        work=work,
        bonus=bonus,
        deduction=taken,
        assigned_max=assigned,
        percent=percent,
        groups={path: sum(sums[path], ZERO) for path in plan.groups},
        cuts=_joined(plan, weights, cuts),
        cut_notes=told,
        asked=asked,
        outcomes=outcomes,
        missing=() if rules.empty_is_zero else _missing(plan, open_ones),
        waiting=tuple(path for path, outcome in open_ones if isinstance(outcome, Waiting)),
        questions=tuple(
            (path, outcome.sentence) for path, outcome in open_ones if isinstance(outcome, Question)
        ),
        notes=tuple(notes),
        is_compared_by_percent=rules.not_applicable == EXCLUDE,
        percent_of=common,
    )


def _percent(total: Decimal, common: Decimal, rules: TableRules) -> Decimal | None:
    """The share of the maximum that counts, rounded as the table says; None without a maximum."""
    if not common:
        return None
    percent = total * HUNDRED / common
    return percent if rules.percent_decimals is None else half_up(percent, rules.percent_decimals)


def _left_out_notes(plan: Plan, assigned: Decimal, rules: TableRules) -> list[str]:
    """The denominator of a unit to which not everything was assigned."""
    if rules.not_applicable != EXCLUDE or assigned == plan.whole:
        return []
    return [f"Không giao chỉ tiêu: điểm tối đa còn {show(assigned)}/{show(plan.whole)}."]


def _parts(plan: Plan, outcomes: Mapping[str, Outcome]) -> tuple[dict[str, list[Decimal]], Decimal]:
    """Work, bonus and deduction right under each group ("": the table); the assigned maximum."""
    sums = {path: [ZERO, ZERO, ZERO] for path in ("", *plan.groups)}
    assigned = plan.whole
    for path, line in plan.lines.items():
        outcome = outcomes[path]
        if isinstance(outcome, Points):
            parts = sums[line.group]
            parts[line.place] += outcome.points
            if outcome.bonus and line.place == WORK:
                parts[WORK] -= outcome.bonus
                parts[BONUS] += outcome.bonus
        elif line.part is Part.WORK and isinstance(outcome, NotApplicable):
            assigned -= line.counted
    return sums, assigned


def _gathered(
    plan: Plan, sums: dict[str, list[Decimal]], rules: TableRules
) -> tuple[dict[str, str], dict[str, str], tuple[str, ...]]:
    """Cut each group, then add it to the one above; what was cut, weighted, and what is asked.

    All in the order of the table.
    """
    cuts: dict[str, str] = {}
    weights: dict[str, str] = {}
    asked: list[str] = []
    # Groups come from the top down, so each is whole before it is added to the one above.
    for path in reversed(plan.groups):
        parts = sums[path]
        limit = plan.limits.get(path)
        if question := _loss_question(plan, path, parts):
            asked.append(question)
        if limit and (words := limit.arithmetic(parts, rules.decimals)):
            weights[path] = words
        if limit and (words := limit.cut(parts, rules.decimals)):
            cuts[path] = words
        above = sums[path.rpartition("/")[0]]
        for place, points in enumerate(parts):
            above[place] += points
    return dict(reversed(cuts.items())), dict(reversed(weights.items())), tuple(reversed(asked))


def _named(plan: Plan, words: Mapping[str, str]) -> tuple[str, ...]:
    """What became of groups as sentences with the name of each."""
    return tuple(f"“{plan.limits[path].name}”: {one}." for path, one in words.items())


def _joined(plan: Plan, weights: Mapping[str, str], cuts: Mapping[str, str]) -> dict[str, str]:
    """What stands beside each group: its arithmetic, then what was cut of it."""
    found = {path: [one[path] for one in (weights, cuts) if path in one] for path in plan.groups}
    return {path: "; ".join(words) for path, words in found.items() if words}


def _loss_question(plan: Plan, path: str, parts: Sequence[Decimal]) -> str:
    """Asked where a group loses more than it has gained and its rule states no floor."""
    limit = plan.limits.get(path)
    gained, taken = parts[WORK] + parts[BONUS], -parts[DEDUCTION]
    is_stated = limit is not None and limit.floor is not None
    if path not in plan.mixed or is_stated or gained < ZERO or taken <= gained:
        return ""
    return (
        f"“{plan.mixed[path]}”: trừ {show(taken)} lớn hơn {show(gained)} điểm đạt được của mục; "
        f"quy định không nêu có trừ quá điểm của mục hay không, đang tính {show(gained - taken)}."
    )


def _missing(plan: Plan, found: Iterable[tuple[str, Outcome]]) -> tuple[str, ...]:
    return tuple(
        path
        for path, outcome in found
        if isinstance(outcome, Missing) and plan.lines[path].needs_answer
    )


def _scaled(
    work: Decimal, whole: Decimal, assigned: Decimal, rules: TableRules, notes: list[str]
) -> Decimal:
    if rules.not_applicable != RESCALE or assigned in (ZERO, whole):
        return work
    scaled = work * whole / assigned
    if rules.decimals is not None:
        scaled = half_up(scaled, rules.decimals)
    notes.append(f"Quy đổi {show(work)}/{show(assigned)} thành {show(scaled)}/{show(whole)}.")
    return scaled


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
