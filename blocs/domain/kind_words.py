"""How a leaf is scored, in words that officials can lay beside their regulation."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from blocs.domain.scoring import GROUP, KINDS, TableRules, reading
from blocs.domain.scoring.bands import bands
from blocs.domain.scoring.numbers import ZERO, RuleError, number, optional_number, show

Rule = Mapping[str, Any]
EACH = "số điểm cho mỗi trường hợp"
COUNTED = {
    "exact": "phần lẻ tính theo tỷ lệ",
    "full": "chỉ tính phần trăm tròn",
    "started": "phần lẻ tính là một phần trăm",
}


def kind_words(kind: str) -> str:
    """The name of a way of scoring; groups have one too."""
    if kind == GROUP:
        return "Nhóm tiêu chí"
    return KINDS[kind].label if kind in KINDS else f"Cách chấm “{kind}” chưa được hỗ trợ"


def rule_words(kind: str, rule: Rule, max_points: Decimal | None, measure: str = "") -> str:
    """The rule of one leaf as a sentence; what is wrong with it, where it cannot be read."""
    if kind not in WORDS:
        return ""
    try:
        sentence = WORDS[kind](rule, max_points or ZERO, measure)
    except RuleError as error:
        return str(error)
    if rule.get("may_be_not_applicable") is False:
        return f"{sentence} Áp dụng cho mọi đơn vị."
    if rule.get("may_be_not_applicable"):
        return f"{sentence} Có thể không giao cho đơn vị."
    return sentence


NOT_APPLICABLE = {
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
    return (*found, NOT_APPLICABLE[rules.not_applicable])


def _grid(rules: TableRules) -> str:
    return "; điểm do phần mềm tính cũng làm tròn theo bước đó" if rules.round_to_step else ""


def _direct(rule: Rule, max_points: Decimal, measure: str) -> str:
    known = reading.levels(rule)
    step = reading.optional_positive(rule, "step", "bước điểm")
    sentence = f"Theo mức: {_levels(known)}" if known else f"Chấm từ 0 đến {show(max_points)} điểm"
    return f"{sentence}, bước {show(step)} điểm." if step else f"{sentence}."


def _levels(known: Mapping[str, Decimal]) -> str:
    return "; ".join(f"{label} {show(points)} điểm" for label, points in known.items())


def _pass_fail(rule: Rule, max_points: Decimal, measure: str) -> str:
    return f"Đạt được {show(max_points)} điểm, không đạt 0 điểm."


def _quantitative(rule: Rule, max_points: Decimal, measure: str) -> str:
    formula = rule.get("formula")
    if formula not in FORMULAS:
        return "Chưa chọn cách tính điểm."
    target = optional_number(rule, "target", "chỉ tiêu chung")
    common = f" Chỉ tiêu chung: {show(target)}{_unit(measure)}." if target is not None else ""
    return FORMULAS[formula](rule, max_points) + common


def _unit(measure: str) -> str:
    return f" {measure}" if measure else ""


def _proportional(rule: Rule, max_points: Decimal) -> str:
    cap = reading.optional_positive(rule, "cap", "mức trần") or max_points
    return f"{show(max_points)} × kết quả / chỉ tiêu, tối đa {show(cap)} điểm."


def _by_bands(rule: Rule, max_points: Decimal) -> str:
    value = "Theo tỷ lệ đạt chỉ tiêu (%)" if rule.get("of") == "percent" else "Theo kết quả"
    return f"{value}: {_bands(rule)}."


def _bands(rule: Rule) -> str:
    return "; ".join(f"{band} được {show(band.points)} điểm" for band in bands(rule))


def _per_percent(rule: Rule, max_points: Decimal) -> str:
    lose = number(rule, "lose", "số điểm bị trừ")
    each = reading.optional_positive(rule, "each", "khoảng phần trăm") or Decimal(1)
    counted = COUNTED.get(str(rule.get("count")), "chưa nêu cách tính phần lẻ")
    return f"Cứ thấp hơn chỉ tiêu {show(each)} % thì trừ {show(lose)} điểm ({counted})."


def _share_of_best(rule: Rule, max_points: Decimal) -> str:
    return f"{show(max_points)} × kết quả / kết quả cao nhất của khối."


def _relative(rule: Rule, max_points: Decimal) -> str:
    half = show(max_points / 2)
    return (
        f"Đạt chỉ tiêu được {half} điểm; phần vượt được thêm đến {half} điểm, so với đơn vị vượt "
        "chỉ tiêu cao nhất của khối."
    )


def _occurrences(rule: Rule, max_points: Decimal, measure: str) -> str:
    each = number(rule, "per_unit", EACH)
    cap = reading.optional_positive(rule, "cap", "mức trần") or max_points
    return f"{show(each)} điểm cho mỗi {measure or 'trường hợp'}, tối đa {show(cap)} điểm."


def _bonus(rule: Rule, max_points: Decimal, measure: str) -> str:
    sentence = _priced("Cộng", "thưởng", rule, max_points, measure)
    needed = rule.get("needs_full")
    return f"{sentence} Chỉ thưởng khi mục {needed} đạt đủ điểm chuẩn." if needed else sentence


def _deduction(rule: Rule, max_points: Decimal, measure: str) -> str:
    return _priced("Trừ", "trừ", rule, max_points, measure)


def _priced(verb: str, noun: str, rule: Rule, max_points: Decimal, measure: str) -> str:
    each = reading.optional_positive(rule, "per_unit", EACH)
    cap = reading.optional_positive(rule, "cap", "mức trần") or max_points
    most = f", tối đa {show(cap)} điểm" if cap else ""
    if each is None:
        return f"Ghi số điểm {noun}{most}."
    return f"{verb} {show(each)} điểm cho mỗi {measure or 'trường hợp'}{most}."


def _rating(rule: Rule, max_points: Decimal, measure: str) -> str:
    if rule.get("bands"):
        return f"Theo chỉ số được công bố: {_bands(rule)}."
    known = reading.levels(rule)
    return f"Quy đổi: {_levels(known)}." if known else "Chưa có bảng quy đổi ra điểm."


def _clauses(rule: Rule, max_points: Decimal, measure: str) -> str:
    parts = reading.rows(rule, "parts", "các phần")
    standard = optional_number(rule, "standard", "điểm chuẩn")
    start = show(max_points if standard is None else standard)
    return f"Điểm chuẩn {start}, cộng trừ theo {len(parts):02d} phần của quy chế."


FORMULAS: Mapping[str, Callable[[Rule, Decimal], str]] = {
    "proportional": _proportional,
    "bands": _by_bands,
    "per_percent_below": _per_percent,
    "share_of_best": _share_of_best,
    "relative_to_leader": _relative,
}
WORDS: Mapping[str, Callable[[Rule, Decimal, str], str]] = {
    "direct": _direct,
    "pass_fail": _pass_fail,
    "quantitative": _quantitative,
    "per_occurrence": _occurrences,
    "bonus": _bonus,
    "deduction": _deduction,
    "external_rating": _rating,
    "clauses": _clauses,
}
