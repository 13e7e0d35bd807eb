"""The units of a ranking: one with its place and all that is behind it, one without and why."""

from dataclasses import dataclass
from decimal import Decimal

from blocs.criteria.models.tree import Tree
from blocs.reports.domain.whole_sums import WholeSums
from blocs.reports.models.reports import Report
from blocs.reports.models.sheets import Sheet
from blocs.scoring import Adjustment, Eligibility, SheetTotal
from blocs.scoring.ranking.contenders import Contender, Judged
from blocs.scoring.ranking.ranking import Placed
from blocs.states import OPEN_STATES
from blocs.units.models.units import Unit

APPRAISED = "Chỉ đơn vị có đủ điểm thẩm định được xếp hạng."


@dataclass(frozen=True)
class RankedUnit:
    """A unit with its place and what is behind it; `given` counts the adjustments."""

    unit: Unit
    report: Report
    own: SheetTotal
    sheet: Sheet
    contender: Contender
    judged: Judged

    @property
    def given(self) -> SheetTotal:
        return self.judged.total

    @property
    def own_sums(self) -> WholeSums:
        """The unit's own sums; a leaf that the bloc judged may have no own points."""
        return WholeSums(self.own, self.sheet.open_paths("self_points"))

    @property
    def placed(self) -> Placed:
        if self.judged.placed is None:
            raise LookupError(f"{self.unit} has no place.")
        return self.judged.placed

    @property
    def tree(self) -> Tree:
        return self.sheet.tree

    @property
    def adjustments(self) -> tuple[Adjustment, ...]:
        return self.judged.adjustments

    @property
    def outside(self) -> Decimal:
        """The sum of what counts outside the table."""
        return sum((item.points for item in self.adjustments), Decimal(0))

    @property
    def eligibility(self) -> Eligibility:
        return self.judged.eligibility

    @property
    def is_agreed(self) -> bool:
        return self.report.state in OPEN_STATES


@dataclass(frozen=True)
class LeftOut:
    """A unit without a place, why, and by which rule.

    `is_final`: by a ground, the last day or a rule of the year, not for now.
    """

    unit: Unit
    reason: str
    rule: str = APPRAISED
    is_final: bool = False
