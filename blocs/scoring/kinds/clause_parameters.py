"""The parameters of clauses: four lists of rows, tied together by the numbers of their parts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from blocs.scoring.kinds.clause_rows import computed_rows, facts_rows, item_rows, part_rows
from blocs.scoring.terms.parameters import NumberParameter, RowsParameter, RuleCell

YES_CHOICE = (("", "không"), ("có", "có"))
FACT_CHOICES = (
    ("number", "số"),
    ("count", "số đếm (nguyên)"),
    ("yes_no", "có / không"),
    ("date", "ngày"),
)
CHOOSE = (
    ("", "cộng tất cả"),
    ("sum", "cộng tất cả (ghi rõ)"),
    ("first", "lấy mức đầu tiên đúng"),
    ("highest", "lấy mức cao nhất"),
    ("lowest", "lấy mức thấp nhất"),
    ("single", "chỉ một mức được áp dụng"),
)
FACT_CELLS = (
    RuleCell("key", "Mã", hint="so_luong", is_required=True, width="s"),
    RuleCell("label", "Câu hỏi cho đơn vị", is_required=True, width="l"),
    RuleCell("type", "Loại", "choice", FACT_CHOICES),
    RuleCell("unit", "Đơn vị tính", width="s"),
)
COMPUTED_CELLS = (
    RuleCell("key", "Mã", hint="ty_le", is_required=True, width="s"),
    RuleCell("label", "Tên", width="l"),
    RuleCell("above", "Tử số (mã)", is_required=True, width="s"),
    RuleCell("below", "Mẫu số (mã)", is_required=True, width="s"),
    RuleCell("times", "Nhân với", "number", hint="100", width="s"),
)
PART_CELLS = (
    RuleCell("part", "Phần số", hint="1", is_required=True, width="s"),
    RuleCell("if", "Chỉ khi", hint="so_luong > 0", width="l"),
    RuleCell("choose", "Trong các quy định", "choice", CHOOSE),
    RuleCell("cap", "Mức trần", "number", width="s"),
    RuleCell("bonus", "Là thưởng", "choice", YES_CHOICE),
    RuleCell("needs_full", "Chỉ khi đủ điểm chuẩn", "choice", YES_CHOICE),
)
ITEM_CELLS = (
    RuleCell("part", "Thuộc phần số", hint="1", is_required=True, width="s"),
    RuleCell("if", "Chỉ khi", hint="ty_le >= 92,5; dat = có", width="l"),
    RuleCell("points", "Số điểm (− là trừ)", "number", hint="-0,5", width="s"),
    RuleCell("per", "Cho mỗi (mã)", width="s"),
    RuleCell("over", "Phần vượt quá", "number", width="s"),
    RuleCell("each", "Mỗi khoảng", "number", width="s"),
    RuleCell("cap", "Mức trần", "number", width="s"),
    RuleCell("of", "Theo bậc của (mã)", width="s"),
    RuleCell("bands", "Các bậc", hint="từ 80 đến dưới 90: 4; từ 90: 5", width="l"),
)


@dataclass(frozen=True, kw_only=True)
class ClauseRows(RowsParameter):
    """One of the lists; the rule keeps them nested, `rule_of_rows` puts them together."""

    def shown(self, rule: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        return list(ROWS[self.key](rule))

    def stated(self, value: Any, stored: Mapping[str, Any]) -> None:
        return None


ROWS = {
    "facts": facts_rows,
    "computed": computed_rows,
    "parts": part_rows,
    "items": item_rows,
}
PARAMETERS = (
    NumberParameter(key="standard", label="Điểm chuẩn", help="Để trống thì lấy điểm tối đa."),
    NumberParameter(
        key="floor",
        label="Điểm thấp nhất",
        help="Ghi 0 nếu điểm không được âm. Để trống nếu không quy định.",
    ),
    ClauseRows(key="facts", label="Số liệu đơn vị phải nhập", cells=FACT_CELLS),
    ClauseRows(key="computed", label="Số liệu phần mềm tính (tỷ số)", cells=COMPUTED_CELLS),
    ClauseRows(key="parts", label="Các phần tính điểm, theo thứ tự", cells=PART_CELLS),
    ClauseRows(key="items", label="Các quy định của từng phần", cells=ITEM_CELLS),
)
