"""A whole bloc from its sheets to its places: totals, adjustments, classes, ranking.

Everything the regulation says about a place meets here, as values; who reads the database and who
reads a proof file gives the same values and gets the same places.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from blocs.scoring.ranking.class_shares import ClassGiven, within_shares
from blocs.scoring.ranking.classification import asked_of, classify, lowered, measures
from blocs.scoring.ranking.comparing import row_of, shares_of, way_of
from blocs.scoring.ranking.contenders import BlocResult, BlocRules, Contender, Judged
from blocs.scoring.ranking.disqualifiers import Disqualifier, Effect, Eligibility, eligibility
from blocs.scoring.ranking.lateness import Lateness, lateness
from blocs.scoring.ranking.line_figures import line_figures
from blocs.scoring.ranking.part_year import months_taken_part, way_words, why_unranked
from blocs.scoring.ranking.ranking import TieRule, rank
from blocs.scoring.terms.values import Question
from blocs.scoring.totals.totals import Adjustment, SheetTotal


def rank_bloc(contenders: Sequence[Contender], rules: BlocRules) -> BlocResult:
    """Totals, classes and places of a bloc; the order in which units come does not matter."""
    judged = {one.unit: judge(one, rules) for one in contenders}
    judged = _within_shares(contenders, judged, rules)
    way = way_of(contenders, judged, rules)
    rows = [row_of(one, judged[one.unit], rules, way) for one in contenders]
    official = sorted(contenders, key=lambda one: (one.order, one.unit))
    return BlocResult(
        ranked=tuple(
            replace(judged[placed.unit], placed=placed) for placed in rank(rows, way.tie_rules)
        ),
        out=tuple(judged[one.unit] for one in official if judged[one.unit].out_reason),
        by_percent=way.by_percent,
        unusable=way.unusable,
        shares=shares_of(way, rules),
    )


def _within_shares(
    contenders: Sequence[Contender], judged: Mapping[int, Judged], rules: BlocRules
) -> dict[int, Judged]:
    """Everybody with the class that the largest shares leave, by the places of the points."""
    if all(band.share is None for band in rules.bands):
        return dict(judged)
    by_points = tuple(rule for rule in rules.tie_rules if rule != TieRule.CLASS_FIRST)
    way = way_of(contenders, judged, rules)
    rows = [row_of(one, judged[one.unit], rules, way) for one in contenders]
    by_points = tuple(rule for rule in by_points if rule not in way.unusable)
    places = {placed.unit: placed.place for placed in rank(rows, by_points)}
    given = within_shares(
        {unit: one.class_label for unit, one in judged.items()}, places, rules.bands
    )
    return {
        one.unit: _with_class(one, judged[one.unit], given[one.unit], rules) for one in contenders
    }


def _with_class(contender: Contender, found: Judged, given: ClassGiven, rules: BlocRules) -> Judged:
    if not (given.note or given.question):
        return found
    note = " ".join(words for words in (found.class_note, given.note) if words)
    changed = replace(
        found, class_label=given.label, class_note=note, question=given.question or found.question
    )
    return replace(changed, out_reason=_out_reason(changed, contender, rules))


def judge(contender: Contender, rules: BlocRules) -> Judged:
    """One unit without regard to the others."""
    state, late = eligibility(contender.grounds), _lateness(contender, rules)
    adjustments = adjustments_of(contender.grounds, late)
    total = contender.table.total(
        contender.given, contender.not_applicable, contender.bonus, adjustments
    )
    reached, question = _class_of(contender, total, rules, state)
    label = lowered(reached, rules.bands, state.classes_lower)
    note = lowered_words(contender.grounds, reached) if label != reached else ""
    months = months_taken_part(contender.taken, rules.begins_on)
    found = Judged(
        contender.unit,
        total,
        adjustments,
        state,
        late,
        label,
        question,
        note,
        months=months,
        part_words=way_words(contender.taken, months, rules.part_year),
    )
    return replace(found, out_reason=_out_reason(found, contender, rules))


def adjustments_of(grounds: Sequence[Disqualifier], late: Lateness) -> tuple[Adjustment, ...]:
    """Points taken off outside the table, each under the name that is printed."""
    minus = tuple(
        Adjustment(ground.name, -ground.points)
        for ground in grounds
        if ground.effect is Effect.MINUS_POINTS and ground.points
    )
    return (*minus, Adjustment(late.sentence, late.points)) if late.points else minus


def _lateness(contender: Contender, rules: BlocRules) -> Lateness:
    if rules.late is None or not contender.submitted_on:
        return Lateness()
    return lateness(
        contender.submitted_on,
        rules.late,
        max(contender.submitted_on),
        rules.calendar.off,
        rules.calendar.worked,
    )


def _class_of(
    contender: Contender, total: SheetTotal, rules: BlocRules, state: Eligibility
) -> tuple[str, str]:
    """The class and, where no band gives one, the question."""
    if not (bands := rules.bands):
        return "", ""
    names = {name for band in bands for name in band.figures}
    lines = line_figures(names, total, contender.table.plan, contender.counts)
    found = classify({**class_figures(total, rules), **lines}, bands, state)
    return ("", asked_of(found)) if isinstance(found, Question) else (found, "")


def class_figures(total: SheetTotal, rules: BlocRules) -> dict[str, Decimal]:
    """What the conditions of a class look at; in percent where tables have different maxima."""
    found = measures(total)
    if not rules.by_percent:
        return found
    parts = {name: total.scaled(found[name]) for name in ("work", "bonus", "deduction")}
    # The percent as it is compared, not rounded once more; without a maximum there is none.
    share = {} if total.percent is None else {"total": total.percent, "percent": total.percent}
    return parts | share


def _out_reason(found: Judged, contender: Contender, rules: BlocRules) -> str:
    if words := out_words(contender.grounds):
        return words
    if found.lateness.is_out:
        return found.lateness.sentence
    if words := why_unranked(contender.taken, found.months, rules.part_year):
        return words
    if found.question and TieRule.CLASS_FIRST in rules.tie_rules:
        return f"Chưa xếp được vì xếp theo mức xếp loại trước. {found.question}"
    return ""


def lowered_words(grounds: Sequence[Disqualifier], reached: str) -> str:
    """Which grounds lowered the class, and from which."""
    names = [ground.name for ground in grounds if ground.effect is Effect.LOWER_CLASS]
    return f"Hạ mức xếp loại từ {reached}: {'; '.join(names)}."


def out_words(grounds: Sequence[Disqualifier]) -> str:
    """Why grounds keep a unit out of the ranking; empty when none does."""
    names = [ground.name for ground in grounds if ground.effect is Effect.NOT_CONSIDERED]
    return f"Không xét: {'; '.join(names)}." if names else ""
