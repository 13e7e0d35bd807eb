"""Points typed by judgement, with named levels where the table has them; and pass or fail.

direct      levels [{label, points}], levels_only, step, lowest
pass_fail   –
"""

from collections.abc import Mapping
from decimal import Decimal

from blocs.scoring.kinds.kind import Kind, Rule
from blocs.scoring.terms import reading
from blocs.scoring.terms.answers import PASSED
from blocs.scoring.terms.numbers import ZERO, show
from blocs.scoring.terms.parameters import (
    LOWEST_PARAMETER,
    LevelsParameter,
    NumberParameter,
    SwitchParameter,
)
from blocs.scoring.terms.values import (
    MISSING,
    Context,
    Entry,
    Input,
    InputType,
    Leaf,
    Outcome,
    Points,
    Question,
)

STEP = "bước điểm"


class Direct(Kind):
    """Points by judgement, or those of a named level."""

    code = "direct"
    label = "Chấm điểm trực tiếp"
    hint = "Người chấm ghi số điểm từ 0 đến tối đa, có thể theo mức (tốt, khá…)."
    parameters = (
        LevelsParameter(
            key="levels",
            label="Các mức",
            help="Tên mức và số điểm. Để trống nếu chấm theo nhận xét.",
            title="Các mức (mỗi dòng một mức)",
            width=28,
        ),
        SwitchParameter(
            key="levels_only",
            label="Chỉ chấm theo các mức trên, không ghi điểm khác",
            title="Chỉ chấm theo mức",
        ),
        NumberParameter(
            key="step",
            label="Bước điểm",
            help="Ví dụ 0,25. Để trống nếu không quy định.",
            title="Bước điểm",
            width=10,
        ),
        LOWEST_PARAMETER,
    )
    layout = (("levels",), ("levels_only",), ("step", "lowest"))

    def inputs(self, rule: Rule) -> tuple[Input, ...]:
        """Points, and the levels when the table names some."""
        labels = tuple(reading.levels(rule))
        choice = (Input(InputType.LEVEL, "choice", "Mức", choices=labels),) if labels else ()
        if labels and rule.get("levels_only"):
            return choice
        return (*choice, Input(InputType.POINTS, "value", "Điểm"))

    def check_rule(self, rule: Rule, max_points: Decimal | None = None) -> list[str]:
        return reading.problems(
            (
                lambda: reading.levels_fit(rule, max_points),
                lambda: reading.optional_positive(rule, "step", STEP),
            )
        )

    def points(self, leaf: Leaf, entry: Entry, context: Context) -> Outcome:
        """The typed points if 0..max and on the step, else the points of the chosen level."""
        if entry.value is None:
            return reading.level_points(leaf, entry)
        least, most = reading.lowest(leaf.rule), reading.maximum(leaf)
        if sentence := reading.off_range(entry.value, least, most):
            return Question(sentence)
        if sentence := reading.off_grid(entry.value, self.grid(leaf.rule, context.step)):
            return Question(sentence)
        known = reading.levels(leaf.rule)
        if leaf.rule.get("levels_only") and entry.value not in known.values():
            return reading.undefined("mức", entry.value)
        return Points(entry.value)

    def grid(self, rule: Rule, step: Decimal | None) -> Decimal | None:
        """The step of the leaf itself, else that of the table."""
        return reading.optional_positive(rule, "step", STEP) or step

    def lowest(self, rule: Rule) -> Decimal:
        return reading.lowest(rule)

    def scale(self, leaf: Leaf) -> Mapping[str, Decimal]:
        """The levels, where nothing else may be given."""
        return reading.levels(leaf.rule) if leaf.rule.get("levels_only") else {}

    def words(self, rule: Rule, max_points: Decimal, measure: str) -> str:
        step = reading.optional_positive(rule, "step", STEP)
        levels = reading.levels_words(rule)
        ends = f"từ {show(reading.lowest(rule))} đến {show(max_points)} điểm"
        sentence = f"Theo mức: {levels}" if levels else f"Chấm {ends}"
        return f"{sentence}, bước {show(step)} điểm." if step else f"{sentence}."


class PassFail(Kind):
    """The full mark or nothing."""

    code = "pass_fail"
    label = "Đạt hoặc không đạt"
    hint = "Đạt thì được đủ điểm, không đạt thì 0 điểm."

    def inputs(self, rule: Rule) -> tuple[Input, ...]:
        return (Input(InputType.PASSED, "value", "Đạt"),)

    def points(self, leaf: Leaf, entry: Entry, context: Context) -> Outcome:
        """The full mark for 1, nothing for 0."""
        if entry.value is None:
            return MISSING
        passed, failed = PASSED
        if entry.value == passed.value:
            return Points(reading.maximum(leaf), passed.word)
        if entry.value == failed.value:
            return Points(ZERO, failed.word)
        return Question(f"Chỉ nhận “Đạt” hoặc “Không đạt”, không nhận {show(entry.value)}.")

    def scale(self, leaf: Leaf) -> Mapping[str, Decimal]:
        """The full mark and nothing."""
        passed, failed = PASSED
        return {passed.word: reading.maximum(leaf), failed.word: ZERO}

    def words(self, rule: Rule, max_points: Decimal, measure: str) -> str:
        return f"Đạt được {show(max_points)} điểm, không đạt 0 điểm."


DIRECT, PASS_FAIL = Direct(), PassFail()
