"""So many points for each occurrence: work with a ceiling, bonus, deduction."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from blocs.domain.scoring import reading
from blocs.domain.scoring.numbers import ONE, ZERO, RuleError, is_multiple, show
from blocs.domain.scoring.values import (
    MISSING,
    Context,
    Entry,
    Input,
    InputType,
    Leaf,
    LeafKind,
    Outcome,
    Part,
    Points,
    Question,
    Waiting,
)

PER_UNIT = "số điểm cho mỗi trường hợp"
CAP = "mức trần"


def count_inputs(rule: Mapping[str, Any]) -> tuple[Input, ...]:
    """The number of occurrences."""
    return (Input(InputType.COUNT, "value", "Số lượng"),)


def bonus_inputs(rule: Mapping[str, Any]) -> tuple[Input, ...]:
    """The number of occurrences, or the points themselves when the rule prices no occurrence."""
    if "per_unit" in rule:
        return count_inputs(rule)
    return (Input(InputType.POINTS, "value", "Điểm"),)


def check_occurrences(rule: Mapping[str, Any], max_points: Decimal | None = None) -> list[str]:
    """Sentences why a leaf priced by occurrence cannot be published."""
    return reading.problems(
        (
            lambda: reading.positive(rule, "per_unit", PER_UNIT),
            lambda: _cap_fits(rule, max_points),
        )
    )


def check_extra(rule: Mapping[str, Any], max_points: Decimal | None = None) -> list[str]:
    """Sentences why a bonus or deduction leaf cannot be published."""
    return reading.problems(
        (
            lambda: reading.optional_positive(rule, "per_unit", PER_UNIT),
            lambda: _cap_fits(rule, max_points),
        )
    )


def _cap_fits(rule: Mapping[str, Any], max_points: Decimal | None) -> None:
    cap = reading.optional_positive(rule, "cap", CAP)
    if cap is not None and max_points and cap > max_points:
        raise RuleError(f"Mức trần {show(cap)} vượt điểm tối đa {show(max_points)}.")


def occurrence_points(leaf: Leaf, entry: Entry, context: Context) -> Outcome:
    """Count × points, cut at the ceiling (the stated cap, else the maximum of the leaf)."""
    return _priced(leaf, entry)


def bonus_points(leaf: Leaf, entry: Entry, context: Context) -> Outcome:
    """Bonus by occurrence or typed, cut at its own ceiling; none where its condition fails.

    `needs_full` in the rule names the item (path in the table) that must have its full standard
    score. Without a stated cap or maximum the bonus has no ceiling.
    """
    needed = leaf.rule.get("needs_full")
    outcome = _priced(leaf, entry)
    if not needed or not isinstance(outcome, Points):
        return outcome
    if context.full_paths is None:
        return Waiting(f"Điểm thưởng chờ kết quả của mục {needed}.")
    if needed not in context.full_paths:
        return Points(ZERO, f"Không thưởng: mục {needed} chưa đạt đủ điểm chuẩn")
    return outcome


def deduction_points(leaf: Leaf, entry: Entry, context: Context) -> Outcome:
    """The points taken off, as a negative number, cut at the cap."""
    outcome = _priced(leaf, entry)
    if not isinstance(outcome, Points):
        return outcome
    return Points(-outcome.points, f"Trừ {outcome.note}" if outcome.note else "")


def _priced(leaf: Leaf, entry: Entry) -> Outcome:
    if entry.value is None:
        return MISSING
    if entry.value < 0:
        return Question(f"Số {show(entry.value)} là số âm. Vui lòng kiểm tra lại.")
    each = reading.optional_positive(leaf.rule, "per_unit", PER_UNIT)
    if each is not None and not leaf.rule.get("fractions") and not is_multiple(entry.value, ONE):
        return Question(f"Số lượng phải là số nguyên, không phải {show(entry.value)}.")
    raw = entry.value * (ONE if each is None else each)
    note = "" if each is None else f"{show(entry.value)} × {show(each)} = {show(raw)}"
    cap = reading.optional_positive(leaf.rule, "cap", CAP) or leaf.max_points or None
    if cap is not None and raw > cap:
        return Points(cap, f"{note or show(raw)}, tối đa {show(cap)}")
    return Points(raw, note)


PER_OCCURRENCE = LeafKind(
    "per_occurrence",
    "Tính theo số lượng, có mức trần",
    count_inputs,
    check_occurrences,
    occurrence_points,
)
BONUS = LeafKind(
    "bonus",
    "Điểm thưởng",
    bonus_inputs,
    check_extra,
    bonus_points,
    part=Part.BONUS,
    needs_answer=False,
)
DEDUCTION = LeafKind(
    "deduction",
    "Điểm trừ",
    bonus_inputs,
    check_extra,
    deduction_points,
    part=Part.DEDUCTION,
    needs_answer=False,
)
