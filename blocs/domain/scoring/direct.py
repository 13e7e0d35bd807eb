"""Points typed by judgement, with named levels where the table has them; and pass or fail."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from blocs.domain.scoring import reading
from blocs.domain.scoring.numbers import ONE, ZERO, show
from blocs.domain.scoring.values import (
    MISSING,
    Context,
    Entry,
    Input,
    InputType,
    Leaf,
    LeafKind,
    Outcome,
    Points,
    Question,
)


def direct_inputs(rule: Mapping[str, Any]) -> tuple[Input, ...]:
    """Points, and the levels when the table names some."""
    labels = tuple(reading.levels(rule))
    choice = (Input(InputType.LEVEL, "choice", "Mức", choices=labels),) if labels else ()
    if labels and rule.get("levels_only"):
        return choice
    return (*choice, Input(InputType.POINTS, "value", "Điểm"))


def check_direct(rule: Mapping[str, Any], max_points: Decimal | None = None) -> list[str]:
    """Sentences why a direct leaf cannot be published."""
    return reading.problems(
        (
            lambda: reading.levels_fit(rule, max_points),
            lambda: reading.optional_positive(rule, "step", "bước điểm"),
        )
    )


def direct_points(leaf: Leaf, entry: Entry, context: Context) -> Outcome:
    """The typed points if 0..max and on the step, else the points of the chosen level."""
    if entry.value is None:
        return level_points(leaf, entry)
    if sentence := reading.off_range(entry.value, ZERO, reading.maximum(leaf)):
        return Question(sentence)
    if sentence := reading.off_grid(entry.value, judged_grid(leaf.rule, context.step)):
        return Question(sentence)
    return _typed_points(leaf, entry.value)


def judged_grid(rule: Mapping[str, Any], step: Decimal | None) -> Decimal | None:
    """The step of the leaf itself, else that of the table."""
    return reading.optional_positive(rule, "step", "bước điểm") or step


def _typed_points(leaf: Leaf, value: Decimal) -> Outcome:
    known = reading.levels(leaf.rule)
    if leaf.rule.get("levels_only") and value not in known.values():
        return reading.undefined("mức", value)
    return Points(value)


def level_points(leaf: Leaf, entry: Entry) -> Outcome:
    """The points of the chosen level; a level the table does not know is a question."""
    if not entry.choice:
        return MISSING
    known = reading.levels(leaf.rule)
    if entry.choice not in known:
        return Question(f"Bảng điểm không có mức “{entry.choice}”. Vui lòng chọn lại.")
    return Points(known[entry.choice], f"Mức “{entry.choice}”")


def pass_fail_inputs(rule: Mapping[str, Any]) -> tuple[Input, ...]:
    """Yes or no."""
    return (Input(InputType.PASSED, "value", "Đạt"),)


def check_pass_fail(rule: Mapping[str, Any], max_points: Decimal | None = None) -> list[str]:
    """A pass-or-fail leaf has no parameters that could be wrong."""
    return []


def pass_fail_points(leaf: Leaf, entry: Entry, context: Context) -> Outcome:
    """The full mark for 1, nothing for 0."""
    if entry.value is None:
        return MISSING
    if entry.value not in (ZERO, ONE):
        return Question(f"Chỉ nhận “Đạt” hoặc “Không đạt”, không nhận {show(entry.value)}.")
    return Points(reading.maximum(leaf), "Đạt") if entry.value else Points(ZERO, "Không đạt")


DIRECT = LeafKind(
    "direct",
    "Chấm điểm trực tiếp",
    direct_inputs,
    check_direct,
    direct_points,
    grid=judged_grid,
)
PASS_FAIL = LeafKind(
    "pass_fail", "Đạt hoặc không đạt", pass_fail_inputs, check_pass_fail, pass_fail_points
)
