"""What of last year's sheets a draft table can use: answers as they are, judgements by their share.

An answer goes on where the leaf still asks it. Points that people gave by judgement keep their
share of the maximum, and so do those of a leaf that asks something else now: nobody gave the
figure it would need.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from blocs.criteria.domain.table_changes import continued_lines
from blocs.reports.domain.sheet_rows import inputs_of
from blocs.scoring import KINDS, Entry, InputType, Leaf, Part, leaves
from blocs.scoring.kinds.kinds import scale_of
from blocs.scoring.ranking.part_year import WHOLE, TakenPart
from blocs.scoring.terms.numbers import RuleError, half_up, to_step
from blocs.scoring.terms.reading import levels
from blocs.scoring.totals.tables import Table


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
class Carrying:
    """From the sheets of last year's table `before` to those of the draft `after`."""

    before: Table
    after: Table

    @cached_property
    def old(self) -> dict[str, Leaf]:
        """The leaves of last year by their path of then."""
        return leaves(self.before.nodes)

    @cached_property
    def new(self) -> dict[str, Leaf]:
        """The leaves of the draft by path."""
        return leaves(self.after.nodes)

    @cached_property
    def lines(self) -> dict[str, str | None]:
        """The old path that each leaf of the draft continues; None for one that is new.

        Work, bonus and deduction do not continue each other.
        """
        found = continued_lines(self.before, self.after)
        return {
            path: old if old in self.old and _part(self.old[old]) is _part(leaf) else None
            for path, leaf in self.new.items()
            for old in (found[path],)
        }

    @cached_property
    def asked_anew(self) -> tuple[str, ...]:
        """The leaves that ask what last year's answers do not tell."""
        return tuple(
            path
            for path, old in self.lines.items()
            if old and not asks_the_same(self.old[old], self.new[path])
        )

    def answers(self, sheet: PastSheet) -> dict[str, Entry]:
        """Last year's answers by the path of now; typed points as `points_under` has them."""
        return {
            path: self._answer(path, old, entry)
            for path, old in self.lines.items()
            if old and (entry := sheet.entries.get(old))
            if entry.not_applicable or path not in self.asked_anew
        }

    def _answer(self, path: str, old: str, entry: Entry) -> Entry:
        asked = inputs_of(self.old[old].kind, self.old[old].rule)
        if entry.value is None or not any(one.type is InputType.POINTS for one in asked):
            return entry
        return replace(entry, value=self._points(path, old, entry.value))

    def judged(self, sheet: PastSheet) -> dict[str, Decimal]:
        """The points by path of now that are carried over instead of being computed."""
        found = {}
        for path, old in self.lines.items():
            own, given = sheet.own.get(old or ""), sheet.given.get(old or "")
            counted = own if given is None else given
            if old and counted is not None and (counted != own or path in self.asked_anew):
                found[path] = self._points(path, old, counted)
        return found

    def _points(self, path: str, old: str, points: Decimal) -> Decimal:
        return points_under(points, self.old[old], self.new[path], self.after.rules.step)


def _part(leaf: Leaf) -> Part:
    return KINDS[leaf.kind].part if leaf.kind in KINDS else Part.WORK


def asks_the_same(old: Leaf, new: Leaf) -> bool:
    """Whether last year's answer says all that the new rule asks."""
    before, after = _asked(old), _asked(new)
    return after <= before and (old.kind == new.kind or bool(after))


def _asked(leaf: Leaf) -> set[tuple[InputType, str, str]]:
    return {(one.type, one.field, one.key) for one in inputs_of(leaf.kind, leaf.rule)}


def points_under(points: Decimal, old: Leaf, new: Leaf, step: Decimal | None) -> Decimal:
    """Points of people under another maximum: those of the same level, else the same share.

    A share stands on the grid of the new leaf where it has one (`step`: that of its table), halves
    away from zero. Without a maximum, or with the same one, they stay.
    """
    if not (old.max_points and new.max_points) or old.max_points == new.max_points:
        return points
    if (level := _same_level(points, old, new)) is not None:
        return level
    share = points * new.max_points / old.max_points
    grid = _grid(new, step)
    return to_step(share, grid) if grid else share


def _same_level(points: Decimal, old: Leaf, new: Leaf) -> Decimal | None:
    """What the level that gave these points gives now; None where no level did, or it is gone."""
    known, later = _levels(old), _levels(new)
    names = (name for name, worth in known.items() if half_up(worth, 4) == half_up(points, 4))
    return next((later[name] for name in names if name in later), None)


def _levels(leaf: Leaf) -> Mapping[str, Decimal]:
    try:
        return levels(leaf.rule) or scale_of(leaf)
    except RuleError:
        return {}


def _grid(leaf: Leaf, step: Decimal | None) -> Decimal | None:
    try:
        return KINDS[leaf.kind].grid(leaf.rule, step) if leaf.kind in KINDS else None
    except RuleError:
        return None
