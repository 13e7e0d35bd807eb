"""An actual figure against a target: proportional, by bands, or points lost below it.

quantitative     target (the same for all), formula:
                   proportional: cap (default: the maximum)
                   bands: bands, of (value or percent of the target; default value)
                   per_percent_below: lose, each (default 1), count (exact, full, started)
                   share_of_best, relative_to_leader: all_zero (ask, full, none)
"""

from collections.abc import Callable
from decimal import Decimal

from blocs.scoring.kinds.formulas import (
    COMPARING,
    COUNTED,
    EACH,
    FORMULA_LABELS,
    FORMULAS,
    LOSE,
    counted_by,
    formula_of,
    is_by_value,
)
from blocs.scoring.kinds.kind import Kind, Rule
from blocs.scoring.kinds.relative import ASKED, WHEN_ALL_ZERO, all_zero, measured
from blocs.scoring.terms import reading
from blocs.scoring.terms.bands import bands
from blocs.scoring.terms.numbers import optional_number, show
from blocs.scoring.terms.parameters import BandsParameter, ChoiceParameter, NumberParameter, Section
from blocs.scoring.terms.values import (
    MISSING,
    Context,
    Entry,
    Input,
    InputType,
    Leaf,
    Outcome,
    Question,
)

PARAMETERS = (
    ChoiceParameter(
        key="formula",
        label="Cách tính điểm",
        is_required=True,
        choices=tuple(FORMULA_LABELS.items()),
        missing="Vui lòng chọn cách tính điểm.",
        is_open=True,
        title="Cách tính (định lượng)",
        width=26,
    ),
    NumberParameter(
        key="target",
        label="Chỉ tiêu chung",
        help="Để trống nếu mỗi đơn vị có chỉ tiêu riêng.",
        is_figure=True,
        title="Chỉ tiêu chung",
    ),
    NumberParameter(key="cap", label="Mức trần", help="Để trống thì lấy điểm tối đa."),
    ChoiceParameter(
        key="of",
        label="Bậc tính theo",
        choices=(("value", "kết quả thực hiện"), ("percent", "tỷ lệ % đạt chỉ tiêu")),
        cells=(("value", "kết quả"), ("percent", "tỷ lệ % đạt chỉ tiêu")),
        usual="value",
        title="Bậc tính theo",
        width=16,
    ),
    BandsParameter(
        key="bands",
        label="Các bậc",
        help="Giá trị nằm ngoài mọi bậc thì phần mềm hỏi người chấm, không tự đoán.",
    ),
    NumberParameter(key="lose", label="Số điểm bị trừ", title="Điểm trừ khi thấp hơn"),
    NumberParameter(
        key="each",
        label="cho mỗi (%) thấp hơn",
        help="Để trống là mỗi 1 %.",
        title="cho mỗi (%)",
        width=10,
    ),
    ChoiceParameter(
        key="count",
        label="Phần lẻ",
        choices=(("", "chọn cách tính"), *((code, one.field) for code, one in COUNTED.items())),
        cells=tuple((code, one.cell) for code, one in COUNTED.items()),
        title="Phần lẻ",
        width=16,
    ),
    ChoiceParameter(
        key="all_zero",
        label="Khi mọi đơn vị được so sánh đều có kết quả 0",
        choices=tuple((code, one.field) for code, one in WHEN_ALL_ZERO.items()),
        usual=ASKED,
        title="Khi mọi kết quả là 0",
        width=16,
    ),
)


class Quantitative(Kind):
    """The result of a unit measured by its target or by the other units."""

    code = "quantitative"
    label = "Định lượng theo chỉ tiêu"
    hint = (
        "Kết quả so với chỉ tiêu: theo tỷ lệ, theo bậc, trừ điểm mỗi 1 % thấp hơn, hoặc so với "
        "đơn vị dẫn đầu."
    )
    is_assigned = True

    parameters = PARAMETERS
    layout = (
        ("formula", "target"),
        Section("Nếu theo tỷ lệ hoàn thành chỉ tiêu", "formula", ("proportional",), (("cap",),)),
        Section("Nếu theo bậc", "formula", ("bands",), (("of",), ("bands",))),
        Section(
            "Nếu trừ điểm theo mỗi phần trăm thấp hơn chỉ tiêu",
            "formula",
            ("per_percent_below",),
            (("lose", "each", "count"),),
        ),
        Section("Nếu so với đơn vị dẫn đầu", "formula", COMPARING, (("all_zero",),)),
    )

    def inputs(self, rule: Rule) -> tuple[Input, ...]:
        """The actual figure, and the target unless the rule fixes it or needs none."""
        actual = Input(InputType.ACTUAL, "value", "Kết quả thực hiện")
        if rule.get("target") or rule.get("formula") == "share_of_best" or is_by_value(rule):
            return (actual,)
        return (Input(InputType.TARGET, "target", "Chỉ tiêu"), actual)

    def check_rule(self, rule: Rule, max_points: Decimal | None = None) -> list[str]:
        checks: list[Callable[[], object]] = [
            lambda: reading.optional_positive(rule, "target", "chỉ tiêu chung"),
            lambda: formula_of(rule),
            lambda: all_zero(rule),
        ]
        if rule.get("formula") == "bands":
            checks.append(lambda: bands(rule))
        if rule.get("formula") == "per_percent_below":
            checks.extend(
                (
                    lambda: reading.positive(rule, "lose", LOSE),
                    lambda: reading.optional_positive(rule, "each", EACH),
                    lambda: counted_by(rule),
                )
            )
        return reading.problems(checks)

    def points(self, leaf: Leaf, entry: Entry, context: Context) -> Outcome:
        """The points of the actual figure by the formula that the rule names."""
        own = measured(leaf, entry)
        if own is None:
            return MISSING
        if own.figure < 0:
            return Question(f"Kết quả {show(own.figure)} là số âm. Vui lòng kiểm tra lại.")
        return formula_of(leaf.rule).points(leaf, own, context)

    def compares(self, rule: Rule) -> bool:
        formula = FORMULAS.get(str(rule.get("formula")))
        return formula is not None and formula.compares

    def words(self, rule: Rule, max_points: Decimal, measure: str) -> str:
        formula = FORMULAS.get(str(rule.get("formula")))
        if formula is None:
            return "Chưa chọn cách tính điểm."
        target = optional_number(rule, "target", "chỉ tiêu chung")
        unit = f" {measure}" if measure else ""
        common = f" Chỉ tiêu chung: {show(target)}{unit}." if target is not None else ""
        return formula.words(rule, max_points) + common

    def completed(self, rule: Rule, formula: str) -> Rule:
        """A formula told in prose is chosen by who reads the file."""
        return rule if rule.get("formula") or not formula else {**rule, "formula": formula}


QUANTITATIVE = Quantitative()
