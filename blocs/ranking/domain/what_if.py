"""What a draft table would have made of last year's figures: who moves, and why one cannot say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from blocs.criteria.domain.table_changes import continued_lines
from blocs.scoring import Entry, Leaf, Points, SheetTotal, leaves, sheet_total
from blocs.scoring.ranking.bloc_ranking import rank_bloc
from blocs.scoring.ranking.contenders import BlocRules, Contender
from blocs.scoring.ranking.line_figures import line_label
from blocs.scoring.ranking.part_year import WHOLE, TakenPart
from blocs.scoring.terms.numbers import ZERO
from blocs.scoring.totals.given import GivenTable, given_table
from blocs.scoring.totals.tables import Table
from blocs.scoring.totals.totals import COUNTED_ZERO


@dataclass(frozen=True)
class PastSheet:
    """A unit's sheet of last year by path: answers, points of its own, points given to it."""

    unit: int
    order: int = 0
    entries: Mapping[str, Entry] = field(default_factory=dict)
    own: Mapping[str, Decimal] = field(default_factory=dict)
    given: Mapping[str, Decimal] = field(default_factory=dict)
    taken: TakenPart = WHOLE


@dataclass(frozen=True)
class Simulated:
    """A unit under the draft: its total, its place, the leaves last year says nothing about.

    `place` is None where the rules give none. `questions` are the sentences of leaves to whose old
    figures the draft gives no result; `note` says how a unit of part of the year is compared, or
    why a unit has no place.
    """

    unit: int
    total: Decimal
    place: int | None
    is_open: bool
    unknown: int
    questions: tuple[str, ...] = ()
    note: str = ""


def simulate(
    before: Table, after: Table, sheets: Sequence[PastSheet], rules: BlocRules
) -> tuple[Simulated, ...]:
    """Last year's answers scored by the draft `after` and ranked by `rules`, best unit first.

    Points that the appraisers gave instead of the unit's own are carried over as the same share
    of the leaf's maximum; everything else is computed from the answer by the new rule. A leaf
    that is new has no figures and counts 0. Grounds, late papers and ballots are left aside.
    Where the draft's year counts an empty leaf 0, `note` says which were left empty last year.
    """
    lines = continued_lines(before, after)
    answers = {sheet.unit: _carried(sheet, lines) for sheet in sheets}
    new = leaves(after.nodes)
    peers = {path: [entries.get(path, Entry()) for entries in answers.values()] for path in new}
    # Of a new leaf nobody knows anything; it is no leaf that a unit left empty.
    table = given_table(after.nodes, replace(after.rules, empty_is_zero=False))
    contenders, questions, zeros = [], {}, {}
    for sheet in sheets:
        found = sheet_total(after.nodes, answers[sheet.unit], after.rules, peers, is_closed=True)
        questions[sheet.unit] = tuple(sentence for _, sentence in found.questions)
        zeros[sheet.unit] = _zeros(sheet, lines, table) if after.rules.empty_is_zero else []
        known = _contender(before, new, sheet, lines, found, table)
        counted = dict.fromkeys(zeros[sheet.unit], ZERO) | dict(known.given)
        contenders.append(replace(known, given=counted))
    unknown = sum(lines[path] is None for path in new)
    result = rank_bloc(contenders, replace(rules, late=None))
    return tuple(
        Simulated(
            one.unit,
            one.total.total,
            one.placed.place if one.placed else None,
            bool(one.placed and one.placed.is_open),
            unknown,
            questions[one.unit],
            _noted(one.out_reason or one.part_words, zeros[one.unit]),
        )
        for one in (*result.ranked, *result.out)
    )


def _carried(sheet: PastSheet, lines: Mapping[str, str | None]) -> dict[str, Entry]:
    return {path: sheet.entries[old] for path, old in lines.items() if old and old in sheet.entries}


def _zeros(sheet: PastSheet, lines: Mapping[str, str | None], table: GivenTable) -> list[str]:
    """The leaves that need an answer, stood in last year's table and were left empty there."""
    asked = [path for path, line in table.plan.lines.items() if line.needs_answer and lines[path]]
    return [
        path
        for path in asked
        if (entry := sheet.entries.get(lines[path] or "", Entry())).is_empty
        and not entry.not_applicable
        and not {lines[path]} & (sheet.own.keys() | sheet.given.keys())
    ]


def _noted(words: str, zeros: Sequence[str]) -> str:
    """What is said of a unit, then «tiêu chí II.3 để trống, …»; each where there is something."""
    if not zeros:
        return words
    told = f"tiêu chí {', '.join(map(line_label, zeros))} {COUNTED_ZERO}"
    return f"{words.rstrip('.')}; {told}" if words else told


def _contender(
    before: Table,
    new: Mapping[str, Leaf],
    sheet: PastSheet,
    lines: Mapping[str, str | None],
    found: SheetTotal,
    table: GivenTable,
) -> Contender:
    """The unit as the draft would have ranked it, the appraisers' own judgements in it."""
    scored = {
        path: outcome for path, outcome in found.outcomes.items() if isinstance(outcome, Points)
    }
    points = {path: outcome.points for path, outcome in scored.items()}
    bonus = {path: outcome.bonus for path, outcome in scored.items()}
    old_leaves = leaves(before.nodes)
    for path, leaf in new.items():
        old = lines[path] or ""
        judged = sheet.given.get(old)
        if judged is not None and old in old_leaves and judged != sheet.own.get(old):
            points[path] = _share(judged, old_leaves[old], leaf)
            bonus.pop(path, None)
    carried = _carried(sheet, lines)
    left_out = {path for path, entry in carried.items() if entry.not_applicable}
    return Contender(
        sheet.unit,
        table,
        points,
        bonus,
        left_out - points.keys(),
        order=sheet.order,
        taken=sheet.taken,
    )


def _share(points: Decimal, old: Leaf, new: Leaf) -> Decimal:
    if not old.max_points or not new.max_points or old.max_points == new.max_points:
        return points
    return points * new.max_points / old.max_points
