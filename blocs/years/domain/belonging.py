"""Where the members of a bloc and those of one of its years say different things of a unit.

The bloc says to whom it belongs from day to day, the year who is compared; neither follows the
other by itself where an office decides otherwise, so the difference is said until somebody settles
it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from blocs.units.domain.former_names import ONE_DAY
from blocs.years.domain.taking_part import Duty, YearPart, owes


@dataclass(frozen=True)
class Spell:
    """A unit belongs to the bloc from one day to another, the last one inside; None: it goes on."""

    starts_on: date
    ends_on: date | None = None
    paper: str = ""

    def covers(self, day: date) -> bool:
        """Whether the unit belongs to the bloc on that day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True)
class Gap:
    """The unit belongs to the bloc and is not in the year (`is_missing`), or the other way round.

    `since` is the day on which it came to the bloc, or from which it is gone, and `on` the first of
    it within the year; None where the bloc never knew the unit.
    """

    is_missing: bool
    since: date | None
    on: date | None
    paper: str = ""


def gap_of(
    spells: Sequence[Spell], part: YearPart | None, first: date, last: date, days: Sequence[date]
) -> Gap | None:
    """The first difference about a unit on one of these days of the year from `first` to `last`.

    `part` is None where the unit is no member of the year. What the year records for a later day
    is settled: a unit that joins, leaves or comes back then is no difference before.
    """
    for day in sorted({min(max(day, first), last) for day in days}):
        spell = next((one for one in spells if one.covers(day)), None)
        if spell and _is_outside(part, day):
            return Gap(True, spell.starts_on, _first_outside(spell, part, first), spell.paper)
        if not spell and part and part.left_on is None and owes(part, Duty.SIT, day):
            ended = [one for one in spells if one.ends_on and one.ends_on < day]
            return _left(max(ended, key=lambda one: str(one.ends_on)), first) if ended else NEVER
    return None


NEVER = Gap(False, None, None)


def _is_outside(part: YearPart | None, day: date) -> bool:
    """Whether the year knows nothing of the unit on that day, or that it has left for good."""
    return part is None or (part.left_on is not None and part.left_on <= day)


def _first_outside(spell: Spell, part: YearPart | None, first: date) -> date:
    """From when a unit of the bloc is not in the year; who left comes back after that day."""
    left = part.left_on if part else None
    return max(spell.starts_on, first, left + ONE_DAY if left else first)


def _left(spell: Spell, first: date) -> Gap:
    """The unit left the bloc with the end of this spell."""
    since = (spell.ends_on or spell.starts_on) + ONE_DAY
    return Gap(False, since, max(since, first), spell.paper)
