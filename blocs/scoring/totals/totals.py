"""The rules of a table for summing up, and the result of a sheet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from blocs.scoring.terms.numbers import HUNDRED, half_up, show
from blocs.scoring.terms.values import Outcome
from blocs.scoring.totals.tree import Node

# Shares that settle a tie or a class are compared as they can be printed.
SCALED_DECIMALS = 4
EXCLUDE, FULL, RESCALE = "exclude", "full", "rescale"
NOT_APPLICABLE_MODES = {
    EXCLUDE: "Bỏ ra khỏi cả điểm đạt và điểm tối đa",
    FULL: "Tính đủ điểm tối đa",
    RESCALE: "Quy đổi về điểm tối đa chung",
}


@dataclass(frozen=True)
class TableRules:
    """The rules of one table for summing up; None means that the table states no such rule.

    bonus_cap: most bonus points in all; deduction_floor: the deduction part never falls below
    this number (≤ 0); total_floor: nor the total below this one; may_exceed_total: False cuts
    the total at total_max; decimals: points of a leaf and the total are rounded half-up to so
    many; step: grid for typed points; round_to_step: computed points are rounded half-up to it;
    percent_decimals: the percent is rounded half-up to so many; empty_is_zero: a leaf of the work
    part that was left empty counts 0 instead of being missing. That one is a rule of the year.
    """

    total_max: Decimal | None = None
    bonus_cap: Decimal | None = None
    deduction_floor: Decimal | None = None
    total_floor: Decimal | None = None
    may_exceed_total: bool = True
    decimals: int | None = None
    step: Decimal | None = None
    round_to_step: bool = False
    percent_decimals: int | None = None
    not_applicable: str = EXCLUDE
    empty_is_zero: bool = False


@dataclass(frozen=True)
class Adjustment:
    """Points given or taken outside the table, such as for late papers."""

    name: str
    points: Decimal


@dataclass(frozen=True)
class SheetTotal:
    """The result of one sheet; `total` = work + bonus + deduction unless a limit cut it.

    groups: what is counted of each group, by path; cuts: in words, what the limit of a group
    changed; cut_notes: the same as sentences with the name of the group; asked: what the rules
    leave open and people confirm, as sentences; deduction is ≤ 0; missing: leaves that must still
    be filled in; notes: which limits changed a sum, those of groups included, and what is asked.
    """

    total: Decimal
    work: Decimal
    bonus: Decimal
    deduction: Decimal
    assigned_max: Decimal
    percent: Decimal | None
    groups: Mapping[str, Decimal]
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    cuts: Mapping[str, str] = field(default_factory=dict)
    cut_notes: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    questions: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    is_compared_by_percent: bool = False
    # What the percent is of: the maximum assigned to the unit, or that of the whole table.
    percent_of: Decimal = Decimal(0)

    @property
    def comparable(self) -> Decimal:
        """What the ranking compares: the percent where units have different maxima."""
        return (
            self.total if not self.is_compared_by_percent or self.percent is None else self.percent
        )

    def scaled(self, points: Decimal) -> Decimal:
        """Points of this sheet in percent of what its total is in percent of; 0 without that."""
        if not self.percent_of:
            return Decimal(0)
        return half_up(points * HUNDRED / self.percent_of, SCALED_DECIMALS)


def part_points(total: SheetTotal, node: Node) -> Decimal:
    """The points of one top line of the table, group or single leaf."""
    if node.is_group:
        return total.groups.get(node.code, Decimal(0))
    outcome = total.outcomes.get(node.code)
    return getattr(outcome, "points", Decimal(0))


# What stands beside a leaf that counts 0 because nobody answered it.
COUNTED_ZERO = "để trống, tính 0 điểm theo quy định của năm"
EMPTY_IS_ZERO = "Tiêu chí chính để trống được tính 0 điểm theo quy định của năm."
NOT_APPLICABLE_WORDS = {
    "exclude": "Tiêu chí không giao cho đơn vị được bỏ ra khỏi cả điểm đạt và điểm tối đa; khi đó "
    "xếp hạng theo tỷ lệ đạt.",
    "full": "Tiêu chí không giao cho đơn vị được tính đủ điểm tối đa.",
    "rescale": "Tiêu chí không giao cho đơn vị được bỏ ra, tổng điểm quy đổi về điểm tối đa chung.",
}


def summing_words(rules: TableRules) -> tuple[str, ...]:
    """How the points of the leaves become a total, rule by rule."""
    may = "được" if rules.may_exceed_total else "không được"
    found = [f"Tổng điểm {may} vượt tổng điểm tối đa nhờ điểm thưởng."]
    if rules.bonus_cap is not None:
        found.append(f"Điểm thưởng tính tối đa {show(rules.bonus_cap)} điểm.")
    if rules.deduction_floor is not None:
        found.append(f"Điểm trừ tính tối đa {show(-rules.deduction_floor)} điểm.")
    if rules.total_floor is not None:
        found.append(f"Tổng điểm không thấp hơn {show(rules.total_floor)}.")
    if rules.step is not None:
        found.append(f"Điểm chấm theo bước {show(rules.step)}{_grid(rules)}.")
    if rules.decimals is not None:
        found.append(f"Điểm của từng tiêu chí làm tròn đến {rules.decimals} chữ số thập phân.")
    if rules.empty_is_zero:
        found.append(EMPTY_IS_ZERO)
    return (*found, NOT_APPLICABLE_WORDS[rules.not_applicable])


def _grid(rules: TableRules) -> str:
    return "; điểm do phần mềm tính cũng làm tròn theo bước đó" if rules.round_to_step else ""
