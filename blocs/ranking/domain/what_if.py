"""What a draft table would have made of last year's figures: who moves, and why one cannot say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from blocs.ranking.domain.carried_points import Carrying, PastSheet
from blocs.scoring import Entry, Points, SheetTotal, sheet_total
from blocs.scoring.ranking.bloc_ranking import rank_bloc
from blocs.scoring.ranking.contenders import BlocRules, Contender, Judged
from blocs.scoring.ranking.line_figures import line_label
from blocs.scoring.terms.numbers import ZERO, show
from blocs.scoring.totals.given import GivenTable, given_table
from blocs.scoring.totals.tables import Table
from blocs.scoring.totals.totals import COUNTED_ZERO


@dataclass(frozen=True)
class Simulated:
    """A unit under the draft: its total, its place, the leaves last year says nothing about.

    `place` is None where the rules give none. `questions` are the sentences of leaves to whose old
    figures the draft gives no result; `note` says how a unit of part of the year is compared, or
    why a unit has no place. `anew` counts the leaves that ask what last year's answers do not tell;
    `by_percent`: not the total but its share of the unit's own maximum is compared.
    """

    unit: int
    total: Decimal
    place: int | None
    is_open: bool
    unknown: int
    questions: tuple[str, ...] = ()
    note: str = ""
    anew: int = 0
    by_percent: bool = False


def simulate(
    before: Table, after: Table, sheets: Sequence[PastSheet], rules: BlocRules
) -> tuple[Simulated, ...]:
    """Last year's answers scored by the draft `after` and ranked by `rules`, best unit first.

    Points by judgement are carried over as the same share of the leaf's maximum, whether the unit
    typed them or the appraisers gave them instead; so are those of a leaf that asks something else
    now. Everything else is computed from the answer by the new rule. A leaf
    that is new has no figures and counts 0. Grounds, late papers and ballots are left aside.
    Where the draft's year counts an empty leaf 0, `note` says which were left empty last year.
    """
    carrying = Carrying(before, after)
    answers = {sheet.unit: carrying.answers(sheet) for sheet in sheets}
    peers = {
        path: [entries.get(path, Entry()) for entries in answers.values()] for path in carrying.new
    }
    # Of a new leaf nobody knows anything; it is no leaf that a unit left empty.
    table = given_table(after.nodes, replace(after.rules, empty_is_zero=False))
    past = {}
    for sheet in sheets:
        found = sheet_total(after.nodes, answers[sheet.unit], after.rules, peers, is_closed=True)
        past[sheet.unit] = _past_unit(carrying, sheet, answers[sheet.unit], found, table)
    result = rank_bloc([one.contender for one in past.values()], replace(rules, late=None))
    return tuple(
        _simulated(one, past[one.unit], carrying, by_percent=result.by_percent)
        for one in (*result.ranked, *result.out)
    )


@dataclass(frozen=True)
class _PastUnit:
    """A unit as the draft ranks it, what cannot be said of it, and its leaves that were empty."""

    contender: Contender
    questions: tuple[str, ...]
    zeros: list[str]


def _past_unit(
    carrying: Carrying,
    sheet: PastSheet,
    answers: Mapping[str, Entry],
    found: SheetTotal,
    table: GivenTable,
) -> _PastUnit:
    judged = carrying.judged(sheet)
    is_zero = carrying.after.rules.empty_is_zero
    zeros = _zeros(sheet, carrying.lines, table) if is_zero else []
    known = _contender(sheet, answers, found, table, judged)
    return _PastUnit(
        replace(known, given=dict.fromkeys(zeros, ZERO) | dict(known.given)),
        tuple(sentence for path, sentence in found.questions if path not in judged),
        zeros,
    )


def _simulated(one: Judged, past: _PastUnit, carrying: Carrying, *, by_percent: bool) -> Simulated:
    return Simulated(
        one.unit,
        one.total.total,
        one.placed.place if one.placed else None,
        bool(one.placed and one.placed.is_open),
        sum(old is None for old in carrying.lines.values()),
        past.questions,
        _noted(_words_of(one, by_percent=by_percent), past.zeros),
        len(carrying.asked_anew),
        by_percent,
    )


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


def _words_of(judged: Judged, *, by_percent: bool) -> str:
    """Why the unit has no place, or what of it was compared where that is not its total."""
    if judged.out_reason or judged.placed is None or not by_percent:
        return judged.out_reason or judged.part_words
    share = f"so sánh theo tỷ lệ đạt {show(judged.placed.total)}%"
    return f"{judged.part_words}; {share}" if judged.part_words else share


def _noted(words: str, zeros: Sequence[str]) -> str:
    """What is said of a unit, then «tiêu chí II.3 để trống, …»; each where there is something."""
    if not zeros:
        return words
    told = f"tiêu chí {', '.join(map(line_label, zeros))} {COUNTED_ZERO}"
    return f"{words.rstrip('.')}; {told}" if words else told


def _contender(
    sheet: PastSheet,
    answers: Mapping[str, Entry],
    found: SheetTotal,
    table: GivenTable,
    judged: Mapping[str, Decimal],
) -> Contender:
    """The unit as the draft would have ranked it, the judgements of people in it."""
    scored = {
        path: outcome for path, outcome in found.outcomes.items() if isinstance(outcome, Points)
    }
    points = {path: outcome.points for path, outcome in scored.items()} | dict(judged)
    bonus = {path: outcome.bonus for path, outcome in scored.items() if path not in judged}
    left_out = {path for path, entry in answers.items() if entry.not_applicable}
    return Contender(
        sheet.unit,
        table,
        points,
        bonus,
        left_out - points.keys(),
        order=sheet.order,
        taken=sheet.taken,
    )
