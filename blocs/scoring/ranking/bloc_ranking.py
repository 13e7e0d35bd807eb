"""A whole bloc from its sheets to its places: totals, adjustments, classes, ranking.

Everything the regulation says about a place meets here, as values; who reads the database and who
reads a proof file gives the same values and gets the same places.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from blocs.scoring.ranking.class_shares import ClassGiven, within_shares
from blocs.scoring.ranking.classification import (
    ClassBand,
    asked_of,
    class_place,
    classify,
    lowered,
    measures,
)
from blocs.scoring.ranking.disqualifiers import Disqualifier, Effect, Eligibility, eligibility
from blocs.scoring.ranking.lateness import Lateness, LateRule, lateness
from blocs.scoring.ranking.line_figures import line_figures, section_points
from blocs.scoring.ranking.part_year import (
    WHOLE,
    YEAR_MONTHS,
    PartYear,
    TakenPart,
    compared_figure,
    months_taken_part,
    way_words,
    why_unranked,
)
from blocs.scoring.ranking.ranking import Placed, Row, TieRule, rank, section_of
from blocs.scoring.ranking.workdays import WorkCalendar
from blocs.scoring.terms.values import Question
from blocs.scoring.totals.given import GivenTable
from blocs.scoring.totals.totals import Adjustment, SheetTotal


@dataclass(frozen=True)
class Contender:
    """A unit with an appraised sheet: given points by leaf, and what counts beside the table.

    `bonus` is the share of a leaf that goes beyond its standard; `submitted_on` the days of its
    submissions; `votes` those of the award ballot (None: no ballot); `counts` how often something
    occurred, by leaf; `taken` between which days the unit took part in the year.
    """

    unit: int
    table: GivenTable
    given: Mapping[str, Decimal]
    bonus: Mapping[str, Decimal] = field(default_factory=dict)
    not_applicable: Collection[str] = ()
    grounds: tuple[Disqualifier, ...] = ()
    submitted_on: tuple[date, ...] = ()
    votes: int | None = None
    order: int = 0
    counts: Mapping[str, Decimal] = field(default_factory=dict)
    taken: TakenPart = WHOLE


@dataclass(frozen=True)
class BlocRules:
    """What the regulation of a year says beside the table; `begins_on` is the year's first day."""

    tie_rules: tuple[str, ...] = ()
    bands: tuple[ClassBand, ...] = ()
    late: LateRule | None = None
    calendar: WorkCalendar = field(default_factory=WorkCalendar)
    part_year: PartYear | str = PartYear.FULL
    begins_on: date | None = None


@dataclass(frozen=True)
class Judged:
    """One unit with everything that decides its place.

    `question` asks for a class that no band gives, `class_note` says why the class is not the one
    its conditions give; `out_reason` says why the unit has no place,
    then `placed` is None. `months` are those of the twelve in which it took part, and of a part of
    the year `part_words` say from when and how it is compared.
    """

    unit: int
    total: SheetTotal
    adjustments: tuple[Adjustment, ...]
    eligibility: Eligibility
    lateness: Lateness
    class_label: str = ""
    question: str = ""
    class_note: str = ""
    out_reason: str = ""
    placed: Placed | None = None
    months: int = YEAR_MONTHS
    part_words: str = ""


@dataclass(frozen=True)
class BlocResult:
    """Ranked units, best first, and those without a place in the official order.

    `by_percent`: units have different maxima, so the share of the own maximum is compared.
    """

    ranked: tuple[Judged, ...]
    out: tuple[Judged, ...]
    by_percent: bool


def rank_bloc(contenders: Sequence[Contender], rules: BlocRules) -> BlocResult:
    """Totals, classes and places of a bloc; the order in which units come does not matter."""
    judged = {one.unit: judge(one, rules) for one in contenders}
    judged = _within_shares(contenders, judged, rules)
    compared = [one.total for one in judged.values() if not one.out_reason]
    by_percent = compares_percent(compared)
    rows = [_row(one, judged[one.unit], rules, by_percent) for one in contenders]
    official = sorted(contenders, key=lambda one: (one.order, one.unit))
    return BlocResult(
        ranked=tuple(
            replace(judged[placed.unit], placed=placed) for placed in rank(rows, rules.tie_rules)
        ),
        out=tuple(judged[one.unit] for one in official if judged[one.unit].out_reason),
        by_percent=by_percent,
    )


def _within_shares(
    contenders: Sequence[Contender], judged: Mapping[int, Judged], rules: BlocRules
) -> dict[int, Judged]:
    """Everybody with the class that the largest shares leave, by the places of the points."""
    if all(band.share is None for band in rules.bands):
        return dict(judged)
    by_points = tuple(rule for rule in rules.tie_rules if rule != TieRule.CLASS_FIRST)
    inside = [judged[one.unit].total for one in contenders if not judged[one.unit].out_reason]
    by_percent = compares_percent(inside)
    rows = [_row(one, judged[one.unit], rules, by_percent) for one in contenders]
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
    reached, question = _class_of(contender, total, rules.bands, state)
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


def compares_percent(totals: Collection[SheetTotal]) -> bool:
    """Leaves that do not concern a unit leave its maximum; then shares are compared."""
    return any(total.is_compared_by_percent for total in totals) and (
        len({total.assigned_max for total in totals}) > 1
    )


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
    contender: Contender, total: SheetTotal, bands: Sequence[ClassBand], state: Eligibility
) -> tuple[str, str]:
    """The class and, where no band gives one, the question."""
    if not bands:
        return "", ""
    names = {name for band in bands for name in band.figures}
    lines = line_figures(names, total, contender.table.plan, contender.counts)
    found = classify({**measures(total), **lines}, bands, state)
    return ("", asked_of(found)) if isinstance(found, Question) else (found, "")


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


def _row(contender: Contender, found: Judged, rules: BlocRules, by_percent: bool) -> Row:
    """What the ranking compares of one unit."""
    total = found.total
    figures: dict[str, Decimal | int] = {
        TieRule.WORK_POINTS: total.work,
        TieRule.BONUS_POINTS: total.bonus,
        TieRule.FEWEST_DEDUCTIONS: total.deduction,
    }
    for rule in rules.tie_rules:
        if (path := section_of(rule)) and (points := section_points(path, total)) is not None:
            figures[rule] = points
    if contender.votes is not None:
        figures[TieRule.BALLOT_VOTES] = contender.votes
    whole = total.comparable if by_percent else total.total
    decimals = contender.table.rules.decimals
    compared = compared_figure(whole, found.months, rules.part_year, decimals)
    place = class_place(found.class_label, rules.bands)
    return Row(contender.unit, compared, figures, contender.order, found.out_reason, place)
