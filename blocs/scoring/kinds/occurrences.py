"""So many points for each occurrence: work with a ceiling, bonus, deduction.

per_occurrence   per_unit, cap (default: the maximum), fractions
bonus            per_unit (without it points are typed), cap, fractions,
                 needs_full: path of the item that must have its full standard score
deduction        per_unit (without it points are typed), cap, fractions
"""

from dataclasses import replace
from decimal import Decimal

from blocs.scoring.kinds.kind import Kind, Rule
from blocs.scoring.terms import reading
from blocs.scoring.terms.numbers import ONE, ZERO, RuleError, is_multiple, number, show
from blocs.scoring.terms.parameters import (
    LineParameter,
    NumberParameter,
    Parameter,
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
    Part,
    Points,
    Question,
    Waiting,
)

PER_UNIT = "số điểm cho mỗi trường hợp"
CAP = "mức trần"
COUNT = Input(InputType.COUNT, "value", "Số lượng")
TYPED = Input(InputType.POINTS, "value", "Điểm")


PRICE = NumberParameter(
    key="per_unit",
    label="Điểm cho mỗi trường hợp",
    is_required=True,
    title="Điểm mỗi trường hợp",
)
CEILING = NumberParameter(
    key="cap",
    label="Mức trần",
    help="Để trống thì lấy điểm tối đa.",
    title="Mức trần",
    width=10,
)
FRACTIONS = SwitchParameter(
    key="fractions", label="Số lượng có thể là số lẻ", title="Số lượng lẻ", width=10
)


class PerOccurrence(Kind):
    """Work priced by the occurrence."""

    code = "per_occurrence"
    label = "Tính theo số lượng, có mức trần"
    hint = "Mỗi sáng kiến, mô hình, báo cáo… được một số điểm, có mức trần."
    parameters = (PRICE, CEILING, FRACTIONS)
    layout = (("per_unit", "cap"), ("fractions",))

    def inputs(self, rule: Rule) -> tuple[Input, ...]:
        return (COUNT,)

    def check_rule(self, rule: Rule, max_points: Decimal | None = None) -> list[str]:
        return reading.problems(
            (
                lambda: reading.positive(rule, "per_unit", PER_UNIT),
                lambda: _cap_fits(rule, max_points),
            )
        )

    def points(self, leaf: Leaf, entry: Entry, context: Context) -> Outcome:
        """Count × points, cut at the ceiling (the stated cap, else the maximum of the leaf)."""
        return _priced(leaf, entry)

    def words(self, rule: Rule, max_points: Decimal, measure: str) -> str:
        each = number(rule, "per_unit", PER_UNIT)
        cap = reading.optional_positive(rule, "cap", CAP) or max_points
        return f"{show(each)} điểm cho mỗi {measure or 'trường hợp'}, tối đa {show(cap)} điểm."


class Extra(Kind):
    """Points outside the sum of the table, by the occurrence or typed."""

    needs_answer = False
    ceiling = "cap"
    parameters: tuple[Parameter, ...] = (
        replace(PRICE, is_required=False, help="Để trống nếu người chấm ghi thẳng số điểm."),
        replace(CEILING, label="Tối đa", help="Để trống nếu không có mức trần riêng."),
        FRACTIONS,
    )
    layout: tuple[tuple[str, ...], ...] = (("per_unit", "cap"), ("fractions",))
    verb: str
    noun: str

    def inputs(self, rule: Rule) -> tuple[Input, ...]:
        """The number of occurrences, or the points themselves when none has a price."""
        return (COUNT if "per_unit" in rule else TYPED,)

    def check_rule(self, rule: Rule, max_points: Decimal | None = None) -> list[str]:
        return reading.problems(
            (
                lambda: reading.optional_positive(rule, "per_unit", PER_UNIT),
                lambda: _cap_fits(rule, max_points),
            )
        )

    def words(self, rule: Rule, max_points: Decimal, measure: str) -> str:
        each = reading.optional_positive(rule, "per_unit", PER_UNIT)
        cap = reading.optional_positive(rule, "cap", CAP) or max_points
        most = f", tối đa {show(cap)} điểm" if cap else ""
        if each is None:
            return f"Ghi số điểm {self.noun}{most}."
        return f"{self.verb} {show(each)} điểm cho mỗi {measure or 'trường hợp'}{most}."


class Bonus(Extra):
    """Without a stated cap or maximum it has no ceiling."""

    code = "bonus"
    label = "Điểm thưởng"
    hint = "Cộng ngoài điểm chuẩn, không tính vào tổng điểm tối đa."
    part = Part.BONUS
    parameters = (
        *Extra.parameters,
        LineParameter(
            key="needs_full",
            label="Chỉ thưởng khi mục này đạt đủ điểm chuẩn",
            nothing="không có điều kiện",
            title="Chỉ thưởng khi đủ điểm mục",
            width=16,
        ),
    )
    layout = (*Extra.layout, ("needs_full",))
    verb, noun = "Cộng", "thưởng"

    def needed(self, rule: Rule) -> str:
        return str(rule.get("needs_full") or "")

    def points(self, leaf: Leaf, entry: Entry, context: Context) -> Outcome:
        """By occurrence or typed, cut at its own ceiling; none where its condition fails."""
        outcome, needed = _priced(leaf, entry), self.needed(leaf.rule)
        if not needed or not isinstance(outcome, Points):
            return outcome
        if context.full_paths is None:
            return Waiting(f"Điểm thưởng chờ kết quả của mục {needed}.")
        if needed not in context.full_paths:
            return Points(ZERO, f"Không thưởng: mục {needed} chưa đạt đủ điểm chuẩn")
        return outcome

    def words(self, rule: Rule, max_points: Decimal, measure: str) -> str:
        sentence, needed = super().words(rule, max_points, measure), self.needed(rule)
        return f"{sentence} Chỉ thưởng khi mục {needed} đạt đủ điểm chuẩn." if needed else sentence


class Deduction(Extra):
    """The points taken off, as a negative number: occurrences cut at the cap, typed ones asked."""

    code = "deduction"
    label = "Điểm trừ"
    hint = "Trừ vào tổng điểm."
    part = Part.DEDUCTION
    verb, noun = "Trừ", "trừ"

    def points(self, leaf: Leaf, entry: Entry, context: Context) -> Outcome:
        if sentence := _beyond_typed(leaf, entry):
            return Question(sentence)
        outcome = _priced(leaf, entry)
        if not isinstance(outcome, Points):
            return outcome
        return Points(-outcome.points, f"Trừ {outcome.note}" if outcome.note else "")


def _cap_fits(rule: Rule, max_points: Decimal | None) -> None:
    cap = reading.optional_positive(rule, "cap", CAP)
    if cap is not None and max_points and cap > max_points:
        raise RuleError(f"Mức trần {show(cap)} vượt điểm tối đa {show(max_points)}.")


def _beyond_typed(leaf: Leaf, entry: Entry) -> str:
    """The question about typed points that are more than the line may take off; else empty."""
    cap = reading.optional_positive(leaf.rule, "cap", CAP) or leaf.max_points or None
    if "per_unit" in leaf.rule or cap is None or entry.value is None or entry.value <= cap:
        return ""
    return (
        f"Điểm trừ {show(entry.value)} lớn hơn mức trừ nhiều nhất {show(cap)} của mục. Hãy ghi "
        f"không quá {show(cap)}."
    )


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


PER_OCCURRENCE, BONUS, DEDUCTION = PerOccurrence(), Bonus(), Deduction()
