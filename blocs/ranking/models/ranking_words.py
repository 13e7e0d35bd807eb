"""What a ranking says in words: its rules, what settled a place, the figures as printed."""

from functools import cached_property

from blocs.ranking.models.ranked_units import RankedUnit
from blocs.ranking.models.sections import sections_compared
from blocs.scoring.ranking.class_words import band_sentence
from blocs.scoring.ranking.comparing import compared_whole
from blocs.scoring.ranking.contenders import BlocRules
from blocs.scoring.ranking.part_year import YEAR_MONTHS, PartYear, part_year_sentence
from blocs.scoring.ranking.ranking import DECIDED, compared_by, tie_rule_sentence
from blocs.years.models.years import BlocYear
from thidua.common.vietnamese.bloc_words import in_words_of
from thidua.common.vietnamese.numbers import format_decimal, format_trimmed

# Points have no more decimals than these.
EXACT = 4
SCALED_CLASSES = (
    "Các bảng chấm điểm có điểm tối đa khác nhau nên tổng điểm, điểm nhiệm vụ, điểm thưởng, điểm "
    "trừ trong điều kiện xếp loại tính theo % điểm tối đa của bảng."
)


GROUP_RULE = (
    "Các đơn vị được chấm theo bảng chấm điểm của nhóm với điểm tối đa khác nhau ({}), nên cả khối "
    "xếp hạng theo tỷ lệ % giữa tổng điểm và điểm tối đa."
)
COMMON = "bảng chung"
LEFT_OUT_RULE = (
    "Có đơn vị không được giao một số chỉ tiêu nên xếp hạng theo tỷ lệ % giữa tổng điểm và điểm "
    "tối đa của các tiêu chí được giao."
)
UNUSABLE = "Không xét {}, vì không phải bảng chấm điểm nào của khối cũng có mục này cùng tên."


def rounding_sentence(decimals: int, *, by_percent: bool = False) -> str:
    """How the figures of a ranking are printed, and what of them is compared."""
    compared = "tỷ lệ đạt" if by_percent else "tổng điểm"
    return (
        f"Số liệu in đến {decimals} chữ số thập phân, phần bằng hoặc quá nửa làm tròn lên; thứ "
        f"hạng so sánh {compared} chưa làm tròn."
    )


