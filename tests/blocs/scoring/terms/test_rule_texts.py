"""Rows of a rule as lines that people write."""

import pytest

from blocs.scoring.terms.numbers import RuleError
from blocs.scoring.terms.rule_texts import (
    bands_of,
    bands_text,
    conditions_of,
    conditions_text,
    levels_of,
    levels_text,
    number_of,
)


@pytest.mark.parametrize(
    ("text", "number"),
    [("9,5", "9.5"), ("-0,25", "-0.25"), ("1.234,5", "1234.5"), ("0.5", "0.5"), ("7", "7")],
)
def test_numbers_are_read_as_people_write_them(text, number):
    assert number_of(text) == number


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1.000", "Số “1.000” có thể đọc theo hai cách; hãy dùng dấu phẩy thập phân."),
        ("chín", "“chín” không phải là số."),
    ],
)
def test_other_numbers_are_refused(text, sentence):
    with pytest.raises(RuleError) as caught:
        number_of(text)
    assert str(caught.value) == sentence


def test_levels_are_lines():
    rows = [{"label": "Loại A: tốt", "points": "8"}, {"label": "Khá", "points": "6.5"}]
    assert levels_text(rows) == "Loại A: tốt: 8\nKhá: 6,5"
    assert levels_of(levels_text(rows)) == rows


@pytest.mark.parametrize(
    ("band", "text"),
    [
        ({"ends": "[)", "from": "80", "to": "90", "points": "6"}, "từ 80 đến dưới 90: 6"),
        ({"ends": "(]", "from": "-5", "to": "0", "points": "-1"}, "trên -5 đến 0: -1"),
        ({"ends": "[)", "to": "90.5", "points": "6"}, "dưới 90,5: 6"),
        ({"ends": "[]", "from": "90", "points": "6"}, "từ 90: 6"),
        ({"ends": "[]", "points": "6"}, "mọi giá trị: 6"),
    ],
)
def test_bands_are_lines_with_stated_ends(band, text):
    assert bands_text([band]) == text
    assert bands_of(text) == [band]


def test_conditions_are_one_line():
    rows = [
        ["rate", ">=", "92.5"],
        ["done", "=", False],
        ["sent", ">", "2022-01-31"],
        ["minus", "<=", ["0.5", "bonus"]],
    ]
    text = "rate >= 92,5; done = không; sent > 31/01/2022; minus <= 0,5 × bonus"
    assert conditions_text(rows) == text
    assert conditions_of(text) == rows


@pytest.mark.parametrize(
    ("reader", "text", "sentence"),
    [
        (levels_of, "Tốt 8", "Dòng “Tốt 8” phải ghi tên mức và số điểm, ví dụ “Tốt: 8”."),
        (bands_of, "80-90: 6", "Dòng “80-90: 6” phải ghi như “từ 80 đến dưới 90: 6”."),
        (
            conditions_of,
            "rate lớn",
            "Điều kiện “rate lớn” phải ghi như “so_luong >= 5” hoặc “dat = có”.",
        ),
        (conditions_of, "sent > 31/02/2022", "“31/02/2022” không phải là ngày có thật."),
    ],
)
def test_lines_that_cannot_be_read_are_named(reader, text, sentence):
    with pytest.raises(RuleError) as caught:
        reader(text)
    assert str(caught.value) == sentence
