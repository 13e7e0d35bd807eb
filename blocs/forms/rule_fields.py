"""Inputs of scoring rules: levels, bands with stated ends, and the rows of clauses."""

from django.core.exceptions import ValidationError

from blocs.domain.clause_rows import (
    computed_rows,
    facts_rows,
    item_rows,
    part_rows,
    rule_of_rows,
)
from blocs.domain.scoring.numbers import RuleError
from blocs.forms.row_fields import Cell, RowsField, TypedRows

LOW_ENDS = (("[", "từ (lấy cả số này)"), ("(", "trên (không lấy số này)"))
HIGH_ENDS = (("]", "đến (lấy cả số này)"), (")", "dưới (không lấy số này)"))
YES_CHOICE = (("", "không"), ("có", "có"))
FACT_TYPES = (
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
LEVEL_CELLS = (
    Cell("label", "Mức, kết quả", hint="Tốt", is_required=True, width="l"),
    Cell("points", "Số điểm", "number", hint="8", is_required=True, width="s"),
)
BAND_CELLS = (
    Cell("low", "Đầu dưới", "choice", LOW_ENDS),
    Cell("from", "Giá trị", "number", hint="để trống: không giới hạn", width="s"),
    Cell("high", "Đầu trên", "choice", HIGH_ENDS),
    Cell("to", "Giá trị", "number", hint="để trống: không giới hạn", width="s"),
    Cell("points", "Số điểm", "number", is_required=True, width="s"),
)
FACT_CELLS = (
    Cell("key", "Mã", hint="so_luong", is_required=True, width="s"),
    Cell("label", "Câu hỏi cho đơn vị", is_required=True, width="l"),
    Cell("type", "Loại", "choice", FACT_TYPES),
    Cell("unit", "Đơn vị tính", width="s"),
)
COMPUTED_CELLS = (
    Cell("key", "Mã", hint="ty_le", is_required=True, width="s"),
    Cell("label", "Tên", width="l"),
    Cell("above", "Tử số (mã)", is_required=True, width="s"),
    Cell("below", "Mẫu số (mã)", is_required=True, width="s"),
    Cell("times", "Nhân với", "number", hint="100", width="s"),
)
PART_CELLS = (
    Cell("part", "Phần số", hint="1", is_required=True, width="s"),
    Cell("if", "Chỉ khi", hint="so_luong > 0", width="l"),
    Cell("choose", "Trong các quy định", "choice", CHOOSE),
    Cell("cap", "Mức trần", "number", width="s"),
    Cell("bonus", "Là thưởng", "choice", YES_CHOICE),
    Cell("needs_full", "Chỉ khi đủ điểm chuẩn", "choice", YES_CHOICE),
)
ITEM_CELLS = (
    Cell("part", "Thuộc phần số", hint="1", is_required=True, width="s"),
    Cell("if", "Chỉ khi", hint="ty_le >= 92,5; dat = có", width="l"),
    Cell("points", "Số điểm (− là trừ)", "number", hint="-0,5", width="s"),
    Cell("per", "Cho mỗi (mã)", width="s"),
    Cell("over", "Phần vượt quá", "number", width="s"),
    Cell("each", "Mỗi khoảng", "number", width="s"),
    Cell("cap", "Mức trần", "number", width="s"),
    Cell("of", "Theo bậc của (mã)", width="s"),
    Cell("bands", "Các bậc", hint="từ 80 đến dưới 90: 4; từ 90: 5", width="l"),
)


class LevelsField(RowsField):
    """Named levels and their points."""

    def __init__(self, **kwargs):
        super().__init__(LEVEL_CELLS, **kwargs)


class BandsField(RowsField):
    """Bands with stated ends, as a rule keeps them: {from, to, ends, points}."""

    def __init__(self, **kwargs):
        super().__init__(BAND_CELLS, **kwargs)

    def prepare_value(self, value):
        if value and not isinstance(value, TypedRows):
            value = [{**row, **ends_of(row)} for row in value]
        return super().prepare_value(value)

    def clean(self, value):
        return [band_of(row) for row in super().clean(value)]


def ends_of(row):
    """The two ends of a stored band as choices."""
    ends = str(row.get("ends") or "[]").ljust(2)
    return {"low": ends[0], "high": ends[1]}


def band_of(row):
    """A cleaned row as a rule keeps it."""
    stated = {key: row[key] for key in ("from", "to", "points") if row.get(key) is not None}
    return stated | {"ends": f"{row['low']}{row['high']}"}


CLAUSE_FIELDS = {
    "facts": (FACT_CELLS, facts_rows, "Số liệu đơn vị phải nhập"),
    "computed": (COMPUTED_CELLS, computed_rows, "Số liệu phần mềm tính (tỷ số)"),
    "parts": (PART_CELLS, part_rows, "Các phần tính điểm, theo thứ tự"),
    "items": (ITEM_CELLS, item_rows, "Các quy định của từng phần"),
}


def clause_initial(rule):
    """The rows of a stored rule for the four fields."""
    return {name: rows(rule) for name, (_, rows, _) in CLAUSE_FIELDS.items()}


def clauses_of(data):
    """The rule of the four fields; the sentence of a row that cannot be read as an error."""
    rows = [
        [{key: text or "" for key, text in row.items()} for row in data.get(name) or ()]
        for name in CLAUSE_FIELDS
    ]
    try:
        return rule_of_rows(*rows)
    except RuleError as error:
        raise ValidationError(str(error)) from error
