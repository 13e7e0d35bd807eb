"""The formulas of a quantitative leaf: from a figure and its target to points, and in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from blocs.scoring.kinds.kind import Rule
from blocs.scoring.kinds.relative import Measured, all_zero, relative_to_leader, share_of_best
from blocs.scoring.terms import reading
from blocs.scoring.terms.bands import band_of, bands, bands_words, in_band_words
from blocs.scoring.terms.numbers import (
    HUNDRED,
    ZERO,
    RuleError,
    number,
    show,
    started_units,
    whole_units,
)
from blocs.scoring.terms.values import Context, Leaf, Missing, Outcome, Points, Question

NO_TARGET = Missing("Chưa nhập chỉ tiêu.")
TARGET_ZERO = Question("Chỉ tiêu phải lớn hơn 0 mới so sánh được kết quả. Vui lòng kiểm tra lại.")
LOSE, EACH = "số điểm bị trừ", "khoảng phần trăm"


@dataclass(frozen=True)
class Begun:
    """How a begun percent counts; in a sentence, in a form, in a cell."""

    label: str
    field: str
    cell: str
    units: Callable[[Decimal, Decimal], Decimal]


COUNTED: Mapping[str, Begun] = {
    "exact": Begun(
        "phần lẻ tính theo tỷ lệ", "tính theo tỷ lệ", "theo tỷ lệ", lambda short, each: short / each
    ),
    "full": Begun(
        "chỉ tính phần trăm tròn", "chỉ tính phần trăm tròn", "chỉ phần trăm tròn", whole_units
    ),
    "started": Begun(
        "phần lẻ tính là một phần trăm",
        "phần lẻ tính là một phần trăm",
        "phần lẻ tính là một",
        started_units,
    ),
}


@dataclass(frozen=True)
class Formula:
    """One way from a figure to points; `is_plain` needs no parameter of its own."""

    label: str
    points: Callable[[Leaf, Measured, Context], Outcome]
    words: Callable[[Rule, Decimal], str]
    is_plain: bool = False
    compares: bool = False


def is_by_value(rule: Rule) -> bool:
    """Whether bands hold the value itself, so that no target is asked for."""
    return rule.get("formula") == "bands" and rule.get("of", "value") == "value"


def _without_target(target: Decimal | None) -> Outcome:
    return NO_TARGET if target is None else TARGET_ZERO


def proportional(leaf: Leaf, own: Measured, context: Context) -> Outcome:
    """max × A / T, never more than the maximum (or than a stated cap)."""
    target, ceiling = own.target, reading.maximum(leaf)
    if target is None or target <= 0:
        return _without_target(target)
    cap = reading.optional_positive(leaf.rule, "cap", "mức trần") or ceiling
    raw = ceiling * own.figure / target
    note = f"{show(ceiling)} × {show(own.figure)} / {show(target)} = {show(raw)}"
    if raw > cap:
        return Points(cap, f"{note}, tối đa {show(cap)}")
    return Points(raw, note)


def by_bands(leaf: Leaf, own: Measured, context: Context) -> Outcome:
    """The points of the band that holds the value, or the percent of the target."""
    found = bands(leaf.rule)
    value, target = own.figure, own.target
    if not is_by_value(leaf.rule):
        if target is None or target <= 0:
            return _without_target(target)
        value = value * HUNDRED / target
    band = band_of(found, value)
    if band is None:
        return reading.undefined("giá trị", value)
    return Points(band.points, in_band_words(band, value))


def per_percent_below(leaf: Leaf, own: Measured, context: Context) -> Outcome:
    """The maximum less `lose` for each `each` percent (1 if unsaid) below the target.

    `count` says how a begun percent counts: exact (in proportion), full, or started.
    """
    target, ceiling = own.target, reading.maximum(leaf)
    if target is None or target <= 0:
        return _without_target(target)
    short = max(ZERO, (target - own.figure) * HUNDRED / target)
    each = reading.optional_positive(leaf.rule, "each", EACH) or Decimal(1)
    units = counted_by(leaf.rule).units(short, each)
    lost = units * number(leaf.rule, "lose", LOSE)
    note = f"Thấp hơn chỉ tiêu {show(short)} %, trừ {show(lost)}"
    return Points(max(ZERO, ceiling - lost), note)


def counted_by(rule: Rule) -> Begun:
    """How the rule counts a begun percent; RuleError where it does not say."""
    if rule.get("count") not in COUNTED:
        raise RuleError("Quy tắc chưa nêu cách tính phần lẻ của mỗi 1 % thấp hơn chỉ tiêu.")
    return COUNTED[rule["count"]]


def _proportional_words(rule: Rule, max_points: Decimal) -> str:
    cap = reading.optional_positive(rule, "cap", "mức trần") or max_points
    return f"{show(max_points)} × kết quả / chỉ tiêu, tối đa {show(cap)} điểm."


def _bands_words(rule: Rule, max_points: Decimal) -> str:
    value = "Theo tỷ lệ đạt chỉ tiêu (%)" if rule.get("of") == "percent" else "Theo kết quả"
    return f"{value}: {bands_words(rule)}."


def _per_percent_words(rule: Rule, max_points: Decimal) -> str:
    lose = number(rule, "lose", LOSE)
    each = reading.optional_positive(rule, "each", EACH) or Decimal(1)
    begun = COUNTED.get(str(rule.get("count")))
    counted = begun.label if begun else "chưa nêu cách tính phần lẻ"
    return f"Cứ thấp hơn chỉ tiêu {show(each)} % thì trừ {show(lose)} điểm ({counted})."


def _share_words(rule: Rule, max_points: Decimal) -> str:
    return (
        f"{show(max_points)} × kết quả / kết quả cao nhất của các đơn vị.{all_zero(rule).sentence}"
    )


def _leader_words(rule: Rule, max_points: Decimal) -> str:
    half = show(max_points / 2)
    return (
        f"Đạt chỉ tiêu được {half} điểm; phần vượt được thêm đến {half} điểm, so với đơn vị vượt "
        f"chỉ tiêu cao nhất của các đơn vị.{all_zero(rule).sentence}"
    )


FORMULAS: Mapping[str, Formula] = {
    "proportional": Formula(
        "Theo tỷ lệ hoàn thành chỉ tiêu", proportional, _proportional_words, is_plain=True
    ),
    "bands": Formula("Theo bậc", by_bands, _bands_words),
    "per_percent_below": Formula(
        "Trừ điểm theo mỗi phần trăm thấp hơn chỉ tiêu", per_percent_below, _per_percent_words
    ),
    "share_of_best": Formula(
        "So với kết quả cao nhất của các đơn vị",
        share_of_best,
        _share_words,
        is_plain=True,
        compares=True,
    ),
    "relative_to_leader": Formula(
        "So với đơn vị vượt chỉ tiêu cao nhất của các đơn vị",
        relative_to_leader,
        _leader_words,
        is_plain=True,
        compares=True,
    ),
}
FORMULA_LABELS = {code: formula.label for code, formula in FORMULAS.items()}
COMPARING = tuple(code for code, formula in FORMULAS.items() if formula.compares)
PLAIN_LABELS = {code: one.label for code, one in FORMULAS.items() if one.is_plain}


def formula_of(rule: Rule) -> Formula:
    """The formula that the rule names; RuleError where it names none."""
    formula = FORMULAS.get(str(rule.get("formula")))
    if formula is None:
        raise RuleError("Tiêu chí định lượng chưa chọn cách tính điểm.")
    return formula
