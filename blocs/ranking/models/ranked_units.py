"""The units of a ranking: one with its place and all that is behind it, one without and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from blocs.criteria.models.tree import Tree
from blocs.ranking.models.ranked_sheets import Grounds, why_out, worded
from blocs.reports.domain.whole_sums import WholeSums
from blocs.reports.models.reports import Report
from blocs.reports.models.sheets import Sheet
from blocs.scoring import Adjustment, Eligibility, SheetTotal
from blocs.scoring.ranking.bloc_ranking import out_words
from blocs.scoring.ranking.contenders import BlocRules, Contender, Judged
from blocs.scoring.ranking.part_year import months_taken_part, why_unranked
from blocs.scoring.ranking.ranking import Placed
from blocs.states import OPEN_STATES
from blocs.units.models.units import Unit
from blocs.years.models.years import YearMember


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
    """A unit without a place, and why; `is_final`: by a ground or the last day, not for now."""

    unit: Unit
    reason: str
    is_final: bool = False


def left_out_of(
    member: YearMember,
    reports: Mapping[int, Report],
    sheets: Mapping[int, Sheet],
    grounds: Grounds,
    judged: str,
) -> LeftOut | None:
    """The unit as one without a place; None where it has one. `judged`: why the rules say so."""
    if judged:
        return LeftOut(member.unit, judged, is_final=True)
    report, named = reports.get(member.unit_id), grounds.get(member.unit_id, [])
    if report and (reason := out_words(worded(named, report.table))):
        return LeftOut(member.unit, reason, is_final=True)
    reason = why_out(report, sheets.get(member.unit_id))
    return LeftOut(member.unit, reason) if reason else None


def unranked(member: YearMember, rules: BlocRules) -> str:
    """Why the rules give a unit of part of the year no place, also before its sheet is there."""
    taken = member.part.taken
    return why_unranked(taken, months_taken_part(taken, rules.begins_on), rules.part_year)
