"""What the rule of a group may state beside its maximum: coefficient, ceiling and floor.

coefficient   the sum of the lines is multiplied by it («hệ số 2»); what follows is in such points
weight        the same in percent («tỷ trọng 40%»); those of one level make 100 together
ceiling       no more than this is counted
floor         no less than this is counted (≤ 0)
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from blocs.scoring.terms import reading
from blocs.scoring.terms.numbers import HUNDRED, ONE, RuleError, optional_number, show
from blocs.scoring.terms.parameters import NumberParameter

CEILING, FLOOR, COEFFICIENT, WEIGHT = "ceiling", "floor", "coefficient", "weight"
NAMES = {
    CEILING: "mức nhiều nhất của nhóm",
    FLOOR: "mức ít nhất của nhóm",
    COEFFICIENT: "hệ số của nhóm",
    WEIGHT: "tỷ trọng của nhóm",
}
TWICE = "Nhóm ghi cả hệ số và tỷ trọng; chỉ ghi một trong hai."
GROUP_PARAMETERS = (
    NumberParameter(
        key=CEILING,
        label="Nhóm được tính nhiều nhất",
        help="Các mục con cộng vượt số này thì chỉ tính số này. Nhóm chỉ gồm điểm thưởng hoặc chỉ "
        "gồm điểm trừ thì ghi ở “Điểm tối đa”.",
        title="Tính nhiều nhất",
    ),
    NumberParameter(
        key=FLOOR,
        label="Nhóm được tính ít nhất",
        help="Số 0 hoặc số âm; ví dụ 0: điểm trừ không làm nhóm âm.",
        title="Tính ít nhất",
    ),
    NumberParameter(
        key=COEFFICIENT,
        label="Hệ số của nhóm",
        help="Ví dụ 2: tổng các mục con nhân 2. Điểm tối đa của nhóm là điểm đã nhân.",
        title="Hệ số nhóm",
        is_figure=True,
    ),
    NumberParameter(
        key=WEIGHT,
        label="Tỷ trọng của nhóm (%)",
        help="Ví dụ 40: tổng các mục con nhân 40%. Điểm tối đa của nhóm là điểm đã nhân; tỷ trọng "
        "các nhóm cùng cấp cộng lại bằng 100.",
        title="Tỷ trọng nhóm (%)",
        is_figure=True,
    ),
)


@dataclass(frozen=True, slots=True)
class GroupRule:
    """The limits of one group as its rule states them; None: no such limit.

    `coefficient` is what its sum is multiplied by, also where the rule says it in percent.
    """

    ceiling: Decimal | None = None
    floor: Decimal | None = None
    coefficient: Decimal = ONE
    weight: Decimal | None = None

    @property
    def times_words(self) -> str:
        """«tỷ trọng 40%», «hệ số 2»; empty where the sum is counted as it is."""
        if self.weight is not None:
            return f"tỷ trọng {show(self.weight)}%"
        return "" if self.coefficient == ONE else f"hệ số {show(self.coefficient)}"


def group_rule(rule: Mapping[str, Any]) -> GroupRule:
    """The stated limits; RuleError for one that is no number, or a coefficient not above 0."""
    if not rule:
        return GroupRule()
    coefficient = reading.optional_positive(rule, COEFFICIENT, NAMES[COEFFICIENT])
    weight = reading.optional_positive(rule, WEIGHT, NAMES[WEIGHT])
    if coefficient is not None and weight is not None:
        raise RuleError(TWICE)
    return GroupRule(
        ceiling=optional_number(rule, CEILING, NAMES[CEILING]),
        floor=optional_number(rule, FLOOR, NAMES[FLOOR]),
        coefficient=(coefficient or ONE) if weight is None else weight / HUNDRED,
        weight=weight,
    )


def stated_limits(stated: Mapping[str, Any]) -> dict[str, Any]:
    """What a line of a file says of its sum; notes of the file about a group are no rule."""
    return {one.key: stated[one.key] for one in GROUP_PARAMETERS if stated.get(one.key) is not None}


def group_faults(rule: Mapping[str, Any]) -> list[str]:
    """Sentences why a group cannot have this rule, whatever its lines are."""
    return reading.problems((lambda: _sound(group_rule(rule)),))


def _sound(limits: GroupRule) -> None:
    if limits.floor is not None and limits.floor > 0:
        raise RuleError(
            f"Mức ít nhất {show(limits.floor)} của nhóm lớn hơn 0, nhóm chưa chấm cũng có điểm; "
            "chỉ ghi 0 hoặc số âm."
        )
    if limits.ceiling is not None and limits.ceiling <= 0:
        raise RuleError(f"Mức nhiều nhất {show(limits.ceiling)} của nhóm phải lớn hơn 0.")


def group_words(rule: Mapping[str, Any]) -> str:
    """The limits as sentences for page and paper; empty where the rule states none."""
    return " ".join(_sentences(group_rule(rule)))


def _sentences(limits: GroupRule) -> Iterator[str]:
    if times := limits.times_words:
        yield f"{times[0].upper()}{times[1:]}."
    if limits.ceiling is not None:
        yield f"Tính nhiều nhất {show(limits.ceiling)} điểm."
    if limits.floor is not None:
        yield f"Tính ít nhất {show(limits.floor)} điểm."
