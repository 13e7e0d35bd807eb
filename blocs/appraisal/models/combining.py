"""The marks of all appraisers side by side, and the points they come to: reading."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from blocs.appraisal.domain.appraisal import combined, combining_words, mean_of
from blocs.appraisal.models.markings import body_leaves, marks_of
from blocs.appraisal.models.marks import Mark
from blocs.reports.models.assignments import Assignment, in_round, last_round
from blocs.reports.models.sheets import Sheet, SheetRow
from blocs.scoring import Question
from blocs.scoring.kinds.kinds import off_scale
from blocs.scoring.terms.numbers import show
from blocs.scoring.totals.given import given_table
from blocs.scoring.totals.rounds import WEIGHTED, weighted, weighted_words
from blocs.years.models.regulation import decimals_of, regulation_of


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
        return "\n".join([self.words, *said])


def combined_rows(sheet: Sheet, assignments: Collection[Assignment]) -> list[CombinedRow]:
    """Every leaf that somebody marks, in the order of the table."""
    year = sheet.report.bloc_year
    rules, decimals = regulation_of(year), decimals_of(year)
    mode, shares = rules.round_mode, rules.shares
    marks, parts = marks_of(assignments), body_leaves(year)
    found = []
    for row in sheet.rows:
        rounds = _rounds(row, assignments, marks, parts)
        if not any(rounds):
            continue
        points = [[mark.points if mark else None for _, mark in one] for one in rounds]
        levels = partial(off_scale, row.leaf)
        outcome = combined(points, mode, decimals, row.step, levels, shares)
        found.append(CombinedRow(row, rounds, outcome, combining_words(points, mode, shares)))
    return found


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
