"""The ranking of a bloc year, computed from what was sealed, before that from the points of now."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from blocs.criteria.models.tables_in_force import tables_in_force
from blocs.ranking.models.left_out import judged_out, left_out_of
from blocs.ranking.models.ranked_sheets import (
    ORDERS,
    Grounds,
    bloc_rules_of,
    contenders_of,
    grounds_in_force,
    members_of,
    sheets_of,
    worded,
)
from blocs.ranking.models.ranked_units import LeftOut, RankedUnit
from blocs.ranking.models.ranking_words import RankingWords
from blocs.ranking.models.sealed_contenders import sealed_contenders
from blocs.ranking.models.seals import RankingSeal, seals_of
from blocs.reports.models.reports import Report
from blocs.reports.models.sheets import Sheet
from blocs.scoring import ClassBand, Eligibility, eligibility
from blocs.scoring.ranking.bloc_ranking import rank_bloc
from blocs.scoring.ranking.classification import class_limits
from blocs.scoring.ranking.contenders import BlocRules, Contender, Judged
from blocs.scoring.ranking.ranking import DECIDED, decimals_to_show
from blocs.scoring.totals.tables import Node
from blocs.units.models.units import Unit
from blocs.years.models.regulation import PRINTED_PLACES, printed_places
from blocs.years.models.years import BlocYear, YearMember

PLACES = PRINTED_PLACES


@dataclass(frozen=True)
class Ranking(RankingWords):
    """Places of a bloc year, best first; `out` are the units without a place.

    `excluded`: those of them whose appraised sheet counts for nothing. `by_percent`: units have
    different maxima, so the share of the own maximum is compared. `unusable` tie rules are left
    out, `shares` compare percent (`BlocResult`).
    """

    bloc_year: BlocYear
    rows: tuple[RankedUnit, ...]
    excluded: tuple[RankedUnit, ...]
    out: tuple[LeftOut, ...]
    rules: BlocRules
    by_percent: bool
    unusable: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()
    # Every seal of the year, that of the minutes first.
    seals: tuple[RankingSeal, ...] = ()

    @property
    def is_agreed(self) -> bool:
        """The conference has agreed the points of every unit that has a place."""
        return bool(self.rows) and all(row.is_agreed for row in self.rows)

    @property
    def bands(self) -> tuple[ClassBand, ...]:
        return self.rules.bands

    @property
    def open_ties(self) -> tuple[str, ...]:
        """Names of units whose order the tie rules leave to people."""
        return tuple(row.unit.name for row in self.rows if row.placed.is_open)

    @property
    def equal_groups(self) -> list[tuple[RankedUnit, ...]]:
        """Units whose order people say, or have said: each group of equals, best first."""
        found: dict[str, list[RankedUnit]] = {}
        for row in self.rows:
            decided = row.contender.decided
            if row.placed.is_open:
                found.setdefault(f"hạng {row.placed.place}", []).append(row)
            elif row.placed.decided_by == DECIDED and decided:
                found.setdefault(decided.group, []).append(row)
        return [tuple(rows) for rows in found.values()]

    @property
    def questions(self) -> tuple[tuple[str, str], ...]:
        """Units whose result no class covers, each with the question."""
        return tuple(
            (row.unit.name, row.judged.question) for row in self.rows if row.judged.question
        )

    @property
    def held(self) -> tuple[RankedUnit, ...]:
        """Units that keep their place while an award waits for a conclusion."""
        return tuple(row for row in self.rows if row.eligibility.is_held)

    @cached_property
    def decimals(self) -> int:
        """Places after the comma, enough to tell different totals apart and to show their class."""
        totals = [row.given.total for row in self.rows]
        percents = [row.given.percent for row in self.rows if row.given.percent is not None]
        # Those of a part of the year are other figures than the totals.
        (percents if self.by_percent else totals).extend(row.placed.total for row in self.rows)
        limits = class_limits(self.bands)
        if self.rules.by_percent:
            limits = {"total": [], "percent": [*limits["total"], *limits["percent"]]}
        found = decimals_to_show(totals, at_least=self.point_decimals, limits=limits["total"])
        if not (self.by_percent or limits["percent"]):
            return found
        return decimals_to_show(percents, at_least=found, limits=limits["percent"])

    @cached_property
    def point_decimals(self) -> int:
        """Places after the comma on paper: those of the year's own rule on printing, else so many
        that no point that was given is printed rounded."""
        finest = [row.sheet.report.table.settings.get("decimals") or 0 for row in self.rows]
        return printed_places(self.bloc_year, *finest)

    @property
    def by_table(self) -> list[tuple[RankedUnit, ...]]:
        """The rows of each table, best first, in the order of the groups of units."""
        tables = {row.report.table_id: row.report.table for row in self.rows}
        order = sorted(
            tables.values(), key=lambda one: (one.group.order if one.group else 0, one.pk)
        )
        return [
            tuple(row for row in self.rows if row.report.table_id == table.pk) for table in order
        ]

    @cached_property
    def sections(self) -> tuple[Node, ...]:
        """The top lines of the table, the columns of the summary; none that not all tables have."""
        trees = {row.report.table_id: row.tree for row in self.rows}
        tops = [
            [(node.code, node.name, node.is_group) for node in tree.nodes]
            for tree in trees.values()
        ]
        return self.rows[0].tree.nodes if tops and tops.count(tops[0]) == len(tops) else ()


def ranking_of(bloc_year: BlocYear) -> Ranking:
    """The ranking of the year: the sealed one, before that what the points of now give.

    As many queries for any number of units. Who may see it before the conference has agreed it is
    the caller's question.
    """
    return _ranking(bloc_year, seals_of(bloc_year), is_sealed=True)


def ranking_now(bloc_year: BlocYear, last: RankingSeal | None = None) -> Ranking:
    """What points, days and grounds of now give, whatever was sealed: to be compared with it.

    `last` is the last seal where it was read already.
    """
    return _ranking(bloc_year, [last] if last else seals_of(bloc_year), is_sealed=False)


def _ranking(bloc_year: BlocYear, seals: Sequence[RankingSeal], *, is_sealed: bool) -> Ranking:
    last = seals[-1] if seals else None
    seal = last if is_sealed else None
    sealed = seal.units if seal else ()
    rules, members = bloc_rules_of(bloc_year, last), members_of(bloc_year, sealed)
    reports = {
        report.unit_id: report for report in bloc_year.reports.select_related("table__group")
    }
    grounds = grounds_beside(members, sealed, bloc_year)
    sheets = sheets_of(bloc_year, reports.values(), sealed)
    contenders = _contenders(members, sheets, grounds, rules, seal)
    if seal is None:
        contenders = with_decisions(contenders, bloc_year)
    result = rank_bloc(tuple(contenders.values()), rules)
    out = {judged.unit: judged for judged in result.out}
    found = (
        judged_out(member.unit, out[member.unit_id], contenders[member.unit_id], rules)
        if member.unit_id in out
        else left_out_of(member, reports, sheets, grounds, rules)
        for member in members
        if member.unit_id not in sealed or member.unit_id in out
    )
    units = {member.unit_id: member.unit for member in members}
    ranked, excluded = (
        tuple(
            _ranked_unit(judged, units, reports, sheets, contenders[judged.unit]) for judged in part
        )
        for part in (result.ranked, result.out)
    )
    return Ranking(
        bloc_year=bloc_year,
        rows=ranked,
        excluded=excluded,
        out=tuple(left for left in found if left),
        rules=rules,
        by_percent=result.by_percent,
        unusable=result.unusable,
        shares=result.shares,
        seals=tuple(seals),
    )


def grounds_beside(
    members: Iterable[YearMember], sealed: Collection[int], bloc_year: BlocYear
) -> Grounds:
    """The grounds in force; none where a seal holds those of all the units."""
    is_whole = {member.unit_id for member in members} <= {*sealed}
    return {} if is_whole else grounds_in_force(bloc_year)


def _contenders(
    members: Iterable[YearMember],
    sheets: Mapping[int, Sheet],
    grounds: Grounds,
    rules: BlocRules,
    seal: RankingSeal | None,
) -> dict[int, Contender]:
    """The units as they were sealed, before that as sheets and grounds of now give them."""
    if seal is None:
        return {one.unit: one for one in contenders_of(members, sheets, grounds, rules)}
    return sealed_contenders(seal, {member.unit_id: member.order for member in members})


def with_decisions(
    contenders: Mapping[int, Contender], bloc_year: BlocYear
) -> dict[int, Contender]:
    """The units with what sittings of the year decided of the order of equals; the last counts."""
    decided = {unit: one for told in ORDERS for unit, one in told(bloc_year).items()}
    return {unit: replace(one, decided=decided.get(unit)) for unit, one in contenders.items()}


def _ranked_unit(
    judged: Judged,
    units: Mapping[int, Unit],
    reports: Mapping[int, Report],
    sheets: Mapping[int, Sheet],
    contender: Contender,
) -> RankedUnit:
    """The unit with all that is behind its result."""
    return RankedUnit(
        unit=units[judged.unit],
        report=reports[judged.unit],
        own=sheets[judged.unit].stored_total(),
        sheet=sheets[judged.unit],
        contender=contender,
        judged=judged,
    )


def award_limits(bloc_year: BlocYear) -> dict[int, Eligibility]:
    """What grounds that hold now leave open for a unit's award, by unit; others have no limit."""
    if not (grounds := grounds_in_force(bloc_year)):
        return {}
    in_force = tables_in_force(bloc_year)
    found = ((unit, in_force.of(unit), rows) for unit, rows in grounds.items())
    limits = {unit: eligibility(worded(rows, table)) for unit, table, rows in found if table}
    return {unit: state for unit, state in limits.items() if state != Eligibility()}
