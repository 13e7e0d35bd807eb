"""The ranking of a bloc year, computed from what was sealed, before that from the points of now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from blocs.criteria.models.tables_in_force import tables_in_force
from blocs.ranking.models.ranked_sheets import (
    Grounds,
    bloc_rules_of,
    contenders_of,
    grounds_in_force,
    members_of,
    sheets_of,
    worded,
)
from blocs.ranking.models.ranked_units import LeftOut, RankedUnit, left_out_of, unranked
from blocs.ranking.models.sealed_contenders import sealed_contenders
from blocs.ranking.models.seals import RankingSeal, last_seal
from blocs.ranking.models.sections import sections_compared
from blocs.reports.models.reports import Report
from blocs.reports.models.sheets import Sheet
from blocs.scoring import ClassBand, Eligibility, eligibility
from blocs.scoring.ranking.bloc_ranking import BlocRules, Contender, Judged, rank_bloc
from blocs.scoring.ranking.classification import class_limits
from blocs.scoring.ranking.part_year import (
    YEAR_MONTHS,
    PartYear,
    part_year_sentence,
)
from blocs.scoring.ranking.ranking import compared_by, decimals_to_show, tie_rule_sentence
from blocs.scoring.totals.tables import Node
from blocs.units.models.units import Unit
from blocs.years.domain.scoring_words import band_sentence
from blocs.years.models.regulation import PRINTED_PLACES, printed_places
from blocs.years.models.years import BlocYear, YearMember
from thidua.common.vietnamese.numbers import format_decimal, format_trimmed

PLACES = PRINTED_PLACES
# Points have no more decimals than these.
EXACT = 4


@dataclass(frozen=True)
class Ranking:
    """Places of a bloc year, best first; `out` are the units without a place.

    `excluded`: those of them whose appraised sheet counts for nothing. `by_percent`: units have
    different maxima, so the share of the own maximum is compared.
    """

    bloc_year: BlocYear
    rows: tuple[RankedUnit, ...]
    excluded: tuple[RankedUnit, ...]
    out: tuple[LeftOut, ...]
    rules: BlocRules
    by_percent: bool

    @property
    def is_agreed(self) -> bool:
        """The conference has agreed the points of every unit that has a place."""
        return bool(self.rows) and all(row.is_agreed for row in self.rows)

    @property
    def tie_rules(self) -> tuple[str, ...]:
        return self.rules.tie_rules

    @property
    def tie_rule(self) -> str:
        """The sentence printed under the table."""
        return tie_rule_sentence(self.tie_rules, sections=self.compared_sections)

    @cached_property
    def compared_sections(self) -> dict[str, str]:
        """The sections of the table that each tie rule compares, in words."""
        return sections_compared(self.rows, self.tie_rules)

    def tie_figure(self, row: RankedUnit) -> str:
        """«điểm thưởng (mục IV): 3,5»: what was compared of a unit whose total is not alone.

        The figure is exact, as it was compared; empty where the total settled the place.
        """
        rule, figure = row.placed.decided_by, row.placed.figure
        if rule is None or figure is None:
            return ""
        return f"{compared_by(rule, self.compared_sections)}: {format_trimmed(figure, EXACT)}"

    @property
    def printed_rule(self) -> str:
        """Order of equals, rounding, units of part of the year: it stands under every ranking."""
        return " ".join(filter(None, (self.tie_rule, self.rounding_rule, self.part_year_rule)))

    @property
    def part_year_rule(self) -> str:
        """How units of part of the year are compared; empty where all took part in the whole."""
        short = [one for one in (*self.rows, *self.excluded) if one.judged.months < YEAR_MONTHS]
        if not short:
            return ""
        return part_year_sentence(self.rules.part_year, short[0].contender.table.rules.decimals)

    @property
    def compares_months(self) -> bool:
        """A unit with a place is compared by its months: the compared figure has a column."""
        is_short = any(row.judged.months < YEAR_MONTHS for row in self.rows)
        return is_short and self.rules.part_year == PartYear.BY_MONTHS

    @property
    def compared_heading(self) -> str:
        """What the column of the compared figures is called."""
        return "Tỷ lệ so sánh (%)" if self.by_percent else "Điểm so sánh"

    def compared_words(self, row: RankedUnit) -> str:
        """«tham gia từ 01/09/2026, so sánh theo 04/12 tháng: 95,00 × 04/12 = 31,67 điểm».

        Empty for a unit of the whole year.
        """
        words, months = row.judged.part_words, row.judged.months
        if not words or self.rules.part_year != PartYear.BY_MONTHS:
            return words
        whole = row.given.comparable if self.by_percent else row.given.total
        unit = "%" if self.by_percent else " điểm"
        figure, compared = format_decimal(whole, self.decimals), self.printed_compared[row.unit.pk]
        return f"{words}: {figure} × {months:02d}/{YEAR_MONTHS} = {compared}{unit}"

    @property
    def rounding_rule(self) -> str:
        """How figures are rounded for print, and that places compare what is not rounded."""
        compared = "tỷ lệ đạt" if self.by_percent else "tổng điểm"
        return (
            f"Số liệu in đến {self.decimals} chữ số thập phân, phần bằng hoặc quá nửa làm tròn "
            f"lên; thứ hạng so sánh {compared} chưa làm tròn."
        )

    @property
    def bands(self) -> tuple[ClassBand, ...]:
        return self.rules.bands

    @property
    def class_rule(self) -> str:
        """The conditions of the classes as they stand under the table; empty without classes."""
        if not self.bands:
            return ""
        words = " ".join(band_sentence(band) for band in self.bands)
        return f"Xếp loại theo mức cao nhất mà mọi điều kiện đều đúng. {words}"

    @property
    def open_ties(self) -> tuple[str, ...]:
        """Names of units whose order the tie rules leave to people."""
        return tuple(row.unit.name for row in self.rows if row.placed.is_open)

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
    def printed_totals(self) -> dict[int, str]:
        """The points of every unit that has a place, as all papers and pages print them."""
        return {row.unit.pk: format_decimal(row.given.total, self.decimals) for row in self.rows}

    @cached_property
    def printed_compared(self) -> dict[int, str]:
        """The figure of every unit that has a place, as it was compared and is printed."""
        return {row.unit.pk: format_decimal(row.placed.total, self.decimals) for row in self.rows}

    @cached_property
    def standings(self) -> dict[int, tuple[str, str]]:
        """For papers of awards: the figure each unit was placed by, and its total if another."""
        unit, found = "%" if self.by_percent else "", {}
        for pk, total in self.printed_totals.items():
            figure = f"{self.printed_compared[pk]}{unit}"
            found[pk] = (figure, "" if figure == total else f"(tổng điểm {total})")
        return found

    @cached_property
    def decimals(self) -> int:
        """Places after the comma, enough to tell different totals apart and to show their class."""
        totals = [row.given.total for row in self.rows]
        percents = [row.given.percent for row in self.rows if row.given.percent is not None]
        # Those of a part of the year are other figures than the totals.
        (percents if self.by_percent else totals).extend(row.placed.total for row in self.rows)
        limits = class_limits(self.bands)
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
    def sections(self) -> tuple[Node, ...]:
        """The top lines of the table, the columns of the summary."""
        return self.rows[0].tree.nodes if self.rows else ()


def ranking_of(bloc_year: BlocYear) -> Ranking:
    """The ranking of the year: the sealed one, before that what the points of now give.

    As many queries for any number of units. Who may see it before the conference has agreed it is
    the caller's question.
    """
    return _ranking(bloc_year, last_seal(bloc_year))


def ranking_now(bloc_year: BlocYear) -> Ranking:
    """What points, days and grounds of now give, whatever was sealed: to be compared with it."""
    return _ranking(bloc_year, None)


def _ranking(bloc_year: BlocYear, seal: RankingSeal | None) -> Ranking:
    sealed = seal.units if seal else ()
    rules, members = bloc_rules_of(bloc_year), members_of(bloc_year, sealed)
    reports = {report.unit_id: report for report in bloc_year.reports.select_related("table")}
    grounds = grounds_in_force(bloc_year)
    sheets = sheets_of(bloc_year, reports.values(), sealed)
    contenders = _contenders(members, sheets, grounds, rules, seal)
    result = rank_bloc(tuple(contenders.values()), rules)
    judged_out = {judged.unit: judged.out_reason for judged in result.out}
    found = (
        left_out_of(
            member,
            reports,
            sheets,
            grounds,
            judged_out.get(member.unit_id) or unranked(member, rules),
        )
        for member in members
        if member.unit_id not in sealed or member.unit_id in judged_out
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
    )


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