class RankingWords:
    """The sentences and printed figures of a `Ranking`, which has the facts."""

    bloc_year: BlocYear
    rows: tuple[RankedUnit, ...]
    excluded: tuple[RankedUnit, ...]
    rules: BlocRules
    by_percent: bool
    unusable: tuple[str, ...]
    shares: tuple[str, ...]
    decimals: int

    @property
    def tie_rules(self) -> tuple[str, ...]:
        return self.rules.tie_rules

    @property
    def tie_rule(self) -> str:
        """The sentences printed under the table: what settles equals, and what cannot."""
        usable = [rule for rule in self.tie_rules if rule not in self.unusable]
        told = tie_rule_sentence(
            usable,
            sections=self.compared_sections,
            by_percent=self.by_percent,
            shares=self.shares,
        )
        left_out = in_words_of(self.bloc_year.bloc.word, UNUSABLE)
        return " ".join((told, *(left_out.format(compared_by(rule)) for rule in self.unusable)))

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
        is_share = rule in self.shares
        words = compared_by(rule, self.compared_sections, is_share=is_share)
        return f"{words}: {format_trimmed(figure, EXACT)}{'%' if is_share else ''}"

    @property
    def decided_words(self) -> tuple[str, ...]:
        """«Sở A hạng 1, Sở B hạng 2 (lý do: …)» for each order of equals that people decided."""
        found: dict[tuple[str, str], list[str]] = {}
        for row in self.rows:
            if (one := row.contender.decided) and row.placed.decided_by == DECIDED:
                words = f"{row.unit.name} hạng {row.placed.place}"
                found.setdefault((one.group, one.reason), []).append(words)
        return tuple(
            f"{', '.join(units)} (lý do: {reason.rstrip(' .;')})"
            for (_, reason), units in found.items()
        )

    @property
    def printed_rule(self) -> str:
        """Groups, order of equals, rounding, parts of the year: it stands under every ranking."""
        told = (
            self.group_rule or self.left_out_rule,
            self.tie_rule,
            self.rounding_rule,
            self.part_year_rule,
        )
        return " ".join(filter(None, told))

    @cached_property
    def shows_groups(self) -> bool:
        """Units are scored by the tables of their groups: each is shown with its group."""
        return any(row.report.table.group_id for row in (*self.rows, *self.excluded))

    @property
    def group_rule(self) -> str:
        """Why percents are compared, and of which maxima; empty where all have the same."""
        if not self.rules.by_percent:
            return ""
        rows = (*self.rows, *self.excluded)
        tables = {row.report.table_id: row.report.table for row in rows}.values()
        maxima = dict.fromkeys(
            f"{table.group_words or COMMON} {format_trimmed(table.total_max, EXACT)} điểm"
            for table in sorted(tables, key=lambda table: (table.group_id or 0, table.pk))
        )
        return in_words_of(self.bloc_year.bloc.word, GROUP_RULE).format("; ".join(maxima))

    @property
    def left_out_rule(self) -> str:
        """Why percents are compared of units of one table; empty where totals are."""
        return LEFT_OUT_RULE if self.by_percent else ""

    def group_name(self, row: RankedUnit) -> str:
        """The group of the unit; of the common table a word for it."""
        group = row.report.table.group
        return group.name if group else COMMON

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
        whole = compared_whole(row.given, self.rules, by_percent=self.by_percent)
        unit = "%" if self.by_percent else " điểm"
        figure, compared = format_decimal(whole, self.decimals), self.printed_compared[row.unit.pk]
        return f"{words}: {figure} × {months:02d}/{YEAR_MONTHS} = {compared}{unit}"

    @property
    def rounding_rule(self) -> str:
        """How figures are rounded for print, and that places compare what is not rounded."""
        return rounding_sentence(self.decimals, by_percent=self.by_percent)

    @property
    def class_rule(self) -> str:
        """The conditions of the classes as they stand under the table; empty without classes."""
        if not self.bands:
            return ""
        words = " ".join(band_sentence(band) for band in self.bands)
        told = f"Xếp loại theo mức cao nhất mà mọi điều kiện đều đúng. {words}"
        return f"{told} {SCALED_CLASSES}" if self.rules.by_percent else told

    @cached_property
    def printed_totals(self) -> dict[int, str]:
        """The points of every unit that has a place, as all papers and pages print them."""
        return {row.unit.pk: format_decimal(row.given.total, self.decimals) for row in self.rows}

    @cached_property
    def printed_compared(self) -> dict[int, str]:
        """The figure of every unit that has a place, as it was compared and is printed."""
        return {row.unit.pk: format_decimal(row.placed.total, self.decimals) for row in self.rows}

    @cached_property
    def printed_shares(self) -> dict[int, str]:
        """The percent that each unit with a place has reached; empty without a maximum."""
        return {
            row.unit.pk: f"{format_decimal(row.given.percent, self.decimals)}%"
            if row.given.percent is not None
            else ""
            for row in self.rows
        }

    @cached_property
    def printed_maxima(self) -> dict[int, str]:
        """What the percent of each unit with a place is of."""
        return {row.unit.pk: format_trimmed(row.given.percent_of, EXACT) for row in self.rows}

    @cached_property
    def standings(self) -> dict[int, tuple[str, str]]:
        """For papers of awards: the figure each unit was placed by, and its total if another."""
        unit, found = "%" if self.by_percent else "", {}
        for pk, total in self.printed_totals.items():
            figure = f"{self.printed_compared[pk]}{unit}"
            whole = f"{total}/{self.printed_maxima[pk]}" if self.by_percent else total
            found[pk] = (figure, "" if figure == total else f"(tổng điểm {whole})")
        return found

    @cached_property
    def printed_results(self) -> dict[int, str]:
        """The points where a unit is named with them: «98,50», by percent «98,50/120 (82,08%)»."""
        if not self.by_percent:
            return self.printed_totals
        maxima, shares = self.printed_maxima, self.printed_shares
        return {
            unit: f"{total}/{maxima[unit]} ({shares[unit]})"
            for unit, total in self.printed_totals.items()
        }
