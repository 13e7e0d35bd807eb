"""What a draft table would have made of last year's figures: who moves, and why one cannot say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from blocs.domain.given import given_total
from blocs.domain.ranking import Row, TieRule, rank
from blocs.domain.scoring import Entry, Leaf, Points, SheetTotal, leaves, sheet_total
from blocs.domain.table_changes import continued_lines
from blocs.domain.tables import Table


@dataclass(frozen=True)
class PastSheet:
    """A unit's sheet of last year by path: answers, points of its own, points given to it."""

    unit: int
    order: int = 0
    entries: Mapping[str, Entry] = field(default_factory=dict)
    own: Mapping[str, Decimal] = field(default_factory=dict)
    given: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class Simulated:
    """A unit under the draft: its total, its place, the leaves last year says nothing about.

    `questions` are the sentences of leaves to whose old figures the draft gives no result.
    """

    unit: int
    total: Decimal
    place: int
    is_open: bool
    unknown: int
    questions: tuple[str, ...] = ()


def simulate(
    before: Table, after: Table, sheets: Sequence[PastSheet], tie_rules: Sequence[TieRule | str]
) -> tuple[Simulated, ...]:
    """Last year's answers scored and ranked by the draft `after`, best unit first.

    Points that the appraisers gave instead of the unit's own are carried over as the same share
    of the leaf's maximum; everything else is computed from the answer by the new rule. A leaf
    that is new has no figures and counts 0.
    """
    lines = continued_lines(before, after)
    answers = {sheet.unit: _carried(sheet, lines) for sheet in sheets}
    new = leaves(after.nodes)
    peers = {path: [entries.get(path, Entry()) for entries in answers.values()] for path in new}
    totals: dict[int, tuple[SheetTotal, SheetTotal]] = {}
    for sheet in sheets:
        found = sheet_total(after.nodes, answers[sheet.unit], after.rules, peers, is_closed=True)
        totals[sheet.unit] = (found, _given(before, after, sheet, lines, found))
    by_percent = len({total.assigned_max for _, total in totals.values()}) > 1 and any(
        total.is_compared_by_percent for _, total in totals.values()
    )
    rows = [_row(sheet, totals[sheet.unit][1], by_percent) for sheet in sheets]
    return tuple(
        Simulated(
            placed.unit,
            totals[placed.unit][1].total,
            placed.place,
            placed.is_open,
            sum(lines[path] is None for path in new),
            tuple(sentence for _, sentence in totals[placed.unit][0].questions),
        )
        for placed in rank(rows, tie_rules)
    )


def _carried(sheet: PastSheet, lines: Mapping[str, str | None]) -> dict[str, Entry]:
    return {path: sheet.entries[old] for path, old in lines.items() if old and old in sheet.entries}


def _given(
    before: Table,
    after: Table,
    sheet: PastSheet,
    lines: Mapping[str, str | None],
    found: SheetTotal,
) -> SheetTotal:
    """The total with the appraisers' own judgements in it."""
    old_leaves, new_leaves = leaves(before.nodes), leaves(after.nodes)
    points = {
        path: outcome.points
        for path, outcome in found.outcomes.items()
        if isinstance(outcome, Points)
    }
    bonus = {
        path: outcome.bonus
        for path, outcome in found.outcomes.items()
        if isinstance(outcome, Points)
    }
    for path, leaf in new_leaves.items():
        old = lines[path]
        if old in old_leaves and sheet.given.get(old) != sheet.own.get(old):
            judged = sheet.given.get(old)
            if judged is not None:
                points[path] = _share(judged, old_leaves[old], leaf)
                bonus.pop(path, None)
    left_out = {path for path, entry in _carried(sheet, lines).items() if entry.not_applicable}
    return given_total(after.nodes, points, after.rules, left_out - points.keys(), bonus)


def _share(points: Decimal, old: Leaf, new: Leaf) -> Decimal:
    if not old.max_points or not new.max_points or old.max_points == new.max_points:
        return points
    return points * new.max_points / old.max_points


def _row(sheet: PastSheet, total: SheetTotal, by_percent: bool) -> Row:
    figures: dict[TieRule, Decimal | int] = {
        TieRule.WORK_POINTS: total.work,
        TieRule.BONUS_POINTS: total.bonus,
        TieRule.FEWEST_DEDUCTIONS: total.deduction,
    }
    return Row(sheet.unit, total.comparable if by_percent else total.total, figures, sheet.order)
