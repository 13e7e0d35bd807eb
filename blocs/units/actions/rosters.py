"""What a list would make, held between its preview and its confirmation."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from blocs.units.domain.person_rosters import RosterPerson
from blocs.units.domain.rosters import Roster
from blocs.units.domain.unit_rosters import RosterUnit
from thidua.common.stamps import stamp_of


@dataclass(frozen=True)
class RosterPlan:
    """What each line of a list would make; `mark` changes with whatever becomes of a line."""

    roster: Roster
    lines: Sequence[RosterUnit] | Sequence[RosterPerson]

    @property
    def new(self) -> list:
        """The lines of which something would be made."""
        return [line for line in self.lines if line.is_new]

    @property
    def faults(self) -> list[str]:
        """Every reason why nothing is written, with its line."""
        found = (f"Dòng {line.number}: {fault}" for line in self.lines for fault in line.faults)
        return [*self.roster.faults, *found]

    @property
    def mark(self) -> str:
        """The same for two readings in which every line becomes the same."""
        return stamp_of(*map(repr, self.new))

    def refuse(self, shown: str, *, nothing: str, changed: str) -> None:
        """ValidationError for every fault, where there is `nothing` to write, or another preview
        was `shown` than the one of now.
        """
        if self.faults:
            raise ValidationError(self.faults)
        if not self.new:
            raise ValidationError(nothing)
        if self.mark != shown:
            raise ValidationError(changed)
