"""An actual figure against a target: proportional, by bands, or points lost below it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from blocs.domain.scoring import reading
from blocs.domain.scoring.bands import band_of, bands
from blocs.domain.scoring.numbers import (
    HUNDRED,
    ZERO,
    RuleError,
    number,
    optional_number,
    show,
    started_units,
    whole_units,
)
from blocs.domain.scoring.relative import relative_to_leader, share_of_best
from blocs.domain.scoring.values import (
    MISSING,
    Context,
    Entry,
    Input,
    InputType,
    Leaf,
    LeafKind,
    Missing,
    Outcome,
    Points,
    Question,
)

NO_TARGET = Missing("Chưa nhập chỉ tiêu.")
TARGET_ZERO = Question("Chỉ tiêu phải lớn hơn 0 mới so sánh được kết quả. Vui lòng kiểm tra lại.")
COUNTED = {"exact": lambda short, each: short / each, "full": whole_units, "started": started_units}


def inputs(rule: Mapping[str, Any]) -> tuple[Input, ...]:
    """The actual figure, and the target unless the rule fixes it or needs none."""
    actual = Input(InputType.ACTUAL, "value", "Kết quả thực hiện")
    if rule.get("target") or rule.get("formula") == "share_of_best" or _is_by_value(rule):
        return (actual,)
    return (Input(InputType.TARGET, "target", "Chỉ tiêu"), actual)


def _is_by_value(rule: Mapping[str, Any]) -> bool:
    return rule.get("formula") == "bands" and rule.get("of", "value") == "value"


def check_rule(rule: Mapping[str, Any], max_points: Decimal | None = None) -> list[str]:
    """Sentences why a quantitative leaf cannot be published."""
    checks = [
        lambda: reading.optional_positive(rule, "target", "chỉ tiêu chung"),
        lambda: _known_formula(rule),
    ]
    if rule.get("formula") == "bands":
        checks.append(lambda: bands(rule))
    if rule.get("formula") == "per_percent_below":
        checks.extend(
            (
                lambda: reading.positive(rule, "lose", "số điểm bị trừ"),
                lambda: reading.optional_positive(rule, "each", "khoảng phần trăm"),
                lambda: _counted(rule),
            )
        )
    return reading.problems(checks)


def _known_formula(rule: Mapping[str, Any]) -> None:
    if rule.get("formula") not in FORMULAS:
        raise RuleError("Tiêu chí định lượng chưa chọn cách tính điểm.")


def points(leaf: Leaf, entry: Entry, context: Context) -> Outcome:
    """The points of the actual figure by the formula that the rule names."""
    if entry.value is None:
        return MISSING
    if entry.value < 0:
        return Question(f"Kết quả {show(entry.value)} là số âm. Vui lòng kiểm tra lại.")
    _known_formula(leaf.rule)
    return FORMULAS[leaf.rule["formula"]](leaf, entry, context)


def target_of(leaf: Leaf, entry: Entry) -> Decimal | None:
    """The unit's own target, else the one that the rule sets for everybody."""
    if entry.target is not None:
        return entry.target
    return optional_number(leaf.rule, "target", "chỉ tiêu chung")


def _without_target(target: Decimal | None) -> Outcome:
    return NO_TARGET if target is None else TARGET_ZERO


def proportional(leaf: Leaf, entry: Entry, context: Context) -> Outcome:
    """max × A / T, never more than the maximum (or than a stated cap)."""
    target, ceiling = target_of(leaf, entry), reading.maximum(leaf)
    if target is None or target <= 0:
        return _without_target(target)
    cap = reading.optional_positive(leaf.rule, "cap", "mức trần") or ceiling
    raw = ceiling * entry.value / target
    note = f"{show(ceiling)} × {show(entry.value)} / {show(target)} = {show(raw)}"
    if raw > cap:
        return Points(cap, f"{note}, tối đa {show(cap)}")
    return Points(raw, note)


def by_bands(leaf: Leaf, entry: Entry, context: Context) -> Outcome:
    """The points of the band that holds the value, or the percent of the target."""
    found = bands(leaf.rule)
    value = entry.value
    if not _is_by_value(leaf.rule):
        target = target_of(leaf, entry)
        if target is None or target <= 0:
            return _without_target(target)
        value = entry.value * HUNDRED / target
    band = band_of(found, value)
    if band is None:
        return reading.undefined("giá trị", value)
    return Points(band.points, f"{show(value)} thuộc bậc {band}")


def per_percent_below(leaf: Leaf, entry: Entry, context: Context) -> Outcome:
    """The maximum less `lose` for each `each` percent (1 if unsaid) below the target.

    `count` says how a begun percent counts: exact (in proportion), full, or started.
    """
    target, ceiling = target_of(leaf, entry), reading.maximum(leaf)
    if target is None or target <= 0:
        return _without_target(target)
    short = max(ZERO, (target - entry.value) * HUNDRED / target)
    each = reading.optional_positive(leaf.rule, "each", "khoảng phần trăm") or Decimal(1)
    units = COUNTED[_counted(leaf.rule)](short, each)
    lost = units * number(leaf.rule, "lose", "số điểm bị trừ")
    note = f"Thấp hơn chỉ tiêu {show(short)} %, trừ {show(lost)}"
    return Points(max(ZERO, ceiling - lost), note)


def _counted(rule: Mapping[str, Any]) -> str:
    if rule.get("count") not in COUNTED:
        raise RuleError("Quy tắc chưa nêu cách tính phần lẻ của mỗi 1 % thấp hơn chỉ tiêu.")
    return rule["count"]


FORMULAS = {
    "proportional": proportional,
    "bands": by_bands,
    "per_percent_below": per_percent_below,
    "share_of_best": share_of_best,
    "relative_to_leader": relative_to_leader,
}
FORMULA_LABELS = {
    "proportional": "Theo tỷ lệ hoàn thành chỉ tiêu",
    "bands": "Theo bậc",
    "per_percent_below": "Trừ điểm theo mỗi phần trăm thấp hơn chỉ tiêu",
    "share_of_best": "So với kết quả cao nhất của khối",
    "relative_to_leader": "So với đơn vị vượt chỉ tiêu cao nhất của khối",
}
QUANTITATIVE = LeafKind("quantitative", "Định lượng theo chỉ tiêu", inputs, check_rule, points)
