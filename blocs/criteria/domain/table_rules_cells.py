"""The summing rules and the grounds of exclusion of a table as rows of readable cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from blocs.scoring import NOT_APPLICABLE_MODES, Disqualifier, Effect, TableRules
from blocs.scoring.ranking.disqualifiers import MOST_CLASSES
from blocs.scoring.terms.numbers import RuleError, read_decimal

YES, NO = "có", "không"
EFFECT_WORDS = {
    Effect.NOT_CONSIDERED: "không xét",
    Effect.SUSPENDED: "tạm chưa xét",
    Effect.NO_FLAG: "không xét tặng Cờ",
    Effect.MINUS_POINTS: "trừ điểm",
    Effect.LOWER_CLASS: "hạ mức xếp loại",
}


@dataclass(frozen=True)
class RuleLine:
    """One summing rule: `kind` is text, number, whole, flag or mode."""

    key: str
    title: str
    kind: str
    hint: str = ""


TITLE = RuleLine("title", "Tên bảng", "text")
RULE_LINES = (
    TITLE,
    RuleLine("total_max", "Tổng điểm tối đa", "number"),
    RuleLine("bonus_cap", "Điểm thưởng tối đa", "number", "để trống nếu không quy định"),
    RuleLine("deduction_floor", "Điểm trừ tối đa (ghi số dương)", "number", "để trống nếu không"),
    RuleLine("total_floor", "Tổng điểm thấp nhất", "number", "để trống nếu không quy định"),
    RuleLine(
        "may_exceed_total", "Tổng điểm được vượt tối đa nhờ điểm thưởng", "switch", "có/không"
    ),
    RuleLine("decimals", "Số chữ số thập phân của điểm", "whole", "để trống: theo năm"),
    RuleLine("step", "Bước điểm", "number", "để trống nếu không quy định"),
    RuleLine("round_to_step", "Điểm phần mềm tính cũng làm tròn theo bước", "switch", "có/không"),
    RuleLine("percent_decimals", "Số chữ số thập phân của tỷ lệ", "whole", "để trống nếu không"),
    RuleLine("not_applicable", "Tiêu chí không giao cho đơn vị", "mode"),
)
GROUND_COLUMNS = {
    "code": "Mã",
    "name": "Trường hợp",
    "effect": "Hệ quả",
    "points": "Số điểm trừ",
    "award_cap": "Hình thức cao nhất",
    "classes": "Số mức hạ",
    "legal_basis": "Căn cứ",
}

# Forms of earlier days have no column for classes.
NEEDED_GROUND_COLUMNS = GROUND_COLUMNS.keys() - {"classes"}


def rules_cells(title: str, rules: TableRules) -> list[tuple[RuleLine, str]]:
    """Each rule with its value as text; numbers are decimal strings."""
    found = [(TITLE, title)]
    for line in RULE_LINES[1:]:
        value = getattr(rules, line.key)
        if line.key == "deduction_floor" and value is not None:
            value = -value
        found.append((line, _text(line, value)))
    return found


def _text(line: RuleLine, value: Any) -> str:
    if value is None:
        return ""
    if line.kind == "switch":
        return YES if value else NO
    if line.kind == "mode":
        return NOT_APPLICABLE_MODES[value]
    return f"{Decimal(value).normalize():f}"


def rule_of_cell(line: RuleLine, text: str) -> Any:
    """The value of one rule; RuleError where the text says none. "" is the usual value."""
    if not text:
        return getattr(TableRules(), line.key)
    if line.kind in ("switch", "mode"):
        words = {YES: True, NO: False} if line.kind == "switch" else MODES
        if text.lower() not in words:
            raise RuleError(f"Chỉ nhận: {', '.join(words)}.")
        return words[text.lower()]
    number = read_decimal(text)
    if number is None or (line.key != "total_floor" and number < 0):
        raise RuleError(f"“{text}” không phải là số không âm.")
    if line.kind == "whole":
        if number != int(number) or number > 4:
            raise RuleError("Chỉ nhận số nguyên từ 0 đến 4.")
        return int(number)
    return -number if line.key == "deduction_floor" else number


MODES = {words.lower(): code for code, words in NOT_APPLICABLE_MODES.items()}


def ground_cells(grounds: Sequence[Disqualifier]) -> list[dict[str, str]]:
    """The grounds on which a unit is out, each as cells by their keys."""
    return [
        {
            "code": ground.code,
            "name": ground.name,
            "effect": EFFECT_WORDS[ground.effect],
            "points": "" if ground.points is None else f"{ground.points.normalize():f}",
            "award_cap": ground.award_cap,
            "classes": str(ground.classes or ""),
            "legal_basis": ground.legal_basis,
        }
        for ground in grounds
    ]


def ground_of(cells: Mapping[str, str]) -> Disqualifier:
    """The ground that the cells say; RuleError names what is wrong."""
    effects = {words.lower(): effect for effect, words in EFFECT_WORDS.items()}
    effect = effects.get(cells.get("effect", "").lower())
    if effect is None:
        raise RuleError(f"Hệ quả chỉ nhận: {', '.join(effects)}.")
    points = read_decimal(cells["points"]) if cells.get("points") else None
    if cells.get("points") and (points is None or points < 0):
        raise RuleError(f"Số điểm trừ “{cells['points']}” không phải là số không âm.")
    classes = cells.get("classes") or ("1" if effect is Effect.LOWER_CLASS else "0")
    if not (classes.isascii() and classes.isdecimal() and int(classes) <= MOST_CLASSES):
        raise RuleError(f"Số mức hạ “{classes}” phải là số nguyên, nhiều nhất {MOST_CLASSES}.")
    return Disqualifier(
        code=cells.get("code", ""),
        name=cells.get("name", ""),
        effect=effect,
        points=points,
        award_cap=cells.get("award_cap", ""),
        legal_basis=cells.get("legal_basis", ""),
        classes=int(classes),
    )
