"""The marks of all appraisers side by side, and the points they come to: reading."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from blocs.appraisal.domain.appraisal import combined, combining_words, majority_words, mean_of
from blocs.appraisal.models.markings import body_leaves, body_shares, marks_of
from blocs.appraisal.models.marks import Mark
from blocs.reports.domain.sheet_rows import OFF_SCALE
from blocs.reports.models.assignments import Assignment, in_round, last_round
from blocs.reports.models.sheet_row import SheetRow
from blocs.reports.models.sheets import Sheet
from blocs.scoring import Question, RoundShare
from blocs.scoring.kinds.kinds import off_scale, scale_of
from blocs.scoring.terms.numbers import ZERO, show
from blocs.scoring.totals.given import given_table
from blocs.scoring.totals.rounds import MAJORITY, WEIGHTED, weighted, weighted_words
from blocs.years.models.regulation import decimals_of, regulation_of

MEAN_OF_LEVELS = "Quy định của năm lấy trung bình điểm của các mức."


@dataclass(frozen=True)
class CombinedRow:
    """One leaf: who marks it, the marks round by round, and what they come to."""

    row: SheetRow
    rounds: tuple[tuple[tuple[Assignment, Mark | None], ...], ...]
    outcome: Decimal | Question | None
    words: str

    @property
    def points(self) -> list[Decimal | None]:
        """All marks, the newest round last."""
        return [mark.points if mark else None for marks in self.rounds for _, mark in marks]

    @property
    def is_asked(self) -> bool:
        """The regulation has no answer; who combines says what the points are."""
        return isinstance(self.outcome, Question)

    @property
    def reason(self) -> str:
        """How the points came about, and what each appraiser said; empty where all agree."""
        own = self.row.score.self_points if self.row.score else None
        if not self.words or set(self.points) == {own}:
            return ""
        said = [
            f"{assignment.unit.name}: {mark.reason}"
            for marks in self.rounds
            for assignment, mark in marks
            if mark and mark.reason
        ]
        is_off = isinstance(self.outcome, Decimal) and self.row.is_off_scale(self.outcome)
        start = f"{OFF_SCALE}: {self.words}" if is_off else self.words
        return "\n".join([start, *said])


def combined_rows(sheet: Sheet, assignments: Collection[Assignment]) -> list[CombinedRow]:
    """Every leaf that somebody marks, in the order of the table."""
    year = sheet.report.bloc_year
    rules, decimals = regulation_of(year), decimals_of(year)
    mode, shares = rules.round_mode, rules.shares
    marks, parts, weights = marks_of(assignments), body_leaves(year), body_shares(year)
    found = []
    for row in sheet.rows:
        rounds = _rounds(row, assignments, marks, parts)
        if not any(rounds):
            continue
        points = [[mark.points if mark else None for _, mark in one] for one in rounds]
        bodies = _bodies(rounds, weights)
        level_mode = rules.level_mode if scale_of(row.leaf) else ""
        outcome = combined(
            points,
            mode,
            decimals,
            row.step,
            partial(off_scale, row.leaf),
            shares,
            parts=bodies,
            level_mode=level_mode,
        )
        words = combining_words(points, mode, shares, bodies)
        words = f"{words} {level_words(points, level_mode, outcome, row)}".strip()
        found.append(CombinedRow(row, rounds, outcome, words))
    return found


def level_words(
    points: list[list[Decimal | None]],
    level_mode: str,
    outcome: Decimal | Question | None,
    row: SheetRow,
) -> str:
    """What the rule on levels made of the marks; empty where the leaf has none, or nothing to say.

    A mean that is no level says that the regulation takes it.
    """
    if not level_mode or not isinstance(outcome, Decimal):
        return ""
    if level_mode == MAJORITY:
        return majority_words(points)
    return MEAN_OF_LEVELS if row.is_off_scale(outcome) else ""


def _bodies(
    rounds: tuple[tuple[tuple[Assignment, Mark | None], ...], ...], weights: Mapping[int, Decimal]
) -> tuple[RoundShare, ...]:
    """The shares of the bodies that mark one leaf together; none where one marks it alone."""
    units = [one.unit for one, _ in next((one for one in rounds if one), ())]
    if len(units) < 2 or not any(unit.pk in weights for unit in units):
        return ()
    return tuple(RoundShare(unit.short_name, weights.get(unit.pk, ZERO)) for unit in units)


def _rounds(
    row: SheetRow,
    assignments: Collection[Assignment],
    marks: Mapping[tuple[int, int], Mark],
    parts: Mapping[int, frozenset[int]],
) -> tuple:
    """The marks of one leaf, round by round; bodies only where the leaf is theirs."""
    leaf = row.criterion.pk
    return tuple(
        tuple(
            (one, marks.get((one.pk, leaf)))
            for one in in_round(assignments, number)
            if not parts or leaf in parts.get(one.unit_id, ())
        )
        for number in range(1, last_round(assignments) + 1)
    )


def total_words(sheet: Sheet, rows: Collection[CombinedRow]) -> str:
    """The totals of the rounds by their shares: «Thẩm định 92 × 70% + Bình xét 85 × 30% = 89,9».

    Empty where rounds have no shares or a leaf is open. What leaves rounded one by one come to,
    or what a limit of the table cuts, is said where it differs.
    """
    rules = regulation_of(sheet.report.bloc_year)
    if rules.round_mode != WEIGHTED or not rows or any(one.is_asked for one in rows):
        return ""
    table = given_table(sheet.tree.nodes, sheet.rules)
    columns = zip(*(map(_mean, one.rounds) for one in rows), strict=True)
    totals = [table.total(_by_path(rows, column)).total for column in columns]
    words = weighted_words(totals, rules.shares)
    counted = table.total(_by_path(rows, [one.outcome for one in rows])).total
    if not words or counted == weighted(totals, rules.shares):
        return words and f"{words}."
    return f"{words}; cộng điểm gộp từng tiêu chí theo giới hạn của bảng: {show(counted)}."


def _mean(marks: Collection[tuple[Assignment, Mark | None]]) -> Decimal | None:
    return mean_of([mark.points if mark else None for _, mark in marks])


def _by_path(
    rows: Collection[CombinedRow], column: Iterable[Decimal | Question | None]
) -> dict[str, Decimal]:
    pairs = zip(rows, column, strict=True)
    return {one.row.path: points for one, points in pairs if isinstance(points, Decimal)}
