"""How the units of a bloc are compared: by points or percent, and what settles equal ones."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from blocs.scoring.ranking.classification import class_place
from blocs.scoring.ranking.contenders import BlocRules, Contender, Judged
from blocs.scoring.ranking.line_figures import section_points, section_share
from blocs.scoring.ranking.part_year import compared_figure
from blocs.scoring.ranking.ranking import Row, TieRule, section_of
from blocs.scoring.terms.numbers import ZERO, half_up
from blocs.scoring.totals.summing import Plan
from blocs.scoring.totals.totals import SCALED_DECIMALS, SheetTotal


@dataclass(frozen=True)
class Way:
    """How the units of one ranking are compared; `several`: they have different tables.

    `unusable` are the tie rules left out, see `unusable_rules`.
    """

    by_percent: bool
    several: bool
    tie_rules: tuple[str, ...]
    unusable: tuple[str, ...]


def way_of(contenders: Sequence[Contender], judged: Mapping[int, Judged], rules: BlocRules) -> Way:
    """How these units are compared with each other."""
    inside = [one for one in contenders if not judged[one.unit].out_reason]
    plans: list[Plan] = []
    for one in inside:
        if one.table.plan not in plans:
            plans.append(one.table.plan)
    by_percent = rules.by_percent or compares_percent([judged[one.unit].total for one in inside])
    unusable = unusable_rules(rules.tie_rules, plans)
    kept = tuple(rule for rule in rules.tie_rules if rule not in unusable)
    return Way(by_percent, len(plans) > 1, kept, unusable)


def unusable_rules(tie_rules: Sequence[str], plans: Sequence[Plan]) -> tuple[str, ...]:
    """Rules on a section that several tables do not all have by the same path and name."""
    if len(plans) < 2:
        return ()
    found = []
    for rule in tie_rules:
        path = section_of(rule)
        names = {plan.names.get(path) for plan in plans}
        if path and (None in names or len(names) > 1):
            found.append(rule)
    return tuple(found)


def shares_of(way: Way, rules: BlocRules) -> tuple[str, ...]:
    """The tie rules that compare percent: of the whole maximum, or of that of their section."""
    parts = (TieRule.WORK_POINTS, TieRule.BONUS_POINTS, TieRule.FEWEST_DEDUCTIONS)
    return tuple(
        rule
        for rule in way.tie_rules
        if (way.several and section_of(rule)) or (rules.by_percent and rule in parts)
    )


def compares_percent(totals: Collection[SheetTotal]) -> bool:
    """Leaves that do not concern a unit leave its maximum; then shares are compared."""
    return any(total.is_compared_by_percent for total in totals) and (
        len({total.assigned_max for total in totals}) > 1
    )


def compared_whole(total: SheetTotal, rules: BlocRules, *, by_percent: bool) -> Decimal:
    """What is compared of a sheet before the part of the year is taken: points or percent."""
    if rules.by_percent:
        return total.percent or ZERO
    return total.comparable if by_percent else total.total


def tie_figures(
    contender: Contender, total: SheetTotal, rules: BlocRules, way: Way
) -> dict[str, Decimal | int]:
    """What the tie rules compare; where tables have different maxima in percent of them."""
    found: dict[str, Decimal | int] = {
        TieRule.WORK_POINTS: total.work,
        TieRule.BONUS_POINTS: total.bonus,
        TieRule.FEWEST_DEDUCTIONS: total.deduction,
    }
    for rule in way.tie_rules:
        if (path := section_of(rule)) and (points := section_points(path, total)) is not None:
            found[rule] = points
    if rules.by_percent:
        found = {rule: total.scaled(Decimal(points)) for rule, points in found.items()}
    for rule in way.tie_rules if way.several else ():
        share = section_share(section_of(rule), total, contender.table.plan)
        if share is not None:
            found[rule] = half_up(share, SCALED_DECIMALS)
    if contender.votes is not None:
        found[TieRule.BALLOT_VOTES] = contender.votes
    return found


def row_of(contender: Contender, found: Judged, rules: BlocRules, way: Way) -> Row:
    """What the ranking compares of one unit."""
    total = found.total
    figures = tie_figures(contender, total, rules, way)
    whole = compared_whole(total, rules, by_percent=way.by_percent)
    decimals = contender.table.rules.decimals
    compared = compared_figure(whole, found.months, rules.part_year, decimals)
    place = class_place(found.class_label, rules.bands)
    return Row(
        contender.unit,
        compared,
        figures,
        contender.order,
        found.out_reason,
        place,
        contender.decided,
    )
