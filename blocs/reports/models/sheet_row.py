"""One leaf of a sheet: where it stands in the table, what was entered, what may be given."""

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from blocs.criteria.models.criteria import Criterion
from blocs.criteria.models.tree import rules_of
from blocs.reports.domain.sheet_rows import (
    NEEDS_REASON,
    UNSCORED_REASON,
    allowed_points,
    doubt_words,
)
from blocs.reports.models.reports import Score
from blocs.scoring import KINDS, Entry, Leaf, Outcome, Waiting, leaf_points
from blocs.scoring.kinds.kinds import off_scale


def entry_of(score: Score | None) -> Entry:
    """What the unit entered at one leaf; an absent row is an empty answer."""
    if score is None:
        return Entry()
    return Entry(
        value=score.value,
        target=score.target,
        choice=score.choice,
        facts=score.facts,
        not_applicable=score.not_applicable,
    )


@dataclass(frozen=True)
class SheetRow:
    """One leaf of one sheet: where it stands in the table and what was entered.

    `outline` is the number inside its part («2.1»), `label` the whole one («I.2.1»), `agreed` the
    target of the year's agreement where `with_agreed` has asked for it.
    """

    path: str
    outline: str
    criterion: Criterion
    score: Score | None
    label: str = ""
    agreed: Decimal | None = field(default=None, kw_only=True)

    @property
    def entry(self) -> Entry:
        return entry_of(self.score)

    @cached_property
    def files(self):
        """The evidence of the leaf, newest first; read with the sheet."""
        known = self.score.known_files if self.score else ()
        return tuple(self.score.evidence.all()) if known is None else known

    @property
    def is_filled(self) -> bool:
        """Answered: it has points, does not concern the unit, or waits for figures of others."""
        if self.score is None:
            return False
        return self.score.self_points is not None or self.score.not_applicable or self.waits

    @property
    def leaf(self) -> Leaf:
        node = self.criterion
        return Leaf(self.path, node.kind, node.max_points, node.rule)

    @property
    def doubt(self) -> str:
        """What is asked beside an odd figure; it is stored and scored all the same."""
        node = self.criterion
        return doubt_words(node.kind, node.rule, node.measure, self.entry)

    @property
    def own(self) -> Decimal | None:
        return self.score.self_points if self.score else None

    @property
    def step(self) -> Decimal | None:
        """The grid on which points by judgement lie here; None where points are computed."""
        kind = KINDS.get(self.criterion.kind)
        return kind and kind.grid(self.criterion.rule, self._step_of_table)

    @property
    def _step_of_table(self) -> Decimal | None:
        return rules_of(self.criterion.table).step

    def problem(self, points: Decimal, reason: str) -> str:
        """Why nobody may give these points here with this reason; empty where one may."""
        return allowed_points(self.leaf, self.own, points, self._step_of_table, reason)

    def problems(self, points: Decimal | None, reason: str) -> dict[str, str]:
        """What is wrong with points given by others than the unit, by field (points, reason).

        Points that differ from the unit's own need a reason, unless the own are not known yet.
        None takes points back.
        """
        if points is None:
            return {}
        found = {}
        if sentence := self.problem(points, reason):
            found["points"] = sentence
        if points != self.own and not self.waits and not reason:
            found["reason"] = UNSCORED_REASON if self.own is None else NEEDS_REASON
        return found

    def is_off_scale(self, points: Decimal) -> bool:
        """Whether the rule of the leaf gives stated points only, and these are none of them."""
        return points != self.own and bool(off_scale(self.leaf, points))

    @property
    def outcome(self) -> Outcome:
        """What the rule of the leaf alone makes of the answer."""
        return leaf_points(self.leaf, self.entry)

    @property
    def waits(self) -> bool:
        """Answered, but its points depend on the other units of the bloc and are not settled."""
        if self.score is None or self.score.self_points is not None or self.entry.is_empty:
            return False
        return isinstance(self.outcome, Waiting)

    @property
    def is_appraised(self) -> bool:
        return bool(self.score) and (
            self.score.appraised_points is not None or self.score.not_applicable
        )

    @property
    def needs_answer(self) -> bool:
        kind = KINDS.get(self.criterion.kind)
        return kind is None or kind.needs_answer

    @property
    def is_left_empty(self) -> bool:
        """An answer is due and nothing at all was written; half an answer is no empty leaf."""
        if not self.needs_answer or self.score is None:
            return self.needs_answer
        return self.own is None and not self.score.not_applicable and self.entry.is_empty

    def is_open(self, column: str) -> bool:
        """Whether the sums of a column (self_points, appraised_points) lack this leaf.

        Bonus and deduction may stay empty; once the unit has answered, their points are due too.
        """
        score = self.score
        if score and (score.not_applicable or getattr(score, column) is not None):
            return False
        return self.needs_answer or self.own is not None or not self.entry.is_empty
